import { toPortable } from '../service/lanes/portable-store.ts'
import type { VersionRecord } from '../trust/keeping.ts'
import type { TrustRegistry } from '../trust/registry.ts'
import type { StoreNews } from './protocol.ts'
import type { ServingProcess } from './serving-process.ts'

export interface PublishedParts {
  readonly registry: TrustRegistry
  /** The version of an uploaded store that is served. */
  readonly recordOf: (name: string) => VersionRecord | undefined
  /** Those that have begun with the stores as they were, and have to hear of every change. */
  readonly processes: () => readonly ServingProcess[]
}

/**
 * Milliseconds in which a process must have taken over a store, once it serves and while it begins; one that has not is ended,
 * and another begins with the newest.
 */
const [patience, beginning] = [10_000, 60_000]

/** Has every serving process serve the trust stores of the primary. */
export class PublishedStores {
  readonly #parts: PublishedParts
  /** Changes that some process does not serve yet. */
  readonly #pending = new Set<Promise<unknown>>()
  readonly #begun = new WeakSet<ServingProcess>()

  constructor(parts: PublishedParts) {
    this.#parts = parts
    parts.registry.watch((name) => this.#publish(name))
  }

  /** All stores as of now, for a process that begins. From now on it hears of changes. */
  begin(process: ServingProcess): readonly StoreNews[] {
    this.#begun.add(process)
    return [...this.#parts.registry.snapshots.keys()].map((name) => this.#news(name))
  }

  /** Resolves when every process serves what has changed so far, or has been ended. */
  async whenServed(): Promise<void> {
    await Promise.all(this.#pending)
  }

  #publish(name: string): void {
    const news = this.#news(name)
    for (const process of this.#parts.processes()) {
      if (!this.#begun.has(process)) continue
      const taken = process.line
        .ask('store', news, process.serves ? patience : beginning)
        .catch(() => process.end('late'))
      this.#pending.add(taken)
      void taken.then(() => this.#pending.delete(taken))
    }
  }

  #news(name: string): StoreNews {
    const { registry, recordOf } = this.#parts
    const snapshot = registry.get(name)
    if (snapshot === undefined) return { name, snapshot: undefined }
    return { name, snapshot: { ...snapshot, store: toPortable(snapshot.store), record: recordOf(name) } }
  }
}
