import { lastSecond } from './instant.ts'

/** Seconds since 1970-01-01T00:00:00Z, both included. */
export interface Span {
  readonly from: number
  readonly until: number
}

/** For which times of validation an answer holds. */
export interface Holding extends Span {
  /** Whether the time of validation is that of the clock, rather than of the request. */
  readonly byClock: boolean
}

const always: Span = { from: -lastSecond, until: lastSecond }

/**
 * The time of a validation in whole seconds, which notes what it was held against.
 *
 * At all times between the nearest of these on either side every comparison comes out the same, and with it all that was made of
 * them: an answer that was given once holds for that span. It cannot be read without that being noted.
 */
export class Moment {
  readonly #seconds: number
  #from = always.from
  #until = always.until

  constructor(seconds: number) {
    this.#seconds = seconds
  }

  isBefore(seconds: number): boolean {
    const before = this.#seconds < seconds
    if (before) this.#until = Math.min(this.#until, Math.ceil(seconds) - 1)
    else this.#from = Math.max(this.#from, Math.ceil(seconds))
    return before
  }

  isAfter(seconds: number): boolean {
    const after = this.#seconds > seconds
    if (after) this.#from = Math.max(this.#from, Math.floor(seconds) + 1)
    else this.#until = Math.min(this.#until, Math.floor(seconds))
    return after
  }

  /** The time itself, for what says it: that holds for this second alone. */
  get seconds(): number {
    this.#from = this.#seconds
    this.#until = this.#seconds
    return this.#seconds
  }

  /** The time for `checkedAt` alone, which whoever keeps an answer has to say anew. */
  get checkedAt(): number {
    return this.#seconds
  }

  /** The times at which all that was asked until now would have been answered alike. */
  get span(): Span {
    return { from: this.#from, until: this.#until }
  }
}
