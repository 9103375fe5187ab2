import type { TrustStore } from '../core/model/trust-store.ts'

export type StoreOrigin = 'system' | 'mozilla' | 'file' | 'directory' | 'uploaded'

/** A trust store as it is served now, and where it came from. */
export interface StoreSnapshot {
  readonly store: TrustStore
  readonly origin: StoreOrigin
  /** The file or folder, what Node.js calls the list, or who uploaded it. */
  readonly from: string
  /** Seconds since 1970-01-01T00:00:00Z: when this version became the one that is served. */
  readonly since: number
}

/**
 * The trust stores by name. A change replaces a snapshot as a whole: whoever took one before goes on with it.
 */
export class TrustRegistry {
  #snapshots: ReadonlyMap<string, StoreSnapshot> = new Map()
  readonly #watchers: ((name: string) => void)[] = []

  /** Calls `changed` at each change, with the name of the store, as soon as it is made. */
  watch(changed: (name: string) => void): void {
    this.#watchers.push(changed)
  }

  /** Every store as of now, in the order in which the names came; this map never changes. */
  get snapshots(): ReadonlyMap<string, StoreSnapshot> {
    return this.#snapshots
  }

  get(name: string): StoreSnapshot | undefined {
    return this.#snapshots.get(name)
  }

  /** Serves `snapshot` under `name` from now on. */
  put(name: string, snapshot: StoreSnapshot): void {
    this.#snapshots = new Map(this.#snapshots).set(name, snapshot)
    for (const changed of this.#watchers) changed(name)
  }

  remove(name: string): void {
    const snapshots = new Map(this.#snapshots)
    snapshots.delete(name)
    this.#snapshots = snapshots
    for (const changed of this.#watchers) changed(name)
  }
}
