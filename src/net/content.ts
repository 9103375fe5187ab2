/** Octets as they come, in one place: a view for each piece would cost a hundred times a piece of one octet. */
export class Content {
  #octets = Buffer.alloc(0)
  #size = 0
  #pieces = 0

  get size(): number {
    return this.#size
  }

  /** All of it, in a memory of its own size. */
  get octets(): Uint8Array {
    return this.#octets.length === this.#size ? this.#octets : Buffer.copyBytesFrom(this.#octets, 0, this.#size)
  }

  /** Whether it comes in pieces so many and small that taking them is all that the process would do. */
  get isDrops(): boolean {
    return this.#pieces > fewPieces && this.#size / this.#pieces < leastAverage
  }

  add(piece: Uint8Array): void {
    const size = this.#size + piece.length
    if (size > this.#octets.length) {
      const grown = Buffer.alloc(Math.max(size, 2 * this.#octets.length))
      grown.set(this.#octets.subarray(0, this.#size))
      this.#octets = grown
    }
    this.#octets.set(piece, this.#size)
    this.#size = size
    this.#pieces += 1
  }
}

const fewPieces = 4_096
/** Octets. */
const leastAverage = 128
