import { once } from 'node:events'
import { Agent } from 'node:http'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { root } from '../support/authority.ts'
import { askOnce, openMany } from '../support/load.ts'
import { type RunningService, startService } from '../support/service.ts'
import { askFresh, childrenOf, isThere, processesThatServed } from '../support/serving.ts'
import { adminToken, ask } from '../support/store-client.ts'

const running: RunningService[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()))
})
const start = async (environment: Readonly<Record<string, string>> = {}): Promise<RunningService> => {
  const service = await startService({ WORKERS: '2', LOG_LEVEL: 'warn', ...environment })
  running.push(service)
  return service
}

const clients = 8
/** Milliseconds: processes start, and start again, on machines that others use as well. */
const slow = 180_000

/** Clients that ask one thing after the other until they are stopped, and what came of it. */
const load = (url: URL) => {
  const agents = Array.from({ length: clients }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  const outcomes = new Map<string, number>()
  let over = false
  const done = Promise.all(
    agents.map(async (agent, at) => {
      while (!over) {
        const { outcome } = await askOnce(url, at % 4 === 0 ? new Agent() : agent)
        over ||= outcome === 'ECONNREFUSED'
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      }
    })
  )
  const stop = async (): Promise<void> => {
    over = true
    await done
    for (const agent of agents) agent.destroy()
  }
  return { outcomes, stop }
}

describe('a serving process that is killed under load', { timeout: slow }, () => {
  it('loses what it had in flight and nothing else, and is replaced', async () => {
    const service = await start()
    const { outcomes, stop } = load(new URL(service.url))
    await elapsed(500)
    const before = childrenOf(service.process.pid)
    const [victim = 0] = before
    process.kill(victim, 'SIGKILL')
    await expect
      .poll(() => childrenOf(service.process.pid).filter((pid) => !before.includes(pid)).length, { timeout: 60_000 })
      .toBe(1)
    await expect
      .poll(async () => (await askFresh(service, '/metrics')).body, { timeout: 60_000 })
      .toMatch(/^vidimus_serving_processes\{state="serving"\} 2$/m)
    await elapsed(500)
    await stop()
    const { 200: answered = 0, ...lost } = Object.fromEntries(outcomes)
    expect(answered).toBeGreaterThan(50)
    expect(Object.keys(lost).filter((outcome) => !['ECONNRESET', 'cut off'].includes(outcome))).toEqual([])
    // Each client had one request under way at most.
    expect(Object.values(lost).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(clients)
    expect(service.output()).toMatch(/"processId":\d+,"why":"crash","exitCode":null,"signal":"SIGKILL"/)
    const { body } = await askFresh(service, '/metrics')
    expect(body).toMatch(/^vidimus_serving_processes_ended_total\{reason="crash"\} 1$/m)
  })

  it('keeps those waiting who come while none serves, and answers them then', async () => {
    const service = await start()
    for (const pid of childrenOf(service.process.pid)) process.kill(pid, 'SIGKILL')
    const answers = await Promise.all(Array.from({ length: 5 }, () => askOnce(new URL(service.url), new Agent())))
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array(5).fill('200'))
  })
})

describe('a serving process that hangs', { timeout: slow }, () => {
  it('is ended and replaced, whereupon a change of a trust store is acknowledged, and those are answered who came to it', async () => {
    const service = await start({ ADMIN_TOKENS: `ops=${adminToken}` })
    const [victim = 0] = childrenOf(service.process.pid)
    process.kill(victim, 'SIGSTOP')
    const answers = Promise.all(Array.from({ length: 6 }, () => askOnce(new URL(service.url), new Agent())))
    const made = await ask(service, 'PUT', '/trust-stores/mine', { body: root().pem })
    expect(made.status).toBe(201)
    expect((await answers).map(({ outcome }) => outcome)).toEqual(Array(6).fill('200'))
    const served = await Promise.all(Array.from({ length: 6 }, () => askFresh(service, '/trust-stores/mine')))
    expect(served.map(({ status }) => status)).toEqual(Array(6).fill(200))
    expect(isThere(victim)).toBe(false)
    expect(service.output()).toMatch(new RegExp(`"processId":${victim},"why":"(late|silent)"`))
  })
})

describe('a deletion that one process does not know of yet', { timeout: slow }, () => {
  it('is told of to nobody, whether he made it or finds that it was made', async () => {
    const service = await start({ ADMIN_TOKENS: `ops=${adminToken}`, LOG_LEVEL: 'info' })
    expect((await ask(service, 'PUT', '/trust-stores/mine', { body: root().pem })).status).toBe(201)
    // Of three connections two are to the same process.
    const agents = Array.from({ length: 3 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
    const byProcess = new Map<number, Agent[]>()
    for (const [at, agent] of agents.entries()) {
      await askFresh(service, '/errors', { agent, headers: { 'x-request-id': `connection-${at}` } })
      const served = () => processesThatServed(service, `connection-${at}`)
      await expect.poll(() => served().size, { timeout: 20_000 }).toBe(1)
      const [pid = 0] = served()
      byProcess.set(pid, [...(byProcess.get(pid) ?? []), agent])
    }
    const [going = 0, [one, other] = []] = [...byProcess].find(([, { length }]) => length > 1) ?? []
    if (one === undefined || other === undefined) throw new Error('no two connections to one process')
    const [slower = 0] = childrenOf(service.process.pid).filter((pid) => pid !== going)
    process.kill(slower, 'SIGSTOP')
    const answered: number[] = []
    const remove = async (agent: Agent): Promise<void> => {
      const authorization = { authorization: `Bearer ${adminToken}` }
      const given = { agent, method: 'DELETE', headers: authorization }
      answered.push((await askFresh(service, '/trust-stores/mine', given)).status)
    }
    const first = remove(one)
    const here = async () => (await askFresh(service, '/trust-stores/mine', { agent: other })).status
    await expect.poll(here, { timeout: 20_000 }).toBe(404)
    const second = remove(other)
    await elapsed(1_000)
    const early = [...answered]
    process.kill(slower, 'SIGCONT')
    await Promise.all([first, second])
    for (const agent of agents) agent.destroy()
    expect(early).toEqual([])
    expect(answered.sort()).toEqual([200, 404])
    const served = await Promise.all(Array.from({ length: 6 }, () => askFresh(service, '/trust-stores/mine')))
    expect(served.map(({ status }) => status)).toEqual(Array(6).fill(404))
  })
})

describe('three connections that are kept', { timeout: 480_000 }, () => {
  it('move between two processes, so that each has its part of the work', async () => {
    const service = await start({ LOG_LEVEL: 'info' })
    const agents = Array.from({ length: 3 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
    const outcomes = new Set<string>()
    let over = false
    const clients = agents.map(async (agent) => {
      while (!over) outcomes.add((await askOnce(new URL(service.url), agent)).outcome)
    })
    // Each client has come to both: a connection that was kept would have stayed where it was.
    const connections = async (): Promise<number> => {
      const { body } = await askFresh(service, '/metrics')
      return Number(/^vidimus_connections_moved_total (\d+)$/m.exec(body)?.[1])
    }
    // Beside other work on the same cores the two processes differ less, and it takes minutes.
    await expect.poll(connections, { timeout: 400_000, interval: 500 }).toBeGreaterThanOrEqual(2)
    over = true
    await Promise.all(clients)
    for (const agent of agents) agent.destroy()
    expect([...outcomes]).toEqual(['200'])
  })
})

describe('SIGTERM under load', { timeout: slow }, () => {
  it('loses no request that was taken, though it comes twice', async () => {
    const service = await start()
    const { outcomes, stop } = load(new URL(service.url))
    await elapsed(500)
    const processes = childrenOf(service.process.pid)
    const exit = once(service.process, 'exit')
    const since = performance.now()
    service.process.kill('SIGTERM')
    await elapsed(20)
    service.process.kill('SIGTERM')
    expect((await exit)[0]).toBe(0)
    expect(performance.now() - since).toBeLessThan(12_000)
    await stop()
    expect([...outcomes.keys()].sort()).toEqual(['200', 'ECONNREFUSED'])
    expect(processes.filter(isThere)).toEqual([])
  })

  it('takes readiness away first, and ends what takes longer than it may', async () => {
    const service = await start({ SHUTDOWN_TIMEOUT_SECONDS: '3' })
    const head = 'POST /validate HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\n'
    await openMany(new URL(service.url), 4, `${head}a`)
    const exit = once(service.process, 'exit')
    // It is asked all the while: for how long it says so before it listens no more is less than a busy machine may take for one question.
    const told = new Set<string>()
    const asking = Array.from({ length: 4 }, async () => {
      while (service.process.exitCode === null) {
        const answer = await askFresh(service, '/health/ready').catch(() => undefined)
        if (answer === undefined) await elapsed(5)
        else told.add(answer.body)
      }
    })
    service.process.kill('SIGTERM')
    const since = performance.now()
    expect((await exit)[0]).toBe(0)
    expect(performance.now() - since).toBeLessThan(8_000)
    await Promise.all(asking)
    expect([...told].filter((body) => body.includes('The service is stopping.'))).not.toEqual([])
  })
})

describe('the primary that is killed', { timeout: slow }, () => {
  it('leaves no process behind, not even one that judges', async () => {
    const service = await start()
    // Revocation is judged in a process of its own, which is started for it.
    const asked = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const body = JSON.stringify({
      chain: '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----',
      revocation: { mode: 'require' }
    })
    await Promise.all(Array.from({ length: 4 }, () => askFresh(service, '/validate', { ...asked, body })))
    const serving = childrenOf(service.process.pid)
    const below = serving.flatMap(childrenOf)
    expect(below.length).toBeGreaterThan(0)
    service.process.kill('SIGKILL')
    await expect.poll(() => [...serving, ...below].filter(isThere), { timeout: 20_000 }).toEqual([])
  })
})

describe('connections that are held too long', () => {
  it('are ended where their header does not come, as where one process serves', async () => {
    const service = await start({ HEADERS_TIMEOUT_SECONDS: '1', REQUEST_TIMEOUT_SECONDS: '2' })
    const [slow] = await openMany(new URL(service.url), 1, 'GET /health/live HTTP/1.1\r\nhost:')
    let told = ''
    slow?.setEncoding('utf8').on('data', (text) => {
      told += text
    })
    await expect.poll(() => told, { timeout: 20_000 }).toMatch(/^HTTP\/1\.1 408 /)
  })
})
