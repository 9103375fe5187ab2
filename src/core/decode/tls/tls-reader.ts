import { Malformed } from '../der/der.ts'

/** Reads numbers and vectors of the presentation language of TLS (RFC 8446 §3), one after another. Throws `Malformed`. */
export class TlsReader {
  readonly #octets: Uint8Array
  /** How messages call the object. */
  readonly #what: string
  #at = 0

  constructor(octets: Uint8Array, what: string) {
    this.#octets = octets
    this.#what = what
  }

  get isDone(): boolean {
    return this.#at === this.#octets.length
  }

  take(length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#octets.length) throw new Malformed(`${this.#what} ends before what it announces`)
    const taken = this.#octets.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  /** An unsigned number of so many octets. */
  number(octets: 1 | 2 | 3): number {
    return this.take(octets).reduce((number, octet) => number * 256 + octet, 0)
  }

  /** A vector whose length stands before it, in so many octets. */
  vector(octets: 1 | 2 | 3): Uint8Array {
    return this.take(this.number(octets))
  }
}
