/** How many kinds of work are remembered at most; the oldest is forgotten first. */
const most = 1_000

/** Remembers which work ended its worker, so that it is refused when it has done so too often. */
export class Offences {
  readonly #counts = new Map<string, { readonly count: number; readonly at: number }>()
  readonly #allowed: number
  readonly #memory: number
  readonly #clock: () => number

  /** `allowed` ends within `memory` milliseconds of each other are forgiven, but one; `clock` is monotonic, in milliseconds. */
  constructor(allowed: number, memory: number, clock: () => number) {
    this.#allowed = allowed
    this.#memory = memory
    this.#clock = clock
  }

  note(work: string): void {
    const count = this.#countOf(work) + 1
    // Put last, so that the first of the map is the oldest.
    this.#counts.delete(work)
    this.#counts.set(work, { count, at: this.#clock() })
    const [oldest] = this.#counts.keys()
    if (this.#counts.size > most && oldest !== undefined) this.#counts.delete(oldest)
  }

  /** Whether there is nothing that could be refused. */
  get empty(): boolean {
    return this.#counts.size === 0
  }

  isRefused(work: string): boolean {
    return this.#countOf(work) >= this.#allowed
  }

  #countOf(work: string): number {
    const known = this.#counts.get(work)
    return known !== undefined && this.#clock() - known.at < this.#memory ? known.count : 0
  }
}
