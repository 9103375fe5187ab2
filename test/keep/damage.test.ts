import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Keeping } from '#dist/keep/open.js'
import { KeepingError } from '#dist/trust/keeping.js'
import { keepingAt, soonAfter } from '../support/keeping-contract.ts'
import { contentOf, replacing } from '../support/store-changes.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-damage-'))
const size = 20_000
const flips = 60
const names = ['a', 'b', 'c']
let folders = 0

const newFolder = (): string => {
  folders += 1
  const made = join(folder, String(folders))
  mkdirSync(made)
  return made
}

const fileIn = (dataDir: string): string => join(dataDir, 'vidimus.db')
const open = (dataDir: string, faults: string[] = []): Promise<Keeping> =>
  keepingAt({ databaseUrl: undefined, dataDir }, { report: (fault) => faults.push(fault?.fault ?? 'none') })

/** A database that was closed in order, with three stores in two versions and some evidence. */
const whole = newFolder()
beforeAll(async () => {
  const keeping = await open(whole)
  for (const name of names) {
    for (const seen of [0, 1]) await keeping.stores.keep(replacing(name, seen, contentOf(seen + 1, size)))
  }
  const body = new Uint8Array(30_000).fill(7)
  await keeping.evidence.put({ kind: 'crl', key: 'http://crl.example', body, fetchedAt: 1_000, freshUntil: 2_000 })
  await keeping.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Seen = 'whole' | 'damaged' | 'absent' | 'other'

/** What is read of a store: every outcome but an error other than `KeepingError`. */
const look = async (keeping: Keeping, name: string, version: number): Promise<Seen> => {
  const read = await keeping.stores.read(name, version).catch((error: unknown) => {
    if (!(error instanceof KeepingError)) throw error
    return { kind: error.fault === 'damaged' ? 'damaged' : 'other' } as const
  })
  if (read.kind !== 'content') return read.kind
  const { certificates, constraints } = contentOf(version, size)
  const same = Buffer.compare(read.content.certificates[0] ?? Buffer.of(), certificates[0] ?? Buffer.of()) === 0
  return same && read.content.constraints === constraints ? 'whole' : 'other'
}

describe('a damaged embedded database', () => {
  it('never gives a content that was not kept, whichever bit of it is flipped', async () => {
    const original = readFileSync(fileIn(whole))
    const counts: Record<Seen, number> = { whole: 0, damaged: 0, absent: 0, other: 0 }
    for (let at = 0; at < flips; at += 1) {
      const dataDir = newFolder()
      const copy = Buffer.from(original)
      const place = Math.floor((at / flips) * copy.length) + ((at * 37) % 100)
      copy.writeUInt8(copy.readUInt8(place) ^ (1 << (at % 8)), place)
      writeFileSync(fileIn(dataDir), copy)
      const faults: string[] = []
      const keeping = await open(dataDir, faults)
      const seen = (await Promise.all(names.flatMap((name) => [1, 2].map((of) => look(keeping, name, of))))).toSorted()
      for (const kind of seen) counts[kind] += 1
      // What is missing or is not what was kept has been noticed.
      if (seen.includes('absent')) expect(faults).toContain('damaged')
      await keeping.close()
      rmSync(dataDir, { recursive: true })
    }
    expect(counts.other).toBe(0)
    expect(counts.damaged).toBeGreaterThan(flips / 6)
    expect(counts.whole).toBeGreaterThan(flips * 3)
  }, 60_000)

  it('is noticed when its end is missing, serves nothing wrong, and takes no changes', async () => {
    const { length } = readFileSync(fileIn(whole))
    for (const part of [0.1, 0.3, 0.5, 0.8, 0.99]) {
      const dataDir = newFolder()
      copyFileSync(fileIn(whole), fileIn(dataDir))
      truncateSync(fileIn(dataDir), Math.floor(length * part))
      const faults: string[] = []
      const keeping = await open(dataDir, faults)
      const seen = await Promise.all(names.map((name) => look(keeping, name, 2)))
      expect(seen).not.toContain('other')
      expect(faults).toEqual(['damaged'])
      expect(await keeping.stores.keep(replacing('d', 0))).toMatchObject({
        kind: 'no-storage',
        reason: expect.stringMatching(/^The database is damaged: /)
      })
      await keeping.close()
    }
  })

  it('says so of a file that is none, and goes on as soon as a good one takes its place', async () => {
    const dataDir = newFolder()
    writeFileSync(fileIn(dataDir), 'This is no database. '.repeat(500))
    const faults: string[] = []
    const keeping = await open(dataDir, faults)
    const reason = 'The database is damaged: SQLITE_NOTADB (26).'
    await expect(keeping.stores.heads()).rejects.toMatchObject({ fault: 'damaged', message: reason })
    await expect(keeping.evidence.due(0, 1)).rejects.toMatchObject({ fault: 'damaged' })
    expect(await keeping.stores.keep(replacing('a', 2))).toEqual({ kind: 'no-storage', reason })
    copyFileSync(fileIn(whole), join(dataDir, 'good'))
    const took = await soonAfter(
      (changed) => keeping.stores.watch(changed),
      async () => renameSync(join(dataDir, 'good'), fileIn(dataDir))
    )
    expect(took).toBeLessThan(20_000)
    expect(await keeping.stores.heads()).toHaveLength(3)
    expect(await keeping.stores.keep(replacing('a', 2))).toMatchObject({ kind: 'kept' })
    expect(faults).toEqual(['damaged', 'none'])
    await keeping.close()
  })

  it('finds damaged evidence absent, and takes it anew', async () => {
    const dataDir = newFolder()
    const bytes = readFileSync(fileIn(whole))
    bytes.writeUInt8(8, bytes.lastIndexOf(Buffer.alloc(3_000, 7)))
    writeFileSync(fileIn(dataDir), bytes)
    const keeping = await open(dataDir)
    const evidence = { kind: 'crl', key: 'http://crl.example', body: Uint8Array.of(1), fetchedAt: 1_001 } as const
    expect(await keeping.evidence.get('crl', evidence.key)).toBeUndefined()
    await keeping.evidence.put({ ...evidence, freshUntil: 2_000 })
    expect(await keeping.evidence.get('crl', evidence.key)).toMatchObject({ fetchedAt: 1_001 })
    await keeping.close()
  })
})

describe('an embedded database whose file is taken away', () => {
  it('is read on, and takes no changes that would be lost', async () => {
    const dataDir = newFolder()
    copyFileSync(fileIn(whole), fileIn(dataDir))
    const keeping = await open(dataDir)
    expect(await keeping.stores.heads()).toHaveLength(3)
    renameSync(fileIn(dataDir), join(dataDir, 'elsewhere'))
    expect(await keeping.stores.keep(replacing('a', 2))).toEqual({
      kind: 'no-storage',
      reason: 'The database file was removed.'
    })
    expect(await look(keeping, 'a', 2)).toBe('whole')
    renameSync(join(dataDir, 'elsewhere'), fileIn(dataDir))
    expect(await keeping.stores.keep(replacing('a', 2))).toMatchObject({ kind: 'kept' })
    await keeping.close()
  })

  it('is another one when another takes its place, and says so to those who watch', async () => {
    const dataDir = newFolder()
    const keeping = await open(dataDir)
    await keeping.stores.keep(replacing('z', 0))
    copyFileSync(fileIn(whole), join(dataDir, 'backup'))
    const took = await soonAfter(
      (changed) => keeping.stores.watch(changed),
      async () => {
        for (const end of ['-wal', '-shm']) rmSync(`${fileIn(dataDir)}${end}`)
        renameSync(join(dataDir, 'backup'), fileIn(dataDir))
      }
    )
    expect(took).toBeLessThan(20_000)
    expect((await keeping.stores.heads()).map(({ name }) => name)).toEqual(names)
    await keeping.close()
  })
})

describe('a data directory that cannot be made', () => {
  it('holds nothing, takes no changes, and is tried again', async () => {
    const obstacle = join(newFolder(), 'file')
    writeFileSync(obstacle, '')
    const faults: string[] = []
    const keeping = await open(join(obstacle, 'data'), faults)
    expect(await keeping.stores.heads()).toEqual([])
    expect(await keeping.stores.read('a', 1)).toEqual({ kind: 'absent' })
    expect(await keeping.stores.versions('a', undefined, 5)).toEqual([])
    expect(await keeping.evidence.get('crl', 'a')).toBeUndefined()
    const reason = 'The data directory cannot be used: ENOTDIR.'
    expect(await keeping.stores.keep(replacing('a', 0))).toEqual({ kind: 'no-storage', reason })
    await expect(keeping.evidence.trim(0, 0)).rejects.toMatchObject({ fault: 'no-storage', message: reason })
    rmSync(obstacle)
    await elapsed(2_100)
    expect(await keeping.stores.keep(replacing('a', 0))).toMatchObject({ kind: 'kept' })
    expect(faults).toEqual(['no-storage', 'none'])
    await keeping.close()
  })
})
