import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { keepingAt, type Place } from '../support/keeping-contract.ts'
import { contentOf, replacing } from '../support/store-changes.ts'
import { startWriter } from '../support/writer-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-sharing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let places = 0
const newPlace = (): Place => {
  places += 1
  return { databaseUrl: undefined, dataDir: join(folder, String(places)) }
}
const fileIn = ({ dataDir }: Place): string => join(dataDir, 'vidimus.db')

/** Milliseconds by which a timer was late while `work` was under way, at most. */
const longestBlock = async (work: Promise<unknown>): Promise<number> => {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  await work
  clearInterval(timer)
  return longest
}

describe('an embedded database that another process has locked', () => {
  it('is busy after two seconds, blocks nothing meanwhile, and is read on', async () => {
    const place = newPlace()
    const keeping = await keepingAt(place)
    await keeping.stores.keep(replacing('a', 0))
    const other = new DatabaseSync(fileIn(place))
    other.exec('BEGIN IMMEDIATE')
    const began = performance.now()
    const kept = keeping.stores.keep(replacing('a', 1))
    expect(await keeping.stores.heads()).toHaveLength(1)
    // Whoever waited for the lock himself would be blocked for two seconds.
    expect(await longestBlock(kept)).toBeLessThan(1_500)
    expect(await kept).toEqual({ kind: 'busy', reason: 'The database is in use by others: SQLITE_BUSY (5).' })
    const took = performance.now() - began
    expect(took).toBeGreaterThan(1_900)
    expect(took).toBeLessThan(20_000)
    other.exec('ROLLBACK')
    other.close()
    expect(await keeping.stores.keep(replacing('a', 1))).toMatchObject({ kind: 'kept' })
    await keeping.close()
  })

  it('takes the change when the lock goes in time, and says busy to those who waited too long for their turn', async () => {
    const place = newPlace()
    const keeping = await keepingAt(place)
    await keeping.stores.heads()
    const other = new DatabaseSync(fileIn(place))
    other.exec('BEGIN IMMEDIATE')
    const kept = ['a', 'b'].map((name) => keeping.stores.keep(replacing(name, 0)))
    await elapsed(500)
    other.exec('COMMIT')
    expect((await Promise.all(kept)).map(({ kind }) => kind)).toEqual(['kept', 'kept'])
    other.exec('BEGIN IMMEDIATE')
    const waiting = ['c', 'd'].map((name) => keeping.stores.keep(replacing(name, 0)))
    expect(await Promise.all(waiting)).toEqual([
      { kind: 'busy', reason: 'The database is in use by others: SQLITE_BUSY (5).' },
      { kind: 'busy', reason: 'Too many changes wait for the database.' }
    ])
    other.close()
    await keeping.close()
  })
})

describe('a backup of the embedded database', () => {
  /** All versions of `a` are there in order, and the newest is whole. */
  const expectWhole = async (place: Place, least: number): Promise<void> => {
    const keeping = await keepingAt(place, { maxVersions: 1_000 })
    const versions = (await keeping.stores.versions('a', undefined, 1_000)).map(({ version }) => version)
    expect(versions.length).toBeGreaterThanOrEqual(least)
    expect(versions).toEqual(Array.from(versions, (_, at) => versions.length - at))
    const read = await keeping.stores.read('a', versions.length)
    expect(read.kind === 'content' && read.content.constraints).toBe(contentOf(versions.length).constraints)
    expect(await keeping.stores.keep(replacing('a', versions.length))).toMatchObject({ kind: 'kept' })
    await keeping.close()
  }

  const copyOf = ({ dataDir }: Place): Place => {
    const copy = newPlace()
    cpSync(dataDir, copy.dataDir, { recursive: true })
    return copy
  }

  it('is one file, copied when the service has stopped', async () => {
    const place = newPlace()
    expect((await startWriter(place, { kind: 'one by one', until: 10, size: 50_000 }).ended()).status).toBe(0)
    expect(readdirSync(place.dataDir)).toEqual(['vidimus.db'])
    await expectWhole(copyOf(place), 10)
  })

  it('is the whole folder, copied when the service was killed', async () => {
    const place = newPlace()
    const writer = startWriter(place, { kind: 'one by one', until: 1_000, size: 50_000 })
    while (writer.outcomes().length < 10) await elapsed(5)
    writer.process.kill('SIGKILL')
    await writer.ended()
    expect(readdirSync(place.dataDir)).toContain('vidimus.db-wal')
    await expectWhole(copyOf(place), writer.outcomes().length)
  })

  it.each([
    ['VACUUM INTO', async (from: DatabaseSync, to: string) => from.exec(`VACUUM INTO '${to}'`)],
    ['the backup of SQLite', async (from: DatabaseSync, to: string) => void (await backup(from, to))]
  ])('is made by %s while the service writes', async (_, copy) => {
    const place = newPlace()
    const writer = startWriter(place, { kind: 'one by one', until: 1_000, size: 50_000 })
    while (writer.outcomes().length < 10) await elapsed(5)
    const from = new DatabaseSync(fileIn(place), { timeout: 5_000 })
    const restored = newPlace()
    cpSync(fileIn(place), fileIn(restored))
    rmSync(fileIn(restored))
    await copy(from, fileIn(restored))
    from.close()
    writer.process.kill('SIGKILL')
    expect((await writer.ended()).complaints).toBe('')
    await expectWhole(restored, 10)
  })
})
