import { setImmediate as turn } from 'node:timers/promises'

export interface TurnSettings {
  /** Pieces of work that may be under way at once. */
  readonly most: number
  /** Whether results come in the order of the inputs; else each comes when it is there. */
  readonly ordered: boolean
}

/** Milliseconds of work after which others get their turn. */
const slice = 5

/**
 * Works on inputs in their order, as results are asked for, and gives other requests their turn in between. Work that is done at once costs
 * no promise; of work that takes until later, as in another process, several pieces are under way at once. Results come in
 * groups: those that were there when others got their turn or no input was left.
 */
export async function* inTurns<Input, Output>(
  groups: AsyncIterable<readonly Input[]>,
  work: (input: Input) => Output | Promise<Output>,
  { most, ordered }: TurnSettings
): AsyncGenerator<readonly Output[], undefined> {
  const later = new Later<Output>(ordered)
  for await (const group of groups) {
    let results: Output[] = []
    let since = performance.now()
    for (const input of group) {
      const result = work(input)
      if (result instanceof Promise) later.add(result)
      else if (ordered && later.size > 0) later.add(Promise.resolve(result))
      else results.push(result)
      while (later.size >= most) results.push(await later.next())
      if (performance.now() - since <= slice) continue
      yield results
      results = []
      await turn()
      since = performance.now()
    }
    results.push(...later.take())
    if (results.length > 0) yield results
  }
  while (later.size > 0) yield [await later.next(), ...later.take()]
  return undefined
}

/** Results that are to come. */
class Later<Output> {
  readonly #ordered: boolean
  readonly #waiting = new Map<number, Promise<unknown>>()
  readonly #results = new Map<number, Output>()
  #added = 0
  #taken = 0

  constructor(ordered: boolean) {
    this.#ordered = ordered
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
    })
    this.#waiting.set(at, settled)
  }

  /** Those that are there, as far as the order allows. */
  take(): readonly Output[] {
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
