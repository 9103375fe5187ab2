import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleRequest } from '#dist/http/schemas/example.js'
import { root, server } from '../support/authority.ts'
import { crlOf } from '../support/crls.ts'
import { describeWith } from '../support/engines.ts'
import { evidenceServer } from '../support/evidence-server.ts'
import { metricOf, openMany } from '../support/load.ts'
import { crlDistributionPoints } from '../support/locations.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { type RunningService, startService, wholeLines } from '../support/service.ts'
import { askFresh, childrenOf, processesThatServed } from '../support/serving.ts'
import { adminToken, ask } from '../support/store-client.ts'
import { hour, utcDigits } from '../support/times.ts'

/** Milliseconds: processes start on machines that others use as well. */
const slow = 180_000
const patience = { timeout: 20_000 }

const folder = mkdtempSync(join(tmpdir(), 'vidimus-serving-'))
const [first, second] = [root('Root One'), root('Root Two')]
const file = join(folder, 'corporate.pem')
writeFileSync(file, first.pem)
const environment = {
  ADMIN_TOKENS: `ops=${adminToken}`,
  CA_FILES: `corporate=${file}`,
  REMEMBER_REQUESTS: '100',
  // A bound, not a measure: machines are shared.
  VALIDATION_DEADLINE_MS: '20000'
}

const json = { 'content-type': 'application/json' }
const validate = (service: RunningService, body: object, headers: Readonly<Record<string, string>> = {}) =>
  askFresh(service, '/validate', { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) })

/** The same, and again where the service says so, since a process that judges is slow to start. */
const validatePatiently = async (...question: Parameters<typeof validate>) => {
  for (;;) {
    const answer = await validate(...question)
    if (answer.status !== 503) return answer
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'overloaded' })
    await elapsed(1_000)
  }
}

/** The same question on so many connections, one after the other: what was answered, and that each process has answered. */
const everywhere = async <T>(service: RunningService, id: string, question: (id: string) => Promise<T>) => {
  const answers: T[] = []
  for (let count = 0; count < 8; count++) answers.push(await question(`${id}-${count}`))
  const served = () => processesThatServed(service, id).size
  await expect.poll(served, patience).toBe(childrenOf(service.process.pid).length)
  return answers
}

const running: RunningService[] = []
const start = async (given: Readonly<Record<string, string>>): Promise<RunningService> => {
  const started = await startService(given)
  running.push(started)
  return started
}

let service: RunningService
beforeAll(async () => {
  service = await start({ ...environment, WORKERS: '2' })
})
afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()))
  rmSync(folder, { recursive: true })
})

