import { spawnSync } from 'node:child_process'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Keeping } from '#dist/keep/open.js'
import { describeWith } from '../support/engines.ts'
import { keepingAt } from '../support/keeping-contract.ts'
import { type PostgresServer, query, startPostgres } from '../support/postgres.ts'
import { cannotMount, smallDisk } from '../support/small-disk.ts'
import { contentOf, replacing } from '../support/store-changes.ts'
import { type Wire, wireTo } from '../support/wire.ts'
import { startWriter } from '../support/writer-process.ts'

const dropTables = 'DROP TABLE vidimus_store_versions, vidimus_evidence, vidimus_schema'

const isCommit = (piece: Buffer): boolean => piece.includes('COMMIT\0')

describeWith('postgresql', 'PostgreSQL at the end of a bad wire', () => {
  let server: PostgresServer
  let databaseUrl: string
  let wire: Wire
  let keeping: Keeping
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())
  beforeEach(async () => {
    databaseUrl = await server.newDatabase()
    const url = new URL(databaseUrl)
    wire = await wireTo(url.hostname, Number(url.port))
    url.port = String(wire.port)
    keeping = await keepingAt({ databaseUrl: url.href, dataDir: '/nowhere' })
    expect(await keeping.stores.heads()).toEqual([])
  })
  afterEach(async () => {
    await keeping.close()
    await wire.close()
  })

  it('that breaks after the order to commit: what was done is found to be kept', async () => {
    wire.fate = (piece) => (isCommit(piece) ? 'cut after' : 'pass')
    expect(await keeping.stores.keep(replacing('a', 0))).toMatchObject({ kind: 'kept', record: { version: 1 } })
    expect(await keeping.stores.heads()).toMatchObject([{ name: 'a', version: 1, by: 'ops' }])
  })

  it('that breaks before the order to commit arrives: whether it was written is not known', async () => {
    wire.fate = (piece) => (isCommit(piece) ? 'cut before' : 'pass')
    expect(await keeping.stores.keep(replacing('a', 0))).toEqual({
      kind: 'unknown',
      reason: 'The database cannot be reached: Connection terminated unexpectedly.'
    })
    expect(await keeping.stores.heads()).toEqual([])
  })

  it('that breaks there, with another writer in between: the race is lost', async () => {
    const other = await keepingAt({ databaseUrl, dataDir: '/nowhere' })
    wire.fate = (piece) => (isCommit(piece) ? 'cut before' : 'pass')
    const kept = keeping.stores.keep(replacing('a', 0, contentOf(1)))
    while ((await other.stores.keep(replacing('a', 0, contentOf(2)))).kind !== 'kept') await elapsed(10)
    expect(await kept).toEqual({ kind: 'lost-race' })
    await other.close()
  })

  it('that breaks sooner: nothing is written, and it may be tried again', async () => {
    wire.fate = (piece) => (piece.includes('INSERT INTO') ? 'cut before' : 'pass')
    const refused = { kind: 'busy', reason: 'The database cannot be reached: Connection terminated unexpectedly.' }
    expect(await keeping.stores.keep(replacing('a', 0))).toEqual(refused)
    wire.fate = () => 'pass'
    expect(await keeping.stores.keep(replacing('a', 0))).toMatchObject({ kind: 'kept' })
  })

  it('that swallows everything: changes are busy and reads an error within seconds', async () => {
    wire.fate = () => 'swallow'
    const began = performance.now()
    const [kept, heads] = await Promise.allSettled([keeping.stores.keep(replacing('a', 0)), keeping.stores.heads()])
    expect(kept).toMatchObject({ value: { kind: 'busy' } })
    expect(heads).toMatchObject({ reason: { fault: 'unreachable' } })
    expect(performance.now() - began).toBeLessThan(9_000)
  })

  it('keeps what it said was kept, when it crashes at any moment', async () => {
    const place = { databaseUrl, dataDir: '/nowhere' }
    for (let round = 1; round <= 5; round += 1) {
      const writer = startWriter(place, { kind: 'one by one', until: 10_000, size: 20_000 })
      while (writer.outcomes().length === 0 && writer.process.exitCode === null) await elapsed(5)
      await elapsed(Math.random() * 300)
      await server.stop()
      await server.start()
      expect(await writer.ended()).toEqual({ status: 0, complaints: '' })
      const outcomes = writer.outcomes()
      const said = outcomes.findLast(({ kind }) => kind === 'kept')?.version ?? 0
      const mayBe = outcomes.at(-1)?.kind === 'unknown' ? [said, said + 1] : [said]
      expect(outcomes.slice(0, -1).every(({ kind }) => kind === 'kept')).toBe(true)
      const reader = await keepingAt(place, { maxVersions: 10_000 })
      const [head] = await reader.stores.heads()
      expect(mayBe).toContain(head?.version)
      const read = await reader.stores.read('a', head?.version ?? 0)
      expect(read.kind === 'content' && read.content.constraints).toBe(contentOf(head?.version ?? 0).constraints)
      await reader.close()
    }
  }, 240_000)

  describe.skipIf(cannotMount !== undefined)('on a full disk', () => {
    it('takes no changes, serves what it has, and takes changes again when there is room', async () => {
      const disk = smallDisk('12m')
      spawnSync('chmod', ['a+rx', `${disk.folder}/..`])
      spawnSync('chown', ['postgres', disk.folder])
      await query(databaseUrl, `CREATE TABLESPACE small LOCATION '${disk.folder}'`)
      const name = new URL(databaseUrl).pathname.slice(1)
      await query(databaseUrl, `ALTER DATABASE ${name} SET default_tablespace = small`)
      await query(databaseUrl, dropTables)
      const filling = await keepingAt({ databaseUrl, dataDir: '/nowhere' }, { maxVersions: 1_000 })
      let seen = 0
      // What does not become small when it is compressed.
      const random = (): Uint8Array => crypto.getRandomValues(new Uint8Array(60_000))
      const content = (): ReturnType<typeof contentOf> => ({
        ...contentOf(0),
        certificates: Array.from({ length: 6 }, random)
      })
      let kept = await filling.stores.keep(replacing('a', seen, content()))
      for (; kept.kind === 'kept'; kept = await filling.stores.keep(replacing('a', seen, content()))) seen += 1
      expect(seen).toBeGreaterThan(5)
      expect(kept).toMatchObject({
        kind: 'no-storage',
        reason: expect.stringMatching(/No space left on device.*\(53100\)\.$/)
      })
      expect(await filling.stores.read('a', seen)).toMatchObject({ kind: 'content', record: { version: seen } })
      disk.remount('size=40m')
      expect(await filling.stores.keep(replacing('a', seen))).toMatchObject({ kind: 'kept' })
      await filling.close()
      await query(databaseUrl, dropTables)
      await query(databaseUrl, `ALTER DATABASE ${name} RESET default_tablespace`)
      await query(databaseUrl, 'DROP TABLESPACE small')
      disk.remove()
    })
  })
})
