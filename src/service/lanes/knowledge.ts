import { readCrl } from '../../core/decode/crl/crl.ts'
import type { Crl } from '../../core/model/crl.ts'
import type { TrustStore } from '../../core/model/trust-store.ts'
import type { Note } from './job.ts'
import { fromPortable } from './portable-store.ts'
import { readAgain } from './read-again.ts'

/** What a worker was told, by number. */
export class Knowledge {
  readonly #stores = new Map<number, TrustStore>()
  readonly #crls = new Map<number, Crl>()

  take(note: Note): void {
    switch (note.kind) {
      case 'store': {
        const store = fromPortable(note.store)
        // Read whole now, once: what an operator trusts counts for no request's time.
        for (const { crl } of store.crls) void crl.faults
        this.#stores.set(note.id, store)
        return
      }
      case 'crl':
        this.#crls.set(note.id, readAgain(readCrl(note.der)))
        return
      case 'forget':
        for (const id of note.ids) {
          this.#stores.delete(id)
          this.#crls.delete(id)
        }
    }
  }

  store(id: number): TrustStore {
    return told(this.#stores.get(id))
  }

  crl(id: number): Crl {
    return told(this.#crls.get(id))
  }
}

const told = <T>(known: T | undefined): T => {
  if (known === undefined) throw new Error('a worker was not told of what its work needs')
  return known
}
