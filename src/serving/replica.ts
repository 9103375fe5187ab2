import { portableSteps } from '../service/lanes/portable-store.ts'
import { gradually } from '../trust/gradually.ts'
import type { VersionRecord } from '../trust/keeping.ts'
import { TrustRegistry } from '../trust/registry.ts'
import type { StoreNews } from './protocol.ts'

/** The trust stores of the primary, as a serving process has them. */
export class Replica {
  readonly registry = new TrustRegistry()
  readonly #records = new Map<string, VersionRecord>()
  /** News are taken one after the other, and after those that the process begins with, whatever comes first over the line. */
  #last: Promise<unknown>

  constructor(first: Promise<readonly StoreNews[]>) {
    this.#last = first.then(async (stores) => {
      for (const news of stores) await this.#apply(news)
    })
  }

  /** Resolves when all that has come so far is served. */
  async whenServed(): Promise<void> {
    await this.#last
  }

  /** Resolves when it is served. */
  take(news: StoreNews): Promise<void> {
    const taken = this.#last.then(() => this.#apply(news))
    this.#last = taken.catch(() => undefined)
    return taken
  }

  /** The version of an uploaded store that is served. */
  record(name: string): VersionRecord | undefined {
    return this.#records.get(name)
  }

  async #apply({ name, snapshot }: StoreNews): Promise<void> {
    if (snapshot === undefined) {
      this.#records.delete(name)
      this.registry.remove(name)
      return
    }
    const { store, record, ...served } = snapshot
    const unpacked = await gradually(portableSteps(store))
    if (record === undefined) this.#records.delete(name)
    else this.#records.set(name, record)
    this.registry.put(name, { ...served, store: unpacked })
  }
}
