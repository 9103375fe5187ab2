import { readCrl } from '../../core/decode/crl/crl.ts'
import type { Crl } from '../../core/model/crl.ts'
import type { MaterialField, ReadField } from '../../core/model/read-field.ts'
import type { TrustStore } from '../../core/model/trust-store.ts'
import type { Note } from './job.ts'
import { fromPortable } from './portable-store.ts'
import { readAgain } from './read-again.ts'

/** What a worker was told, by number. */
export class Knowledge {
  readonly #stores = new Map<number, TrustStore>()
  readonly #crls = new Map<number, Crl>()
  readonly #texts = new Map<number, string>()
  /** What was read of these texts. */
  readonly #fields = new Map<string, Map<MaterialField, ReadField>>()

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
        return
      case 'text':
        this.#texts.set(note.id, note.text)
        this.#fields.set(note.text, new Map())
        return
      case 'forget-texts':
        for (const id of note.ids) {
          this.#fields.delete(this.text(id))
          this.#texts.delete(id)
        }
    }
  }

  store(id: number): TrustStore {
    return told(this.#stores.get(id))
  }

  crl(id: number): Crl {
    return told(this.#crls.get(id))
  }

  text(id: number): string {
    return told(this.#texts.get(id))
  }

  fieldsOf(text: string): Map<MaterialField, ReadField> | undefined {
    return this.#fields.get(text)
  }
}

const told = <T>(known: T | undefined): T => {
  if (known === undefined) throw new Error('a worker was not told of what its work needs')
  return known
}
