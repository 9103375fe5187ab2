import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { root, server as serverCertificate } from '../support/authority.ts'
import { describeWith } from '../support/engines.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { type RunningService, startService } from '../support/service.ts'
import { adminToken, ask } from '../support/store-client.ts'

const roots = Array.from({ length: 4 }, (_, at) => root(`Root ${at}`))

/** The version that a service serves under the name. */
const versionAt = async (service: RunningService, name: string): Promise<string | undefined> =>
  (await ask(service, 'GET', `/trust-stores/${name}`)).body.version

/** Milliseconds until every service serves the version, infinite after `limit` of them. */
const untilServed = async (
  services: readonly RunningService[],
  name: string,
  version: string | undefined,
  limit = 10_000
): Promise<number> => {
  const began = performance.now()
  while (performance.now() - began < limit) {
    const served = await Promise.all(services.map((service) => versionAt(service, name)))
    if (version !== undefined && served.every((each) => each === version)) return performance.now() - began
    await elapsed(10)
  }
  return Number.POSITIVE_INFINITY
}

const validate = async (service: RunningService, chain: string, name: string): Promise<unknown> => {
  const answer = await fetch(new URL('/validate', service.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chain, trustStores: [name] })
  })
  return { status: answer.status, body: await answer.json() }
}

const isReady = async (service: RunningService): Promise<number> =>
  (await fetch(new URL('/health/ready', service.url))).status

describeWith('postgresql', 'three services on one PostgreSQL', () => {
  let server: PostgresServer
  let environment: Readonly<Record<string, string>>
  const services: RunningService[] = []
  const [first, second, third, fourth] = roots
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error('roots')
  const chain = serverCertificate(first).pem

  beforeAll(async () => {
    server = await startPostgres()
    const databaseUrl = await server.newDatabase()
    environment = { DATABASE_URL: databaseUrl, ADMIN_TOKENS: `ops=${adminToken}`, DATA_DIR: '/nowhere' }
    for (let count = 0; count < 3; count += 1) services.push(await startService(environment))
  })
  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop()))
    await server.remove()
  })

  const upload = async (at: number, body: string): Promise<Awaited<ReturnType<typeof ask>>> => {
    const service = services[at]
    if (service === undefined) throw new Error('no such service')
    return ask(service, 'PUT', '/trust-stores/shared', { body })
  }

  it('all serve a version within two seconds of its upload at one of them', { timeout: 60_000 }, async () => {
    const times: number[] = []
    for (let round = 0; round < 12; round += 1) {
      const { status, body } = await upload(round % 3, roots[round % 2]?.pem ?? '')
      expect([status, body.version]).toEqual([round === 0 ? 201 : 200, String(round + 1)])
      times.push(await untilServed(services, 'shared', body.version))
    }
    const slowest = Math.max(...times)
    process.stderr.write(`uploaded at one of three: served by all after ${Math.round(slowest)} ms at most\n`)
    expect(slowest).toBeLessThan(2_000)
  })

  it('go on serving it, ready, while the database is away, and share changes again when it is back', {
    timeout: 60_000
  }, async () => {
    const { body } = await upload(0, first.pem)
    await untilServed(services, 'shared', body.version)
    await server.stop()
    for (let turn = 0; turn < 3; turn += 1) {
      for (const service of services) {
        expect(await validate(service, chain, 'shared')).toMatchObject({
          status: 200,
          body: { valid: true, trust: [{ name: 'shared', version: body.version }] }
        })
        expect(await isReady(service)).toBe(200)
      }
      await elapsed(700)
    }
    const refused = await upload(1, second.pem)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await versionAt(services[1] ?? expect.unreachable(), 'shared')).toBe(body.version)

    await server.start()
    const changed = await upload(1, third.pem)
    expect(changed).toMatchObject({ status: 200, body: { version: String(Number(body.version) + 1) } })
    expect(await untilServed(services, 'shared', changed.body.version)).toBeLessThan(10_000)
    expect(services.map((service) => service.output()).join('')).not.toContain('correct-horse')
  })

  it('may start while the database is away, and serve what it holds when it comes back', {
    timeout: 60_000
  }, async () => {
    const { body } = await upload(2, fourth.pem)
    await server.stop()
    const late = await startService({ ...environment, LOG_LEVEL: 'info' })
    services.push(late)
    expect(await isReady(late)).toBe(200)
    expect((await ask(late, 'GET', '/trust-stores/shared')).status).toBe(404)
    await server.start()
    expect(await untilServed([late], 'shared', body.version)).toBeLessThan(10_000)
    expect(late.output()).not.toContain('correct-horse')
  })
})
