/** How many are remembered at least, as long as they keep coming; twice as many at most. */
const generation = 8_192

/** Whether something came before, not too long ago: it is remembered in two generations, the older of which is forgotten whole. */
export class SeenBefore<Mark extends string | number> {
  #younger = new Set<Mark>()
  #older: ReadonlySet<Mark> = new Set()

  /** Whether `mark` was given before; it is remembered from now on. */
  test(mark: Mark): boolean {
    if (this.#younger.has(mark)) return true
    const seen = this.#older.has(mark)
    this.#younger.add(mark)
    if (this.#younger.size >= generation) {
      this.#older = this.#younger
      this.#younger = new Set()
    }
    return seen
  }
}
