import type { FetchFault } from './fetch-fault.ts'

/** Failures that are remembered: those of a second are soon as many as somebody likes who makes certificates. */
const mostRemembered = 10_000

/** What failed lately, so that it is not asked again for a while. */
export class FailureMemory {
  readonly #seconds: number
  /** Oldest first. */
  readonly #faults = new Map<string, { readonly fault: FetchFault; readonly until: number }>()

  constructor(seconds: number) {
    this.#seconds = seconds
  }

  /** Times are seconds since 1970-01-01T00:00:00Z. */
  get(key: string, now: number): FetchFault | undefined {
    const known = this.#faults.get(key)
    if (known === undefined) return undefined
    if (now < known.until) return known.fault
    this.#faults.delete(key)
    return undefined
  }

  /** What failed for the load of this service alone says nothing of the other side, and is forgotten at once. */
  put(key: string, fault: FetchFault, now: number): void {
    if (fault.kind === 'busy' || this.#seconds === 0) return
    this.#faults.delete(key)
    this.#faults.set(key, { fault, until: now + this.#seconds })
    for (const oldest of this.#faults.keys()) {
      if (this.#faults.size <= mostRemembered) return
      this.#faults.delete(oldest)
    }
  }

  forget(key: string): void {
    this.#faults.delete(key)
  }
}
