import type { TrustStore } from '../core/model/trust-store.ts'
import { type PlaceContents, readContents, versionOf } from './contents.ts'
import type { LoadedSource } from './load.ts'
import { makeStore, type Refused, told } from './make-store.ts'
import { Poller } from './poller.ts'
import type { TrustRegistry } from './registry.ts'
import type { ReloadCounts, ReloadEvent } from './reload-events.ts'
import { Settling, type SettlingTimes } from './settling.ts'
import { pathsOf, type StoreSource } from './sources.ts'
import { type Stamp, stampOf } from './stamp.ts'
import { watchFolders } from './watch.ts'

export interface ReloadTimes extends SettlingTimes {
  /** Milliseconds between two looks at the files. */
  readonly poll: number
}

export interface ReloadParts {
  readonly registry: TrustRegistry
  readonly maxCaFileBytes: number
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly report: (event: ReloadEvent) => void
  readonly times: ReloadTimes
}

/**
 * A store of files that is made anew when they change. It is replaced as a whole or not at all: where the files cannot be
 * used, the last that could be goes on being served.
 */
export class WatchedStore {
  readonly #source: StoreSource
  readonly #parts: ReloadParts
  readonly #settling: Settling
  readonly #poller: Poller
  #watching: { close(): void }
  /** What of it was not taken into the store that is served. */
  #refused: readonly Refused[]
  /** Why the files, as they were last read, are not what is served. */
  #faults: readonly Refused[] = []
  #counts: ReloadCounts

  constructor({ source, stamp, refused }: LoadedSource, parts: ReloadParts) {
    this.#source = source
    this.#parts = parts
    this.#refused = refused
    const loadedAt = parts.registry.get(source.name)?.since ?? parts.clock()
    this.#counts = { successes: 0, failures: 0, lastSuccess: loadedAt, failing: false }
    this.#settling = new Settling(stamp, parts.times)
    this.#poller = new Poller(parts.times.poll, () => this.#look())
    this.#watching = this.#watch()
  }

  get name(): string {
    return this.#source.name
  }

  get counts(): ReloadCounts {
    return this.#counts
  }

  /** What is not as it should be though it is served, a sentence; undefined where all is well. */
  get warning(): string | undefined {
    const [first] = this.#faults
    if (first === undefined) return undefined
    return `The trust store ${this.name} is served as it was last read with success, as version ${this.#version}: what it is read from cannot be used, because ${first.reason}.`
  }

  /** Reads the files at once, whether they have changed or not. */
  reload(): Promise<void> {
    return this.#poller.between(async () => {
      await this.#read(await stampOf(this.#source), true)
    })
  }

  async stop(): Promise<void> {
    this.#watching.close()
    await this.#poller.stop()
    this.#watching.close()
  }

  get #served(): TrustStore | undefined {
    return this.#parts.registry.get(this.name)?.store
  }

  get #version(): string {
    return this.#served?.version ?? ''
  }

  #watch(): { close(): void } {
    return watchFolders(this.#source, () => this.#poller.hurry())
  }

  /** Milliseconds until the next look. */
  async #look(): Promise<number | undefined> {
    const stamp = await stampOf(this.#source)
    const wait = this.#settling.due(stamp)
    return wait === 0 ? await this.#read(stamp, false) : wait
  }

  async #read(stamp: Stamp, asked: boolean): Promise<number | undefined> {
    const contents = await readContents(this.#source, this.#parts.maxCaFileBytes)
    const after = await stampOf(this.#source)
    // Somebody writes at this moment: what was read may be half of one and half of the other.
    if (after.text !== stamp.text) return this.#settling.due(after)
    const faults = await this.#tryToTake(contents, asked)
    const changed = this.#settling.taken(stamp, faults.length === 0)
    if (faults.length > 0) this.#keep(faults, changed)
    if (changed) {
      // Folders may be others than before, under the same names.
      this.#watching.close()
      this.#watching = this.#watch()
    }
    return this.#settling.due(stamp)
  }

  /** A fault of the service itself is no reason to stop serving what it has. */
  async #tryToTake(contents: readonly PlaceContents[], asked: boolean): Promise<readonly Refused[]> {
    try {
      return await this.#take(contents, asked)
    } catch (error) {
      const kind = error instanceof Error ? error.name : 'unknown'
      return [this.#fault(`the service failed to read it (${kind})`)]
    }
  }

  #fault(reason: string): Refused {
    return { path: pathsOf(this.#source), line: undefined, reason }
  }

  /** Serves what was read, or gives the reasons why it cannot be. */
  async #take(contents: readonly PlaceContents[], asked: boolean): Promise<readonly Refused[]> {
    const unlisted = contents.flatMap(({ place: { path }, fault }) =>
      fault === undefined ? [] : [{ path, line: undefined, reason: fault }]
    )
    if (unlisted.length > 0) return unlisted
    const files = contents.flatMap((place) => place.files)
    const version = versionOf(contents)
    if (version === this.#version) {
      const unread = files.flatMap(({ path, ...file }) =>
        'fault' in file ? [{ path, line: undefined, reason: file.fault }] : []
      )
      const more = beyond(this.#refused, unread)
      if (more.length === 0) this.#confirm(asked)
      return more
    }
    const made = await makeStore(this.name, version, files)
    if ('fault' in made) return [made.fault]
    const more = beyond(this.#refused, made.refused)
    if (more.length > 0) return more
    if (made.store.anchors.length === 0) {
      return [this.#fault('there is no certificate in it')]
    }
    this.#serve(made.store, made.refused)
    return []
  }

  #serve(store: TrustStore, refused: readonly Refused[]): void {
    const { registry, clock, report } = this.#parts
    const before = this.#version
    registry.put(this.name, { store, origin: this.#source.origin, from: pathsOf(this.#source), since: clock() })
    this.#refused = refused
    this.#succeed()
    const taken = store.anchors.length
    report({
      kind: 'replaced',
      report: { store: this.name, taken, refused: refused.map(told) },
      version: store.version,
      before
    })
  }

  /** What was read is what is served. */
  #confirm(asked: boolean): void {
    const { failing } = this.#counts
    if (failing || asked) this.#succeed()
    if (failing) this.#parts.report({ kind: 'recovered', store: this.name, version: this.#version })
  }

  #succeed(): void {
    this.#faults = []
    const { counts } = this
    this.#counts = { ...counts, successes: counts.successes + 1, lastSuccess: this.#parts.clock(), failing: false }
  }

  #keep(faults: readonly Refused[], changed: boolean): void {
    const { counts } = this
    const news = changed || JSON.stringify(faults) !== JSON.stringify(this.#faults)
    this.#faults = faults
    this.#counts = { ...counts, failures: counts.failures + 1, failing: true }
    if (news) this.#parts.report({ kind: 'kept', store: this.name, version: this.#version, because: faults.map(told) })
  }
}

/**
 * What is refused now and was not before, so that it may be half of something: for each file and reason as many as there
 * are more. A file that holds something else as well, and always did, can be read anew all the same.
 */
const beyond = (before: readonly Refused[], now: readonly Refused[]): readonly Refused[] => {
  const known = new Map<string, number>()
  const keyOf = ({ path, reason }: Refused): string => `${path}\0${reason}`
  for (const refused of before) known.set(keyOf(refused), (known.get(keyOf(refused)) ?? 0) + 1)
  return now.filter((refused) => {
    const left = known.get(keyOf(refused)) ?? 0
    known.set(keyOf(refused), left - 1)
    return left <= 0
  })
}
