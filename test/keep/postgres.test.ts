import { setTimeout as elapsed } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeepingError } from '#dist/trust/keeping.js'
import { describeWith } from '../support/engines.ts'
import { keepingAt, keepingContract, type Place, soonAfter } from '../support/keeping-contract.ts'
import { keepingAmongProcesses } from '../support/keeping-processes.ts'
import { type PostgresServer, query, startPostgres } from '../support/postgres.ts'
import { contentOf, replacing } from '../support/store-changes.ts'

describeWith('postgresql', 'PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())

  const newPlace = async (): Promise<Place> => ({ databaseUrl: await server.newDatabase(), dataDir: '/nowhere' })

  keepingContract(newPlace)
  keepingAmongProcesses(newPlace)

  describe('that is away', () => {
    it('makes changes busy and everything else an error without the password, and is found when it is back', async () => {
      const place = await newPlace()
      const reports: (string | undefined)[] = []
      await server.stop()
      const keeping = await keepingAt(place, { report: (fault) => reports.push(fault?.fault) })
      expect(await keeping.stores.keep(replacing('a', 0))).toMatchObject({ kind: 'busy' })
      const error: KeepingError = await keeping.stores.heads().then(
        () => expect.unreachable(),
        (thrown) => thrown
      )
      expect(error.message).toMatch(/^The database cannot be reached: connect ECONNREFUSED 127\.0\.0\.1:\d+\.$/)
      expect(error).toMatchObject({ name: 'KeepingError', fault: 'unreachable' })
      await expect(keeping.evidence.get('crl', 'a')).rejects.toMatchObject({ fault: 'unreachable' })
      const took = await soonAfter(
        (changed) => keeping.stores.watch(changed),
        () => server.start()
      )
      expect(took).toBeLessThan(10_000)
      expect(await keeping.stores.keep(replacing('a', 0))).toMatchObject({ kind: 'kept' })
      // While it starts it gives another reason, which may be met or not.
      expect([...new Set(reports)]).toEqual(['unreachable', undefined])
      await keeping.close()
    })

    it('goes and comes back: what was kept is there, and changes are heard of again', async () => {
      const place = await newPlace()
      const [keeping, other] = [await keepingAt(place), await keepingAt(place)]
      await keeping.stores.keep(replacing('a', 0))
      keeping.stores.watch(() => undefined)
      await server.stop()
      await expect(keeping.stores.heads()).rejects.toMatchObject({ fault: 'unreachable' })
      await server.start()
      expect(await keeping.stores.heads()).toMatchObject([{ name: 'a', version: 1 }])
      // Until the listener has come back, too.
      await elapsed(1_500)
      const took = await soonAfter(
        (changed) => keeping.stores.watch(changed),
        () => other.stores.keep(replacing('a', 1))
      )
      expect(took).toBeLessThan(20_000)
      await Promise.all([keeping.close(), other.close()])
    })
  })

  it('tells of changes at once, and by itself where notifications do not come through', async () => {
    const place = await newPlace()
    const [keeping, other] = [await keepingAt(place), await keepingAt(place)]
    const watch = (changed: () => void): void => keeping.stores.watch(changed)
    await keeping.stores.heads()
    watch(() => undefined)
    await elapsed(1_200)
    // Its connection and what it looks for at first take their time as well.
    await other.stores.heads()
    let milliseconds = 0
    const changes = 8
    for (let version = 0; version < changes; version += 1) {
      milliseconds += await soonAfter(watch, () => other.stores.keep(replacing('a', version)))
    }
    // Whoever only looked each second would find them after half a second on average.
    expect(milliseconds / changes).toBeLessThan(300)
    // As a change by a program that is not known, or through a pooler that drops notifications.
    const copy = `INSERT INTO vidimus_store_versions SELECT name, ${changes + 1}, at, made_by, action, from_digest, digest, checksum,
      change_id, content FROM vidimus_store_versions WHERE version = ${changes}`
    expect(await soonAfter(watch, () => query(place.databaseUrl ?? '', copy))).toBeLessThan(20_000)
    await Promise.all([keeping.close(), other.close()])
  })

  it('that lets nobody in says why, and not with which password', async () => {
    const { databaseUrl = '' } = await newPlace()
    const wrong = new URL(databaseUrl)
    wrong.password = 'hunter2hunter2'
    const keeping = await keepingAt({ databaseUrl: wrong.href, dataDir: '/nowhere' })
    await expect(keeping.stores.heads()).rejects.toMatchObject({
      fault: 'unreachable',
      message: 'The database cannot be reached: password authentication failed for user "vidimus" (28P01).'
    })
    await keeping.close()
  })

  it('that may not be written takes no changes and serves what it has', async () => {
    const place = await newPlace()
    const owner = await keepingAt(place)
    await owner.stores.keep(replacing('a', 0, contentOf(1)))
    await owner.close()
    await query(place.databaseUrl ?? '', "CREATE ROLE reader LOGIN PASSWORD 'reader'")
    await query(place.databaseUrl ?? '', 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader')
    const url = new URL(place.databaseUrl ?? '')
    url.username = 'reader'
    url.password = 'reader'
    const keeping = await keepingAt({ databaseUrl: url.href, dataDir: '/nowhere' })
    expect(await keeping.stores.heads()).toMatchObject([{ name: 'a', version: 1 }])
    expect(await keeping.stores.keep(replacing('a', 1))).toEqual({
      kind: 'no-storage',
      reason: 'The database takes no changes: permission denied for table vidimus_store_versions (42501).'
    })
    expect(await keeping.stores.read('a', 1)).toMatchObject({ kind: 'content' })
    await keeping.close()
  })

  it('that is locked by others is busy, and nothing is written', async () => {
    const place = await newPlace()
    const keeping = await keepingAt(place)
    await keeping.stores.heads()
    const other = new pg.Client({ connectionString: place.databaseUrl ?? '' })
    await other.connect()
    await other.query('BEGIN; LOCK TABLE vidimus_store_versions IN SHARE MODE')
    expect(await keeping.stores.keep(replacing('a', 0))).toEqual({
      kind: 'busy',
      reason: 'The database is in use by others: canceling statement due to lock timeout (55P03).'
    })
    expect(await keeping.stores.heads()).toEqual([])
    await other.query('COMMIT')
    await other.end()
    expect(await keeping.stores.keep(replacing('a', 0))).toMatchObject({ kind: 'kept' })
    await keeping.close()
  })
})
