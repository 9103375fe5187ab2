/** How many texts are remembered at least, as long as they keep coming; twice as many at most. */
const generation = 8_192

/** Whether a text came before, not too long ago: it remembers texts in two generations, and forgets the older one whole. */
export class SeenBefore {
  #younger = new Set<string>()
  #older: ReadonlySet<string> = new Set()

  /** Whether `text` was given before; it is remembered from now on. */
  test(text: string): boolean {
    if (this.#younger.has(text)) return true
    const seen = this.#older.has(text)
    this.#younger.add(text)
    if (this.#younger.size >= generation) {
      this.#older = this.#younger
      this.#younger = new Set()
    }
    return seen
  }
}
