import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/authority.ts'
import { describeWith } from '../support/engines.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { type RunningService, startService } from '../support/service.ts'
import { adminToken, ask } from '../support/store-client.ts'

const writes = 1_000
const writersEach = 10
const roots = Array.from({ length: 10 }, (_, at) => root(`Root ${at}`).pem)

interface Won {
  readonly from: string
  readonly to: string
  readonly version: number
}

/** Waits until the process serves the version with this tag: the two tell each other of changes within 2 seconds. */
const untilServed = async (service: RunningService, etag: string | null): Promise<void> => {
  const end = performance.now() + 20_000
  for (let tag: string | null = null; tag !== etag; await elapsed(50)) {
    tag = (await ask(service, 'GET', '/trust-stores/raced')).headers.get('etag')
    if (performance.now() > end) expect(tag).toBe(etag)
  }
}

/** `place` gives the variables that say where two processes keep what they share. */
function loseNoUpdate(place: () => Promise<Readonly<Record<string, string>>>): void {
  let services: readonly RunningService[]
  beforeAll(async () => {
    const own = { ADMIN_TOKENS: adminToken, MAX_STORE_VERSIONS: '10', LOG_LEVEL: 'warn' }
    const environment = { ...own, ...(await place()) }
    services = await Promise.all([startService(environment), startService(environment)])
  }, 180_000)
  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop()))
  })

  it('lose no update of 1,000 conditional writes that come at once', { timeout: 300_000 }, async () => {
    const [first] = services
    if (first === undefined) throw new Error('no service')
    const made = await ask(first, 'PUT', '/trust-stores/raced', { body: roots[0] ?? '' })
    // The other process hears of it within a moment.
    for (const service of services) await untilServed(service, made.headers.get('etag'))
    const won: Won[] = []
    const statuses = new Map<string, number>()
    let left = writes
    const writer = async (service: RunningService, seed: number): Promise<void> => {
      for (let turn = 0; left > 0; turn += 1) {
        left -= 1
        const read = await ask(service, 'GET', '/trust-stores/raced')
        const from = read.headers.get('etag') ?? ''
        // Another set of roots each time, so that nobody writes what is there already.
        const number = 1 + ((seed * 131 + turn * 17 + Number(read.body.version)) % 1_023)
        const body = roots.filter((_, bit) => (number & (1 << bit)) !== 0).join('')
        const answer = await ask(service, 'PUT', '/trust-stores/raced', { body, headers: { 'if-match': from } })
        const kind = `${answer.status} ${answer.body.result ?? answer.body.code}`
        statuses.set(kind, (statuses.get(kind) ?? 0) + 1)
        if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('1')
        if (answer.body.result !== 'changed') continue
        const to = answer.headers.get('etag') ?? ''
        won.push({ from, to, version: Number(answer.body.version) })
        // Read your own write, through the same process: that version or one after it.
        const again = await ask(service, 'GET', '/trust-stores/raced')
        expect(Number(again.body.version)).toBeGreaterThanOrEqual(Number(answer.body.version))
      }
    }
    await Promise.all(
      services.flatMap((service, at) =>
        Array.from({ length: writersEach }, (_, seed) => writer(service, at * 100 + seed))
      )
    )
    const allowed = ['200 changed', '200 unchanged', '412 precondition-failed', '503 overloaded']
    expect([...statuses].filter(([kind]) => !allowed.includes(kind))).toEqual([])
    expect(won.length).toBeGreaterThan(20)
    // Each that won was the only one upon the version that it saw, and all of them are one chain without a gap.
    const chain = won.toSorted((a, b) => a.version - b.version)
    expect(chain.map(({ version }) => version)).toEqual(chain.map((_, at) => at + 2))
    expect(chain.map(({ from }) => from)).toEqual([made.headers.get('etag'), ...chain.slice(0, -1).map(({ to }) => to)])

    const audit = await ask(first, 'GET', '/trust-stores/raced/versions?limit=1000')
    const { versions = [] } = audit.body
    expect(versions).toHaveLength(Math.min(won.length + 1, 1_000))
    for (const [at, { fromDigest }] of versions.entries()) {
      if (at + 1 < versions.length) expect(fromDigest).toBe(versions[at + 1]?.digest)
    }
    for (const service of services) await untilServed(service, chain.at(-1)?.to ?? '')
  })
}

describe('two processes that share a data directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-races-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  loseNoUpdate(async () => ({ DATA_DIR: folder }))
})

describeWith('postgresql', 'two processes that share a PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())
  loseNoUpdate(async () => ({ DATABASE_URL: await server.newDatabase() }))
})
