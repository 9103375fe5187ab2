import { Problem } from '../problem.ts'

/** How many octets of one request are counted; `release` gives them back, once. */
export interface Reservation {
  /** Counts `octets` more, or throws `overloaded`. */
  add(octets: number): void
  release(): void
}

/** Bounds the octets of all bodies that are being received or worked on, so that their sum has a limit too. */
export class BodiesInFlight {
  readonly #allowed: number
  #octets = 0

  constructor(allowed: number) {
    this.#allowed = allowed
  }

  get octets(): number {
    return this.#octets
  }

  reserve(): Reservation {
    let held = 0
    return {
      add: (octets) => {
        if (this.#octets + octets > this.#allowed) {
          throw new Problem('overloaded', 'Too much is being received at this moment. Ask again in a second.', {
            headers: { 'retry-after': '1' }
          })
        }
        this.#octets += octets
        held += octets
      },
      release: () => {
        this.#octets -= held
        held = 0
      }
    }
  }
}
