import { writeSync } from 'node:fs'
import { setTimeout as elapsed } from 'node:timers/promises'
import { openKeeping } from '#dist/keep/open.js'
import type { KeepingError } from '#dist/trust/keeping.js'
import { contentOf, replacing } from './store-changes.ts'

/**
 * A process of its own that changes trust stores: `keep-writer.ts <place as JSON> <work as JSON>`. It writes a line of JSON
 * for each change, at once.
 */
export type Work =
  /** Changes `a` again and again, from the version that is there, until it has version `until`. */
  | { readonly kind: 'one by one'; readonly until: number; readonly size: number }
  /** Changes one of `names` stores `count` times, all within a second, each from the version that it sees then. */
  | { readonly kind: 'at once'; readonly by: string; readonly count: number; readonly names: number }
  /** Reads the newest versions once. */
  | { readonly kind: 'open' }

export interface Outcome {
  readonly kind: string
  readonly name: string
  readonly version: number
  readonly by: string
}

const [place = '', work = ''] = process.argv.slice(2)
const keeping = await openKeeping({
  ...JSON.parse(place),
  maxVersions: 1_000,
  clock: () => 1_700_000_000,
  report: () => undefined
})

const say = (line: unknown): void => {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const seenOf = async (name: string): Promise<number> =>
  (await keeping.stores.heads()).find((head) => head.name === name)?.version ?? 0

const oneByOne = async (until: number, size: number): Promise<void> => {
  for (let seen = await seenOf('a'); seen < until; seen += 1) {
    const { kind } = await keeping.stores.keep(replacing('a', seen, contentOf(seen + 1, size)))
    say({ kind, name: 'a', version: seen + 1, by: 'ops' } satisfies Outcome)
    if (kind !== 'kept') return
  }
}

const atOnce = async (by: string, count: number, names: number): Promise<void> => {
  await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      await elapsed(Math.random() * 1_000)
      const name = `store-${at % names}`
      const writer = `${by}-${at}`
      const seen = await seenOf(name).catch((error: KeepingError) => error)
      const content = { ...contentOf(at), constraints: JSON.stringify({ writer }) }
      if (typeof seen !== 'number') return say({ kind: seen.fault, name, version: 0, by: writer } satisfies Outcome)
      const { kind } = await keeping.stores.keep({ ...replacing(name, seen, content), by: writer })
      say({ kind, name, version: seen + 1, by: writer } satisfies Outcome)
    })
  )
}

const given: Work = JSON.parse(work)
if (given.kind === 'one by one') await oneByOne(given.until, given.size)
else if (given.kind === 'at once') await atOnce(given.by, given.count, given.names)
else say(await keeping.stores.heads())
await keeping.close()
