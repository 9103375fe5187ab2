/** What is counted, as a figure of the metrics has it. */
interface Counted {
  readonly name: string
  readonly help: string
  /** One or two. */
  readonly labels: readonly string[]
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/**
 * Counts by one label or two, for what is counted with every request: a count costs a look-up, and samples are made when somebody
 * asks for them. Labels must be of a small set.
 */
export class Tally {
  readonly #counted: Counted
  readonly #counts = new Map<string, Map<string | number, number>>()

  constructor(counted: Counted) {
    this.#counted = counted
  }

  /** `second` is the value of the second label, where there is one. */
  add(first: string, second: string | number = ''): void {
    const known = this.#counts.get(first)
    if (known === undefined) this.#counts.set(first, new Map([[second, 1]]))
    else known.set(second, (known.get(second) ?? 0) + 1)
  }

  get figure(): Counted & { readonly type: 'counter'; read(): Iterable<Sample> } {
    return { ...this.#counted, type: 'counter', read: () => this.#samples() }
  }

  *#samples(): Iterable<Sample> {
    const [one = '', other] = this.#counted.labels
    for (const [first, counts] of this.#counts) {
      for (const [second, value] of counts) {
        yield { labels: { [one]: first, ...(other === undefined ? {} : { [other]: String(second) }) }, value }
      }
    }
  }
}
