import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Keeping, KeepingOptions } from '#dist/keep/open.js'
import { openKeeping } from '#dist/keep/open.js'
import { contentOf, deleting, replacing } from './store-changes.ts'

/** Where a keeping is to be opened. */
export type Place = Pick<KeepingOptions, 'databaseUrl' | 'dataDir'>

/** A keeping at `place`; time stands still unless a clock is given. */
export const keepingAt = (place: Place, options: Partial<KeepingOptions> = {}): Promise<Keeping> =>
  openKeeping({ ...place, maxVersions: 3, clock: () => 1_700_000_000, report: () => undefined, ...options })

/** What is `changed` within `limit` milliseconds of `act`; gives how many milliseconds it took. */
export const soonAfter = async (
  watch: (changed: () => void) => void,
  act: () => Promise<unknown>,
  limit = 20_000
): Promise<number> => {
  const { promise, resolve } = Promise.withResolvers<number>()
  let began = Number.NaN
  watch(() => {
    if (!Number.isNaN(began)) resolve(performance.now() - began)
  })
  began = performance.now()
  await act()
  const timer = setTimeout(() => resolve(Number.POSITIVE_INFINITY), limit)
  const took = await promise
  clearTimeout(timer)
  return took
}

/** What every engine must do. `newPlace` gives an empty place each time. */
export function keepingContract(newPlace: () => Place | Promise<Place>): void {
  let place: Place
  let keeping: Keeping
  beforeAll(async () => {
    place = await newPlace()
    keeping = await keepingAt(place)
  })
  afterAll(() => keeping.close())

  const readBack = async (name: string, version: number): Promise<unknown> => {
    const read = await keeping.stores.read(name, version)
    return read.kind === 'content' ? plain(read.content) : read.kind
  }

  describe('trust stores', () => {
    it('are none at first', async () => {
      expect(await keeping.stores.heads()).toEqual([])
      expect(await keeping.stores.read('corporate', 1)).toEqual({ kind: 'absent' })
      expect(await keeping.stores.versions('corporate', undefined, 10)).toEqual([])
    })

    it('come back as they were given, with the record of the change', async () => {
      const change = replacing('first', 0, contentOf(1))
      const kept = await keeping.stores.keep(change)
      expect(kept).toEqual({
        kind: 'kept',
        record: {
          name: 'first',
          version: 1,
          at: change.at,
          by: 'ops',
          action: 'replace',
          fromDigest: null,
          digest: 'digest-1',
          checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
          kept: true
        }
      })
      const read = await keeping.stores.read('first', 1)
      expect(read.kind === 'content' && plain(read.content)).toEqual(plain(contentOf(1)))
      expect(read).toMatchObject({ kind: 'content', record: kept.kind === 'kept' ? kept.record : undefined })
    })

    it('may hold nothing, and names that sort apart by case', async () => {
      const empty = { certificates: [], crls: [], constraints: '' }
      for (const name of ['Zeta', 'alpha', 'Alpha', 'a.b-c_d']) {
        expect((await keeping.stores.keep(replacing(name, 0, empty))).kind).toBe('kept')
      }
      expect(await readBack('Alpha', 1)).toEqual(plain(empty))
      const names = (await keeping.stores.heads()).map(({ name }) => name)
      expect(names).toEqual(['Alpha', 'Zeta', 'a.b-c_d', 'alpha', 'first'])
    })

    it('are changed only by who saw the newest version', async () => {
      expect((await keeping.stores.keep(replacing('raced', 0))).kind).toBe('kept')
      expect(await keeping.stores.keep(replacing('raced', 0, contentOf(9)))).toEqual({ kind: 'lost-race' })
      expect(await keeping.stores.keep(replacing('raced', 2, contentOf(9)))).toEqual({ kind: 'lost-race' })
      expect((await keeping.stores.keep(replacing('raced', 1, contentOf(2)))).kind).toBe('kept')
      expect((await keeping.stores.versions('raced', undefined, 10)).map(({ version }) => version)).toEqual([2, 1])
      expect(await readBack('raced', 2)).toEqual(plain(contentOf(2)))
    })

    it('have one winner among many at once', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, seed) => keeping.stores.keep(replacing('crowd', 0, contentOf(seed))))
      )
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['kept', ...Array<string>(19).fill('lost-race')])
      expect(await readBack('crowd', 1)).toEqual(plain(contentOf(outcomes.findIndex(({ kind }) => kind === 'kept'))))
    })

    it('that are deleted keep their history and their numbers', async () => {
      await keeping.stores.keep(replacing('gone', 0, contentOf(4)))
      const deleted = await keeping.stores.keep(deleting('gone', 1))
      expect(deleted).toMatchObject({
        kind: 'kept',
        record: { version: 2, action: 'delete', fromDigest: 'digest-1', digest: null, checksum: null, kept: false }
      })
      expect(await keeping.stores.read('gone', 2)).toEqual({ kind: 'absent' })
      expect(await readBack('gone', 1)).toEqual(plain(contentOf(4)))
      const head = (await keeping.stores.heads()).find(({ name }) => name === 'gone')
      expect(head).toEqual(deleted.kind === 'kept' ? deleted.record : undefined)
      expect(await keeping.stores.keep(replacing('gone', 0))).toEqual({ kind: 'lost-race' })
      expect(await keeping.stores.keep(replacing('gone', 2))).toMatchObject({ kind: 'kept', record: { version: 3 } })
    })

    it('keep the content of the newest versions, and the records of all', async () => {
      for (let seen = 0; seen < 6; seen += 1) await keeping.stores.keep(replacing('old', seen))
      const versions = await keeping.stores.versions('old', undefined, 10)
      expect(versions.map(({ version, kept }) => [version, kept])).toEqual([
        [6, true],
        [5, true],
        [4, true],
        [3, false],
        [2, false],
        [1, false]
      ])
      expect(versions.every(({ checksum }) => checksum !== null)).toBe(true)
      expect(await keeping.stores.read('old', 3)).toEqual({ kind: 'absent' })
      expect(await readBack('old', 4)).toEqual(plain(contentOf(3)))
    })

    it('are listed by version in pages', async () => {
      const page = async (before: number | undefined): Promise<readonly number[]> =>
        (await keeping.stores.versions('old', before, 2)).map(({ version }) => version)
      expect([await page(undefined), await page(5), await page(3), await page(1)]).toEqual([[6, 5], [4, 3], [2, 1], []])
    })

    it('are there for another that opens the same place', async () => {
      const other = await keepingAt(place)
      expect(await other.stores.heads()).toEqual(await keeping.stores.heads())
      await other.close()
    })

    it('tell whoever watches of a change made elsewhere', async () => {
      const other = await keepingAt(place)
      const took = await soonAfter(
        (changed) => keeping.stores.watch(changed),
        () => other.stores.keep(replacing('watched', 0))
      )
      expect(took).toBeLessThan(20_000)
      await other.close()
    })

    it('of eight megabytes are kept whole', async () => {
      const content = { certificates: [contentOf(1, 8_000_000).certificates[0] ?? new Uint8Array()], crls: [] }
      await keeping.stores.keep(replacing('large', 0, { ...content, constraints: undefined }))
      const read = await keeping.stores.read('large', 1)
      const [certificate] = read.kind === 'content' ? read.content.certificates : []
      expect(Buffer.from(certificate ?? []).equals(content.certificates[0] ?? new Uint8Array())).toBe(true)
    })
  })

  describe('evidence', () => {
    const crl = { kind: 'crl', key: 'http://crl.example/a', body: Uint8Array.of(1, 2, 3), fetchedAt: 1_000 } as const

    it('comes back as it was fetched, by kind and key', async () => {
      expect(await keeping.evidence.get('crl', crl.key)).toBeUndefined()
      await keeping.evidence.put({ ...crl, freshUntil: 2_000 })
      expect(plain(await keeping.evidence.get('crl', crl.key))).toEqual(plain({ ...crl, freshUntil: 2_000 }))
      expect(await keeping.evidence.get('issuer', crl.key)).toBeUndefined()
      expect(await keeping.evidence.get('crl', `${crl.key}/`)).toBeUndefined()
    })

    it('is replaced by what was fetched later, and not by what was fetched before', async () => {
      await keeping.evidence.put({ ...crl, body: Uint8Array.of(9), fetchedAt: 1_500, freshUntil: 2_500 })
      await keeping.evidence.put({ ...crl, body: Uint8Array.of(8), fetchedAt: 1_400, freshUntil: 9_000 })
      const kept = { ...crl, body: Uint8Array.of(9), fetchedAt: 1_500, freshUntil: 2_500 }
      expect(plain(await keeping.evidence.get('crl', crl.key))).toEqual(plain(kept))
    })

    it('takes a key of 4,096 characters of any script', async () => {
      const key = `http://ocsp.example/${'ä'.repeat(4_076)}`
      await keeping.evidence.put({ kind: 'ocsp', key, body: Uint8Array.of(7), fetchedAt: 1_000, freshUntil: 1_900 })
      expect(await keeping.evidence.get('ocsp', key)).toMatchObject({ key, freshUntil: 1_900 })
    })

    it('is listed when it is due, soonest first', async () => {
      const due = await keeping.evidence.due(2_501, 10)
      expect(due.map(({ kind, freshUntil }) => [kind, freshUntil])).toEqual([
        ['ocsp', 1_900],
        ['crl', 2_500]
      ])
      expect(due[1]).toEqual({ kind: 'crl', key: crl.key, fetchedAt: 1_500, freshUntil: 2_500 })
      expect(await keeping.evidence.due(2_501, 1)).toHaveLength(1)
      expect(await keeping.evidence.due(1_900, 10)).toEqual([])
    })

    it('is trimmed: what is stale first, then what was unused the longest', async () => {
      const put = (key: string, fetchedAt: number, freshUntil: number): Promise<void> =>
        keeping.evidence.put({ kind: 'issuer', key, body: new Uint8Array(100), fetchedAt, freshUntil })
      await put('stale', 9_000, 9_999)
      await put('longest unused', 9_001, 99_999)
      await put('unused', 9_003, 99_999)
      await put('used', 9_000, 99_999)
      // The clock stands at a much later time than those at which the others were fetched.
      await keeping.evidence.get('issuer', 'used')
      // The use is noted after the answer.
      await elapsed(1_500)
      await keeping.evidence.trim(10_000, 250)
      const left = await keeping.evidence.due(Number.MAX_SAFE_INTEGER, 100)
      expect(left.map(({ key }) => key).sort()).toEqual(['unused', 'used'])
      await keeping.evidence.trim(10_000, 100)
      expect((await keeping.evidence.due(Number.MAX_SAFE_INTEGER, 100)).map(({ key }) => key)).toEqual(['used'])
    })
  })
}

/** Buffers and other arrays of octets as the same plain ones. */
const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return [...value]
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}
