/** Answers remembered for two objects by identity, as long as both are alive. */
export class PairMemo<A extends object, B extends object, V extends object | string> {
  readonly #answers = new WeakMap<A, WeakMap<B, V>>()

  /** The answer for `a` and `b`, from `make` the first time. What `make` throws is not remembered. */
  get(a: A, b: B, make: () => V): V {
    const known = this.#answers.get(a)?.get(b)
    if (known !== undefined) return known
    const made = make()
    const byB = this.#answers.get(a) ?? new WeakMap<B, V>()
    byB.set(b, made)
    this.#answers.set(a, byB)
    return made
  }
}
