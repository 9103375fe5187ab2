import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextRound } from '#dist/http/body/rounds.js'
import { plainVerdict, type TestApp, testApp } from '../../support/service-app.ts'

/** The clock, which stands still: a machine that is busy is none that turns slowly. */
let now = 0
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})

const open: TestApp[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  for (const { app } of open.splice(0)) await app.close()
})

const connectionsOf = ({ app }: TestApp): Promise<number> =>
  new Promise((resolve, reject) => {
    app.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))
  })

/** Asks for a turn `count` times, and notes what is done from there on, in three steps each. */
const begin = (count: number, done: string[]): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, async (_, at) => {
      await nextRound()
      for (const step of ['read', 'judged', 'told']) {
        done.push(`${at} ${step}`)
        await undefined
      }
    })
  )

describe('requests that come in one turn', () => {
  it('go through their steps side by side', async () => {
    const done: string[] = []
    const all = begin(3, done)
    await undefined
    expect(done).toEqual([])
    await all
    expect(done).toEqual(['read', 'judged', 'told'].flatMap((step) => [0, 1, 2].map((at) => `${at} ${step}`)))
  })

  it('go side by side with those that came while they were read, as long as each turn brings another', async () => {
    const done: string[] = []
    const all: Promise<unknown>[] = []
    for (let at = 0; at < 4; at++) {
      all.push(begin(1, done))
      await turn()
    }
    await turn()
    await Promise.all([...all, begin(1, done)])
    const together = ['read', 'judged', 'told'].flatMap((step) => Array(4).fill(`0 ${step}`))
    expect(done).toEqual([...together, '0 read', '0 judged', '0 told'])
  })

  it('wait for nobody where turns are long', async () => {
    const done: string[] = []
    const first = begin(1, done)
    now += 1
    await turn()
    await Promise.all([first, begin(1, done)])
    expect(done).toEqual(['0 read', '0 judged', '0 told', '0 read', '0 judged', '0 told'])
  })

  it('look again for themselves where a full round began before', async () => {
    const done: string[] = []
    const most = begin(12, done)
    await turn()
    const full = begin(4, done)
    const next = begin(1, done)
    await turn()
    await Promise.all([most, full, next, begin(1, done)])
    expect(done.slice(48)).toEqual(['read', 'judged', 'told'].flatMap((step) => [`0 ${step}`, `0 ${step}`]))
  })

  it('go side by side from several connections', async () => {
    const steps: string[] = []
    const service = await testApp({
      validate: async (request) => {
        for (const step of ['begun', 'ended']) {
          steps.push(`${request.hostname} ${step}`)
          await undefined
        }
        return { kind: 'verdict', verdict: plainVerdict }
      }
    })
    open.push(service)
    await service.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = service.app.server.address() as AddressInfo
    const names = ['a.example.test', 'b.example.test', 'c.example.test']
    const sockets = await Promise.all(
      names.map(async () => {
        const socket = connect(port, '127.0.0.1')
        await once(socket, 'connect')
        return socket
      })
    )
    while ((await connectionsOf(service)) < names.length) await turn()
    // All are there before the service, in this process as well, looks at any of them.
    for (const [at, socket] of sockets.entries()) {
      const body = JSON.stringify({ chain: 'x', hostname: names[at] })
      const head = [
        'POST /validate HTTP/1.1',
        'host: a',
        'content-type: application/json',
        `content-length: ${body.length}`
      ]
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
    }
    await Promise.all(sockets.map((socket) => once(socket, 'data')))
    for (const socket of sockets) socket.destroy()
    expect(steps.map((step) => step.split(' ')[1])).toEqual([...Array(3).fill('begun'), ...Array(3).fill('ended')])
  })

  it('are no more than sixteen: a full round is worked on before anything else is read', async () => {
    const done: string[] = []
    // Each comes in a callback of its own, as what comes from sockets does.
    for (let at = 0; at < 40; at++) setImmediate(() => begin(1, done).then(() => done.push('answered')))
    const seen: number[] = []
    while (done.length < 160) {
      await turn()
      if (seen.at(-1) !== done.length) seen.push(done.length)
    }
    expect(seen).toEqual([2 * 16 * 4, 160])
    expect(done.slice(0, 33)).toEqual([...Array(16).fill('0 read'), ...Array(16).fill('0 judged'), '0 told'])
  })
})
