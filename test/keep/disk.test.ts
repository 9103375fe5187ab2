import { setTimeout as elapsed } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Keeping } from '#dist/keep/open.js'
import { keepingAt } from '../support/keeping-contract.ts'
import { cannotMount, type SmallDisk, smallDisk } from '../support/small-disk.ts'
import { contentOf, replacing } from '../support/store-changes.ts'

const noMounting = cannotMount !== undefined
if (noMounting) process.stderr.write(`Skipped: the embedded database on a full disk: ${cannotMount}\n`)

const size = 400_000

/** The embedded database keeps `a` until no more fits; gives the newest version that was kept. */
const fill = async ({ stores }: Keeping): Promise<number> => {
  for (let seen = 0; ; seen += 1) {
    const kept = await stores.keep(replacing('a', seen, contentOf(seen + 1, size)))
    if (kept.kind === 'kept') continue
    expect(kept).toEqual({ kind: 'no-storage', reason: 'The database cannot be written: SQLITE_FULL (13).' })
    return seen
  }
}

describe.skipIf(noMounting)('the embedded database on a disk of its own', () => {
  let disk: SmallDisk
  let keeping: Keeping
  const reports: (string | undefined)[] = []
  beforeEach(async () => {
    disk = smallDisk('5m')
    reports.length = 0
    keeping = await keepingAt({ databaseUrl: undefined, dataDir: disk.folder }, { maxVersions: 1_000 })
  })
  afterEach(async () => {
    await keeping.close()
    disk.remove()
  })

  const expectNewest = async ({ stores }: Keeping, version: number): Promise<void> => {
    expect(await stores.heads()).toMatchObject([{ name: 'a', version }])
    const read = await stores.read('a', version)
    const [certificate = Buffer.of()] = read.kind === 'content' ? read.content.certificates : []
    expect(Buffer.compare(certificate, contentOf(version, size).certificates[0] ?? Buffer.of())).toBe(0)
  }

  it('takes no more when that is full, serves what it has, and takes changes again when there is room', async () => {
    const newest = await fill(keeping)
    expect(newest).toBeGreaterThan(2)
    await expectNewest(keeping, newest)
    await keeping.close()
    keeping = await keepingAt({ databaseUrl: undefined, dataDir: disk.folder }, { maxVersions: 1_000 })
    await expectNewest(keeping, newest)
    disk.remount('size=20m')
    expect(await keeping.stores.keep(replacing('a', newest, contentOf(newest + 1, size)))).toMatchObject({
      kind: 'kept'
    })
    await expectNewest(keeping, newest + 1)
  })

  it('starts on a full disk, where it serves what it has', async () => {
    const newest = 1
    await keeping.stores.keep(replacing('a', 0, contentOf(newest, size)))
    await keeping.close()
    disk.fill()
    keeping = await keepingAt(
      { databaseUrl: undefined, dataDir: disk.folder },
      { report: (fault) => reports.push(fault?.message) }
    )
    await expectNewest(keeping, newest)
    expect(await keeping.stores.keep(replacing('a', newest))).toMatchObject({ kind: 'no-storage' })
    disk.remount('size=20m')
    await elapsed(2_100)
    expect(await keeping.stores.keep(replacing('a', newest))).toMatchObject({ kind: 'kept' })
    expect(reports).toEqual([expect.stringMatching(/^The database cannot be written: SQLITE_/), undefined])
  })

  it('forgets old versions to make room for new ones', async () => {
    await keeping.close()
    disk.remount('size=8m')
    keeping = await keepingAt({ databaseUrl: undefined, dataDir: disk.folder }, { maxVersions: 2 })
    for (let seen = 0; seen < 24; seen += 1) {
      const { kind } = await keeping.stores.keep(replacing('a', seen, contentOf(seen + 1, size)))
      expect(kind).toBe('kept')
    }
  }, 60_000)

  it('that cannot be written serves what it has, and takes changes again when it can', async () => {
    await keeping.stores.keep(replacing('a', 0, contentOf(1, size)))
    await keeping.close()
    disk.remount('ro')
    keeping = await keepingAt(
      { databaseUrl: undefined, dataDir: disk.folder },
      { report: (fault) => reports.push(fault?.message) }
    )
    await expectNewest(keeping, 1)
    const refused = { kind: 'no-storage', reason: 'The database cannot be written: SQLITE_CANTOPEN (14).' }
    expect(await keeping.stores.keep(replacing('a', 1))).toEqual(refused)
    disk.remount('rw')
    await elapsed(2_100)
    expect(await keeping.stores.keep(replacing('a', 1, contentOf(2, size)))).toMatchObject({ kind: 'kept' })
    await expectNewest(keeping, 2)
    expect(reports).toEqual(['The database cannot be written: SQLITE_CANTOPEN (14).', undefined])
  })
})
