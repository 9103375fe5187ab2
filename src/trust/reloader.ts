import type { LoadedSource } from './load.ts'
import type { ReloadCounts } from './reload-events.ts'
import { type ReloadParts, type ReloadTimes, WatchedStore } from './watched-store.ts'

export const reloadTimes: ReloadTimes = { poll: 2_000, settle: 500, retry: 30_000 }

/** Keeps the stores of files as their files are, from its making until it is stopped. */
export class TrustReloader {
  readonly #stores: readonly WatchedStore[]

  constructor(sources: readonly LoadedSource[], parts: ReloadParts) {
    this.#stores = sources.map((source) => new WatchedStore(source, parts))
  }

  /** What is not as it should be though all stores are served, a sentence each. */
  warnings(): readonly string[] {
    return this.#stores.flatMap(({ warning }) => warning ?? [])
  }

  /** By the name of the store. */
  counts(): ReadonlyMap<string, ReloadCounts> {
    return new Map(this.#stores.map(({ name, counts }) => [name, counts]))
  }

  /** Reads all files at once, whether they have changed or not. */
  async reload(): Promise<void> {
    await Promise.all(this.#stores.map((store) => store.reload()))
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stores.map((store) => store.stop()))
  }
}
