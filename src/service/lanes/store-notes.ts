import type { TrustStore } from '../../core/model/trust-store.ts'
import type { StoreNote } from './job.ts'
import { toPortable } from './portable-store.ts'

/** Remembers which trust stores each worker knows: of each name one, the last that it was told. */
export class StoreNotes {
  readonly #ids = new WeakMap<TrustStore, number>()
  readonly #known = new WeakMap<object, Map<string | null, number>>()
  #lastId = 0

  /** What a worker must be told before work with `stores`, and how these are called then. */
  for(
    worker: object,
    stores: readonly TrustStore[]
  ): { readonly ids: readonly number[]; readonly notes: readonly StoreNote[] } {
    const known = this.#known.get(worker) ?? new Map<string | null, number>()
    this.#known.set(worker, known)
    const notes: StoreNote[] = []
    const ids = stores.map((store) => {
      const id = this.#idOf(store)
      if (known.get(store.name) !== id) {
        known.set(store.name, id)
        notes.push({ id, store: toPortable(store) })
      }
      return id
    })
    return { ids, notes }
  }

  #idOf(store: TrustStore): number {
    const id = this.#ids.get(store) ?? ++this.#lastId
    this.#ids.set(store, id)
    return id
  }
}
