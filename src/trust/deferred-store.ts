import type { CrlCandidate } from '../core/model/crl.ts'
import type { StoredAnchor, TrustStore } from '../core/model/trust-store.ts'
import { gradually } from './gradually.ts'
import type { MadeStore } from './make-store.ts'

/** Whether a store is more than a name so far. */
export const isRead = (store: TrustStore): boolean => !(store instanceof DeferredStore) || store.isRead

/**
 * A store that is read when something of it is first asked for, so that a list of roots that is no default store neither keeps the
 * service from starting nor takes memory for nothing. Once it is read it is like any other.
 */
export class DeferredStore implements TrustStore {
  readonly name: string
  readonly #steps: () => Iterator<unknown, MadeStore>
  readonly #onRead: (made: MadeStore) => void
  #made: MadeStore | undefined

  /** `steps` reads it; its work must not depend on when that is. `onRead` is called once, after that. */
  constructor(name: string, steps: () => Iterator<unknown, MadeStore>, onRead: (made: MadeStore) => void) {
    this.name = name
    this.#steps = steps
    this.#onRead = onRead
  }

  get isRead(): boolean {
    return this.#made !== undefined
  }

  /** Reads it now, unless that was done, and lets others have their turn meanwhile. */
  async prepare(): Promise<MadeStore> {
    const made = this.#made ?? (await gradually(this.#steps()))
    // Whoever asked for something of it in the meantime has it read at once.
    return this.#keep(made)
  }

  get version(): string | null {
    return this.#store.version
  }

  get digest(): string {
    return this.#store.digest
  }

  get anchors(): readonly StoredAnchor[] {
    return this.#store.anchors
  }

  get anchorsBySubject(): ReadonlyMap<string, readonly StoredAnchor[]> {
    return this.#store.anchorsBySubject
  }

  get crls(): readonly CrlCandidate[] {
    return this.#store.crls
  }

  get #store(): TrustStore {
    return (this.#made ?? this.#keep(atOnce(this.#steps()))).store
  }

  #keep(made: MadeStore): MadeStore {
    if (this.#made === undefined) {
      this.#made = made
      this.#onRead(made)
    }
    return this.#made
  }
}

const atOnce = <T>(steps: Iterator<unknown, T>): T => {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}
