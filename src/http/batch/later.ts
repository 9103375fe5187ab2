/** Results that are to come. */
export class Later<Output> {
  readonly #ordered: boolean
  readonly #waiting = new Map<number, Promise<unknown>>()
  readonly #results = new Map<number, Output>()
  readonly #settled: () => void
  #added = 0
  #taken = 0

  /** `settled` is told whenever one of them has come. */
  constructor(ordered: boolean, settled: () => void) {
    this.#ordered = ordered
    this.#settled = settled
  }

  get size(): number {
    return this.#waiting.size + this.#results.size
  }

  /** The promise must not reject. */
  add(promise: Promise<Output>): void {
    const at = this.#added++
    const settled = promise.then((result) => {
      this.#waiting.delete(at)
      this.#results.set(at, result)
      this.#settled()
    })
    this.#waiting.set(at, settled)
  }

  /** Those that are there, as far as the order allows. */
  take(): readonly Output[] {
    if (this.#results.size === 0) return []
    const results: Output[] = []
    for (const at of this.#ready()) results.push(this.#give(at))
    return results
  }

  /** The next one, for which it waits. */
  async next(): Promise<Output> {
    for (;;) {
      const [at] = this.#ready()
      if (at !== undefined) return this.#give(at)
      await (this.#ordered ? this.#waiting.get(this.#taken) : Promise.race(this.#waiting.values()))
    }
  }

  #give(at: number): Output {
    const result = this.#results.get(at) as Output
    this.#results.delete(at)
    this.#taken++
    return result
  }

  *#ready(): Generator<number, undefined> {
    if (!this.#ordered) yield* [...this.#results.keys()]
    else while (this.#results.has(this.#taken)) yield this.#taken
    return undefined
  }
}
