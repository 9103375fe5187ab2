import { setTimeout as elapsed } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { keepingAt, type Place } from './keeping-contract.ts'
import { contentOf } from './store-changes.ts'
import { startWriter, type Writer } from './writer-process.ts'

/** Octets of a certificate: a version takes many pages of a database. */
const size = 200_000

/** What every engine must stand when several processes use it, and when they are killed. */
export function keepingAmongProcesses(newPlace: () => Place | Promise<Place>): void {
  describe('among processes', () => {
    it('loses none of 1,000 changes at once from two of them, and none wins that came late', async () => {
      const place = await newPlace()
      const writers = ['one', 'two'].map((by) => startWriter(place, { kind: 'at once', by, count: 500, names: 100 }))
      const ends = await Promise.all(writers.map((writer) => writer.ended()))
      expect(ends).toEqual(Array(2).fill({ status: 0, complaints: '' }))
      const outcomes = writers.flatMap((writer) => writer.outcomes())
      expect(outcomes).toHaveLength(1_000)
      const counts = Object.groupBy(outcomes, ({ kind }) => kind)
      expect(Object.keys(counts).filter((kind) => !['kept', 'lost-race', 'busy'].includes(kind))).toEqual([])

      const keeping = await keepingAt(place)
      const heads = await keeping.stores.heads()
      const rows = await Promise.all(heads.map(({ name }) => keeping.stores.versions(name, undefined, 1_000)))
      const kept = rows.flat().map(({ name, version, by }) => `${name} ${version} ${by}`)
      const said = counts['kept']?.map(({ name, version, by }) => `${name} ${version} ${by}`)
      expect(kept.sort()).toEqual(said?.sort())
      for (const { name, version, by } of heads) {
        expect(rows.flat().filter((row) => row.name === name)).toHaveLength(version)
        const read = await keeping.stores.read(name, version)
        expect(read.kind === 'content' && read.content.constraints).toBe(JSON.stringify({ writer: by }))
      }
      const figures = Object.entries(counts).map(([kind, those]) => `${kind} ${those?.length}`)
      process.stderr.write(`1,000 changes at once: ${figures.join(', ')}\n`)
      await keeping.close()
    }, 60_000)

    it('holds the old or the new version of each of 200 changes, whenever the writer is killed', async () => {
      const place = await newPlace()
      let kills = 0
      for (let version = 0; version < 200; ) {
        const writer = startWriter(place, { kind: 'one by one', until: 200, size })
        await untilItHasWritten(1 + Math.random() * 15, writer)
        await elapsed(Math.random() * 30)
        writer.process.kill('SIGKILL')
        const { status, complaints } = await writer.ended()
        expect(complaints).toBe('')
        if (status === null) kills += 1

        const keeping = await keepingAt(place, { maxVersions: 1_000 })
        const last = writer.outcomes().at(-1)
        expect(last?.kind).toBe('kept')
        const [head] = await keeping.stores.heads()
        expect([last?.version, (last?.version ?? 0) + 1]).toContain(head?.version)
        version = head?.version ?? 0
        const read = await keeping.stores.read('a', version)
        expect(read.kind === 'content' && read.content.constraints).toBe(contentOf(version, size).constraints)
        const [certificate] = read.kind === 'content' ? read.content.certificates : []
        expect(
          Buffer.compare(certificate ?? Buffer.of(), contentOf(version, size).certificates[0] ?? Buffer.of())
        ).toBe(0)
        await keeping.close()
      }
      expect(kills).toBeGreaterThan(2)
      process.stderr.write(`200 changes with ${kills} kills\n`)
    }, 120_000)

    it('makes its tables once when four of them start at once', async () => {
      const place = await newPlace()
      const starters = Array.from({ length: 4 }, () => startWriter(place, { kind: 'open' }))
      expect(await Promise.all(starters.map((starter) => starter.ended()))).toEqual(
        Array(4).fill({ status: 0, complaints: '' })
      )
      expect(starters.map((starter) => starter.outcomes())).toEqual(Array(4).fill([[]]))
    })
  })
}

const untilItHasWritten = async (count: number, writer: Writer): Promise<void> => {
  const end = performance.now() + 30_000
  while (writer.outcomes().length < count && writer.process.exitCode === null && performance.now() < end)
    await elapsed(2)
}
