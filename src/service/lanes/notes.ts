import type { Crl } from '../../core/model/crl.ts'
import type { TrustStore } from '../../core/model/trust-store.ts'
import type { Gathered } from '../../core/model/wanted.ts'
import type { Note } from './job.ts'
import { toPortable } from './portable-store.ts'

/** What a worker knows, by number and with its bytes: the longest unused first. */
type Known = Map<number, number>

/**
 * Remembers which trust stores and fetched CRLs each worker knows, so that it is told of each once: of the greatest store with its CRLs as
 * of a CRL of millions of entries. What a worker has not needed for longest it forgets, beyond `mostBytes` of DER.
 */
export class Notes {
  readonly #mostBytes: number
  readonly #ids = new WeakMap<TrustStore | Crl, number>()
  readonly #known = new WeakMap<object, Known>()
  #lastId = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  idOf(known: TrustStore | Crl): number {
    const id = this.#ids.get(known) ?? ++this.#lastId
    this.#ids.set(known, id)
    return id
  }

  /** What a worker must be told before work with these. */
  for(worker: object, stores: readonly TrustStore[], gathered: Gathered | undefined): readonly Note[] {
    const known = this.#known.get(worker) ?? new Map<number, number>()
    this.#known.set(worker, known)
    const needed = new Set<number>()
    const notes: Note[] = []
    const tell = (id: number, bytes: () => number, note: () => Note): void => {
      needed.add(id)
      const before = known.get(id)
      if (before === undefined) notes.push(note())
      known.delete(id)
      known.set(id, before ?? bytes())
    }
    for (const store of stores) {
      const id = this.idOf(store)
      tell(
        id,
        () => sizeOf(store),
        () => ({ kind: 'store', id, store: toPortable(store) })
      )
    }
    for (const { crl } of gathered?.crls ?? []) {
      const id = this.idOf(crl)
      tell(
        id,
        () => crl.der.length,
        () => ({ kind: 'crl', id, der: crl.der })
      )
    }
    const ids = notes.length === 0 ? [] : this.#forgotten(known, needed)
    return ids.length === 0 ? notes : [{ kind: 'forget', ids }, ...notes]
  }

  #forgotten(known: Known, needed: ReadonlySet<number>): readonly number[] {
    const forgotten: number[] = []
    let bytes = [...known.values()].reduce((sum, each) => sum + each, 0)
    for (const [id, size] of known) {
      if (bytes <= this.#mostBytes) break
      if (needed.has(id)) continue
      known.delete(id)
      forgotten.push(id)
      bytes -= size
    }
    return forgotten
  }
}

const sizeOf = ({ anchors, crls }: TrustStore): number =>
  anchors.reduce((sum, { certificate }) => sum + certificate.der.length, 0) +
  crls.reduce((sum, { crl }) => sum + crl.der.length, 0)
