import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { untilItJudges } from './support/judging.ts'
import { KeyTraces, plantedKeys } from './support/key-traces.ts'
import { sized } from './support/load.ts'
import { type Planting, plantings } from './support/planting.ts'
import { type RunningService, startService } from './support/service.ts'
import { adminToken } from './support/store-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-planted-'))
let started: RunningService | undefined
afterAll(async () => {
  await started?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** All of an answer: status line, header fields and body. */
const answerTo = ({ url }: RunningService, { method, path, headers, body }: Planting): Promise<string> =>
  new Promise((resolve, reject) => {
    const all = { authorization: `Bearer ${adminToken}`, ...headers }
    const asked = request(new URL(url), { agent, method, path, headers: all }, (answer) => {
      let text = [answer.statusCode, answer.statusMessage, ...answer.rawHeaders].join('|')
      answer.setEncoding('latin1').on('data', (piece) => {
        text += piece
      })
      answer.on('end', () => resolve(text)).on('error', reject)
    })
    asked.on('error', reject).end(body)
  })

/** What comes back for what is no HTTP. */
const replyTo = ({ url }: RunningService, text: string): Promise<string> =>
  new Promise((resolve) => {
    let received = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(text))
    socket.setEncoding('latin1').on('data', (piece) => {
      received += piece
    })
    socket.on('error', () => undefined).on('close', () => resolve(received))
  })

describe('a private key that is planted in every field, header and file', () => {
  it('is found nowhere afterwards: answers, the log in all its detail, metrics, disk', async () => {
    const keys = plantedKeys()
    const traces = new KeyTraces(keys)
    for (const { pem, der } of keys) {
      expect(traces.in(`"${pem.replaceAll('\n', '\\n')}"`)).toBeDefined()
      expect(traces.in(Buffer.concat([Buffer.alloc(9), der]))).toBeDefined()
    }
    const service = await startService({
      DATA_DIR: folder,
      LOG_LEVEL: 'trace',
      ADMIN_TOKENS: adminToken,
      REMEMBER_REQUESTS: '10000',
      SSL_CERT_FILE: '',
      MAX_TRUST_STORES: '1000'
    })
    started = service
    await untilItJudges(service)
    const leaks: string[] = []
    const statuses = new Map<string, number>()
    let planted = 0
    const plant = async (planting: Planting, kind: string): Promise<void> => {
      const answer = await answerTo(service, planting)
      const status = answer.slice(0, 3)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      planted += 1
      if (traces.in(answer) !== undefined)
        leaks.push(`${kind}, ${planting.method} ${planting.place}: ${answer.slice(0, 900)}`)
    }
    for (const [at, key] of keys.entries()) {
      const all = [...plantings(key, at < sized(keys.length, 1))]
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          for (let next = all.pop(); next !== undefined; next = all.pop()) await plant(next, key.kind)
        })
      )
      const flat = key.pem.replaceAll('\n', ' ')
      const texts = [
        key.pem,
        `GET / HTTP/1.1\r\nhost: ${flat}\r\n\r\n`,
        `GET / HTTP/1.1\r\n${flat}: x\r\nhost: x\r\n\r\n`
      ]
      const line = key.pem.split('\n')[1] ?? ''
      for (const text of [
        ...texts,
        `CONNECT ${line}:1 HTTP/1.1\r\nhost: x\r\n\r\n`,
        `${line} / HTTP/1.1\r\nhost: x\r\n\r\n`
      ]) {
        if (traces.in(await replyTo(service, text)) !== undefined) leaks.push(`${key.kind}, ${text}`)
      }
      const oversized = `GET / HTTP/1.1\r\nhost: x\r\n${`x: ${flat}\r\n`.repeat(200)}\r\n`
      if (traces.in(await replyTo(service, oversized)) !== undefined) leaks.push(`${key.kind}, a large header`)
    }
    const metrics = await (await fetch(new URL('/metrics', service.url))).text()
    const stores = await (await fetch(new URL('/trust-stores', service.url))).text()
    process.stderr.write(
      `A private key was planted ${planted} times: ${JSON.stringify(Object.fromEntries(statuses))}\n`
    )
    expect(leaks).toEqual([])
    expect([...statuses.keys()].filter((status) => status.startsWith('5') && status !== '507')).toEqual([])
    expect(statuses.get('200')).toBeGreaterThan(100)
    expect(traces.in(metrics)).toBeUndefined()
    expect(traces.in(stores)).toBeUndefined()
    expect(readdirSync(folder).some((name) => name.endsWith('-wal'))).toBe(true)
    expect(traces.inFolder(folder)).toEqual([])
    agent.destroy()
    expect(await service.stop()).toBe(0)
    expect(service.output().split('\n').length).toBeGreaterThan(planted)
    expect(
      service
        .output()
        .split('\n')
        .filter((text) => traces.in(text) !== undefined)
    ).toEqual([])
    expect(traces.inFolder(folder)).toEqual([])
    expect(readdirSync('.').filter((name) => /^core(\.|$)/.test(name))).toEqual([])
  }, 600_000)
})
