/** How much each piece of work counts for the pace. */
const weight = 1 / 8

/** How long work has taken lately, so that one can tell how long others will have to wait. */
export class Pace {
  #milliseconds = 0

  note(milliseconds: number): void {
    this.#milliseconds += (milliseconds - this.#milliseconds) * weight
  }

  /** Milliseconds until so many pieces of work are done, `atOnce` at a time. */
  until(pieces: number, atOnce: number): number {
    return (pieces * this.#milliseconds) / atOnce
  }
}