describe('two processes that serve', { timeout: slow }, () => {
  it('say once that they listen, when both serve', () => {
    expect(childrenOf(service.process.pid)).toHaveLength(2)
    expect(service.output().match(/vidimus is listening on/g)).toHaveLength(1)
  })

  it('answer as one process does', async () => {
    const alone = await start(environment)
    const asked = [
      { ...exampleRequest, time: '2026-11-23T00:00:00Z' },
      { chain: server(first).pem, time: '2026-11-23T00:00:00Z' },
      { chain: server(second).pem, time: '2026-11-23T00:00:00Z', explain: 'all' },
      { chain: server(first).pem, time: '2026-11-23T00:00:00Z', revocation: { mode: 'require' } },
      { chain: 'nothing' },
      { chain: server(first).pem, trustStores: ['nowhere'] }
    ]
    for (const [at, body] of asked.entries()) {
      const expected = await validatePatiently(alone, body)
      const answers = await everywhere(service, `same-${at}`, (id) =>
        validatePatiently(service, body, { 'x-request-id': id })
      )
      for (const answer of answers) expect(answer).toEqual(expected)
    }
    for (const path of ['/health/ready', '/openapi.json', '/errors']) {
      expect(await askFresh(service, path)).toEqual(await askFresh(alone, path))
    }
    expect(await alone.stop()).toBe(0)
  })

  it('serve a change of a trust store, each of them, as soon as it is acknowledged', async () => {
    const version = async (id: string): Promise<unknown> => {
      const { body } = await askFresh(service, '/trust-stores/uploaded', { headers: { 'x-request-id': id } })
      return JSON.parse(body).version
    }
    for (let round = 1; round <= 6; round++) {
      const made = await ask(service, 'PUT', '/trust-stores/uploaded', { body: (round % 2 === 0 ? first : second).pem })
      expect([made.status, made.body.version]).toEqual([round === 1 ? 201 : 200, String(round)])
      expect(await everywhere(service, `version-${round}`, version)).toEqual(Array(8).fill(String(round)))
    }
    const verdicts = await everywhere(service, 'verdict', async (id) => {
      const body = { chain: server(first).pem, trustStores: ['uploaded'] }
      return JSON.parse((await validate(service, body, { 'x-request-id': id })).body)
    })
    for (const verdict of verdicts) expect(verdict).toMatchObject({ valid: true, trust: [{ version: '6' }] })
    expect((await ask(service, 'DELETE', '/trust-stores/uploaded')).status).toBe(200)
    const gone = await everywhere(service, 'gone', (id) =>
      askFresh(service, '/trust-stores/uploaded', { headers: { 'x-request-id': id } })
    )
    expect(gone.map(({ status }) => status)).toEqual(Array(8).fill(404))
  })

  it('let one of those win who change a store at once, and tell the versions of all', async () => {
    const bodies = Array.from({ length: 8 }, (_, at) => root(`Root ${at}`).pem)
    const made = await Promise.all(
      bodies.map((body) =>
        askFresh(service, '/trust-stores/raced', {
          method: 'PUT',
          headers: {
            authorization: `Bearer ${adminToken}`,
            'content-type': 'application/x-pem-file',
            'if-none-match': '*'
          },
          body
        })
      )
    )
    expect(made.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(412)])
    const told = await ask(service, 'GET', '/trust-stores/raced/versions')
    expect(told.body.versions?.map(({ version }) => version)).toEqual(['1'])
    const restored = await ask(service, 'GET', '/trust-stores/raced/versions/1')
    expect(restored.status).toBe(200)
  })

  it('take a file that has changed, and what SIGHUP has them read', async () => {
    const chain = server(second).pem
    expect(JSON.parse((await validate(service, { chain })).body)).toMatchObject({ valid: false })
    writeFileSync(file, `${first.pem}${second.pem}`)
    service.process.kill('SIGHUP')
    await expect.poll(() => service.output(), { timeout: 20_000 }).toContain('trust store replaced')
    await expect
      .poll(
        async () => {
          const verdicts = await Promise.all(Array.from({ length: 8 }, () => validate(service, { chain })))
          return verdicts.every(({ body }) => JSON.parse(body).valid === true)
        },
        { timeout: 20_000 }
      )
      .toBe(true)
  })

  it('refuse who has no token, at each of them', async () => {
    const refused = await everywhere(service, 'refused', (id) =>
      askFresh(service, '/trust-stores/mine', {
        method: 'PUT',
        headers: { 'content-type': 'application/x-pem-file', 'x-request-id': id },
        body: first.pem
      })
    )
    expect(refused.map(({ status }) => status)).toEqual(Array(8).fill(401))
  })

  it('rehearse with what all of them remember', async () => {
    const chains = Array.from({ length: 6 }, (_, at) => server(second, `host-${at}.example.test`).pem)
    for (const chain of chains) await validate(service, { chain, trustStores: ['corporate'] })
    const rehearsed = await askFresh(service, '/trust-stores/corporate/rehearse', {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ certificates: first.pem, remembered: true })
    })
    expect(JSON.parse(rehearsed.body).counts).toMatchObject({ flipped: expect.any(Number) })
    expect(JSON.parse(rehearsed.body).counts.flipped).toBeGreaterThanOrEqual(6)
  })

  it('tell the figures of both at each of them, added up', async () => {
    const counted = async (): Promise<number> => {
      const { body } = await askFresh(service, '/metrics')
      return Number(/^vidimus_requests_total\{route="\/inspect",status="200"\} (\d+)$/m.exec(body)?.[1] ?? 0)
    }
    const inspect = (id: string) =>
      askFresh(service, '/inspect', {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'x-request-id': id },
        body: first.pem
      })
    await everywhere(service, 'inspected', inspect)
    for (let count = 0; count < 4; count++) expect(await counted()).toBe(8)
    const { body } = await askFresh(service, '/metrics')
    expect(body).toMatch(/^vidimus_serving_processes\{state="serving"\} 2$/m)
    expect(body.match(/^vidimus_trust_store_info\{store="corporate"[^\n]*\} 1$/gm)).toHaveLength(1)
    expect(body.match(/^process_start_time_seconds /gm)).toHaveLength(1)
  })
})

describe('a process that serves', () => {
  it('knows neither the tokens nor the rest of the environment', () => {
    for (const pid of childrenOf(service.process.pid)) {
      const known = readFileSync(`/proc/${pid}/environ`, 'utf8') + readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      expect(known).not.toContain(adminToken)
      expect(known).not.toContain('DATA_DIR')
    }
  })

  it('has its lines in the log of the service, each whole', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, at) => askFresh(service, `/errors/code-${at}`)))
    const logged = () => service.output().match(/"route":"\/errors\/:code"/g)?.length
    await expect.poll(logged, patience).toBeGreaterThanOrEqual(200)
    const lines = wholeLines(service.output())
    expect(new Set(lines.map((line) => JSON.parse(line).pid)).size).toBe(3)
  })
})

