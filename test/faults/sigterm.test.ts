import { once } from 'node:events'
import { Agent } from 'node:http'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { askOnce, openMany, sized, tell } from '../support/load.ts'
import { type RunningService, startService } from '../support/service.ts'

const services: RunningService[] = []
afterAll(() => Promise.all(services.map((service) => service.stop())))
const start = async (environment: Readonly<Record<string, string>>): Promise<RunningService> => {
  const service = await startService(environment)
  services.push(service)
  return service
}

describe('SIGTERM under load', () => {
  it('leaves no request that was taken without its answer, though it comes twice', async () => {
    const service = await start({ LOG_LEVEL: 'warn' })
    const url = new URL(service.url)
    const kept = new Agent({ keepAlive: true })
    const fresh = new Agent({ keepAlive: false })
    const outcomes = new Map<string, number>()
    let over = false
    const client = async (agent: Agent): Promise<void> => {
      while (!over) {
        const { outcome } = await askOnce(url, agent)
        over ||= outcome === 'ECONNREFUSED'
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      }
    }
    const clients = Array.from({ length: sized(100, 16) }, (_, at) => client(at % 4 === 0 ? fresh : kept))
    await elapsed(sized(3_000, 500))
    const exit = once(service.process, 'exit')
    const since = performance.now()
    service.process.kill('SIGTERM')
    await elapsed(20)
    service.process.kill('SIGTERM')
    const [status] = await exit
    const took = performance.now() - since
    over = true
    await Promise.all(clients)
    kept.destroy()
    tell(
      `SIGTERM with ${clients.length} clients: ${JSON.stringify(Object.fromEntries(outcomes))}, ended in ${took.toFixed(0)} ms`
    )
    expect(status).toBe(0)
    expect([...outcomes.keys()].sort()).toEqual(['200', 'ECONNREFUSED'])
    expect(took).toBeLessThan(12_000)
  })

  it('takes readiness away first, while what is in flight goes on', async () => {
    const service = await start({ SHUTDOWN_TIMEOUT_SECONDS: '8' })
    const url = new URL(service.url)
    const head = 'POST /validate HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\n'
    const [working] = await openMany(url, 1, `${head}a`)
    const [probe] = await openMany(url, 1, 'GET /health/ready HTTP/1.1\r\nhost: x\r\n\r\n')
    if (working === undefined || probe === undefined) throw new Error('no connection')
    let told = ''
    let answered = ''
    probe.setEncoding('utf8').on('data', (text) => {
      told += text
      // As soon as there is an answer the next question is asked, until the service ends the connection.
      if (told.endsWith('}'))
        setTimeout(() => probe.writable && probe.write('GET /health/ready HTTP/1.1\r\nhost: x\r\n\r\n'), 5)
    })
    working.setEncoding('utf8').on('data', (text) => {
      answered += text
    })
    await expect.poll(() => told, { timeout: 20_000 }).toContain('"status":"ok"')
    const exit = once(service.process, 'exit')
    service.process.kill('SIGTERM')
    await expect.poll(() => told, { timeout: 20_000 }).toContain('The service is stopping.')
    expect(service.process.exitCode).toBeNull()
    working.write('aaaaaaaa')
    await expect.poll(() => answered, { timeout: 20_000 }).toMatch(/^HTTP\/1\.1 422 /)
    expect((await exit)[0]).toBe(0)
  })
})
