/** How often each client may ask. */
export interface Rate {
  /** In the long run. */
  readonly perSecond: number
  /** At once, where it has not asked for a while. */
  readonly burst: number
}

/** Clients that are counted, at about a hundred bytes each. */
export const mostClients = 65_536

/**
 * Counts requests by client, each bounded to a rate with bursts (the generic cell rate algorithm of ITU-T I.371): of a client there is one
 * number, the time at which all that it has asked so far would be due. Of many clients those are forgotten that have not asked for longest.
 */
export class ClientRates {
  /** Milliseconds between two requests at the rate, and by how much a client may be ahead of it. */
  readonly #interval: number
  readonly #ahead: number
  readonly #mostClients: number
  readonly #due = new Map<string, number>()

  constructor({ perSecond, burst }: Rate, mostClients: number) {
    this.#interval = 1_000 / perSecond
    this.#ahead = this.#interval * (burst - 1)
    this.#mostClients = mostClients
  }

  get clients(): number {
    return this.#due.size
  }

  /** Counts a request at `now`, in milliseconds of a clock that never steps: 0 where it may be, else for how long it has to wait. */
  take(client: string, now: number): number {
    const due = Math.max(this.#due.get(client) ?? now, now)
    const early = due - now - this.#ahead
    // Those who are refused have asked as well: they must not be forgotten, and be let in, before others.
    this.#due.delete(client)
    this.#due.set(client, early > 0 ? due : due + this.#interval)
    if (this.#due.size > this.#mostClients) this.#forgetOne()
    return Math.max(early, 0)
  }

  #forgetOne(): void {
    for (const client of this.#due.keys()) {
      this.#due.delete(client)
      return
    }
  }
}