describe('a limit for the whole service', () => {
  it('lets a client ask as often as it may, whichever process it comes to', { timeout: slow }, async () => {
    const limited = await start({ WORKERS: '2', RATE_LIMIT_PER_SECOND: '1', RATE_LIMIT_BURST: '12' })
    const began = performance.now()
    const answers = await Promise.all(Array.from({ length: 40 }, () => askFresh(limited, '/errors')))
    const earned = Math.ceil((performance.now() - began) / 1_000)
    const allowed = answers.filter(({ status }) => status === 200).length
    expect(allowed).toBeGreaterThanOrEqual(12)
    expect(allowed).toBeLessThanOrEqual(12 + earned)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(40 - allowed)
    expect(await limited.stop()).toBe(0)
  })

  it('lets in as many connections as there may be, and those who look after the service', {
    timeout: slow
  }, async () => {
    const limited = await start({ WORKERS: '2', MAX_CONNECTIONS: '4' })
    const held = await openMany(new URL(limited.url), 4, 'GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n')
    await expect.poll(() => metricOf(new URL(limited.url), 'vidimus_connections'), patience).toBeGreaterThanOrEqual(4)
    expect((await askFresh(limited, '/errors')).status).toBe(503)
    expect((await askFresh(limited, '/health/ready')).status).toBe(200)
    for (const socket of held) socket.destroy()
    await expect.poll(async () => (await askFresh(limited, '/errors')).status, patience).toBe(200)
    expect(await limited.stop()).toBe(0)
  })
})

describe('what is fetched', () => {
  it('is fetched once, whichever process wants it', { timeout: slow }, async () => {
    const files = await evidenceServer()
    files.files.set('/ca.crl', crlOf({ issuer: first, thisUpdate: utcDigits(-hour), nextUpdate: utcDigits(hour) }))
    const fetching = await start({
      WORKERS: '2',
      // Bounds, not measures: machines are shared.
      VALIDATION_DEADLINE_MS: '20000',
      FETCH_DEADLINE_MS: '20000',
      FETCH_ALLOWED_NETWORKS: '127.0.0.1',
      FETCH_ALLOWED_PORTS: new URL(files.url).port
    })
    const extensions = [crlDistributionPoints([`${files.url}/ca.crl`])]
    const chain = server(first, 'www.example.test', { extensions }).pem
    const body = { chain, caBundle: first.pem, revocation: { mode: 'require', fetch: true } }
    // Each has a process that judges, which a machine with much to do is slow to start.
    const unfetched = { ...body, revocation: { mode: 'require' } }
    const warm = async (): Promise<boolean> => {
      const answers = await Promise.all(Array.from({ length: 4 }, () => validate(fetching, unfetched)))
      return answers.every(({ status }) => status === 200)
    }
    await expect.poll(warm, { timeout: 60_000 }).toBe(true)
    const verdicts = await everywhere(fetching, 'fetching', async (id) =>
      JSON.parse((await validate(fetching, body, { 'x-request-id': id })).body)
    )
    for (const verdict of verdicts)
      expect(verdict).toMatchObject({ valid: true, path: [{ revocation: { status: 'good' } }, {}] })
    expect(verdicts[0].fetches).toEqual([{ url: `${files.url}/ca.crl`, kind: 'crl', outcome: 'fetched' }])
    expect(files.asked).toEqual(['GET /ca.crl'])
    expect((await askFresh(fetching, '/metrics')).body).toMatch(
      /^vidimus_fetches_total\{kind="crl",outcome="fetched"\} 1$/m
    )
    expect(await fetching.stop()).toBe(0)
    await files.close()
  })
})

describe('a place where another listens', () => {
  it('keeps them from starting, and leaves no process behind', { timeout: slow }, async () => {
    const { port } = new URL(service.url)
    await expect(start({ WORKERS: '2', PORT: port })).rejects.toThrow(
      new RegExp(`ended with 78 [^]*HOST, PORT: it cannot listen on 127.0.0.1 port ${port}: EADDRINUSE`)
    )
  })
})

describe('WORKERS=auto', () => {
  it('serves, in one process or several', async () => {
    const automatic = await start({ WORKERS: 'auto' })
    expect((await validate(automatic, exampleRequest)).status).toBe(200)
    expect(await automatic.stop()).toBe(0)
  })
})

describeWith('postgresql', 'two processes that serve, with PostgreSQL', () => {
  let database: PostgresServer
  beforeAll(async () => {
    database = await startPostgres()
  })
  afterAll(() => database.remove())

  it('serve an upload at once, and again after a restart', { timeout: slow }, async () => {
    const kept = { WORKERS: '2', ADMIN_TOKENS: adminToken, DATABASE_URL: await database.newDatabase() }
    for (const [action, status] of [
      ['PUT', 201],
      ['GET', 200]
    ] as const) {
      const running = await start(kept)
      expect((await ask(running, action, '/trust-stores/mine', { body: first.pem })).status).toBe(status)
      const served = await Promise.all(Array.from({ length: 6 }, () => askFresh(running, '/trust-stores/mine')))
      expect(served.map(({ body }) => JSON.parse(body).version)).toEqual(Array(6).fill('1'))
      expect(await running.stop()).toBe(0)
    }
  })
})
