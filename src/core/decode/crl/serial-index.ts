import { randomFillSync } from 'node:crypto'

/** RFC 5280 §4.1.2.2 asks for 20 octets at most; there are longer ones, but none beyond this. */
export const maximumSerialOctets = 64

/**
 * Where entries of a CRL start, by their serial numbers: a hash table of offsets, 4 octets to a slot, made in one pass.
 *
 * The hash is simple tabulation with random tables, so that nobody can choose serial numbers that collide; what is
 * found does not depend on them.
 */
export class SerialIndex {
  readonly #bytes: Uint8Array
  readonly #mask: number
  /** The offset of an entry plus one; 0 where the slot is free. */
  readonly #slots: Uint32Array

  /** `most` is an upper bound of how many will be added. */
  constructor(bytes: Uint8Array, most: number) {
    this.#bytes = bytes
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, most * 1.25)))
    this.#mask = slots - 1
    this.#slots = new Uint32Array(slots)
  }

  /** Adds the entry at an offset, unless its number is there already: the first one stays. */
  add(entry: number): void {
    const serial = serialOf(this.#bytes, entry)
    const slot = this.#slotOf(this.#bytes, serial + 2, this.#bytes[serial + 1] ?? 0)
    if (this.#slots[slot] === 0) this.#slots[slot] = entry + 1
  }

  /** The offset of the entry whose serial number has these contents. */
  find(serial: Uint8Array): number | undefined {
    if (serial.length > maximumSerialOctets) return undefined
    const found = this.#slots[this.#slotOf(serial, 0, serial.length)] ?? 0
    return found === 0 ? undefined : found - 1
  }

  /** The slot that holds these octets, or the free one where they would go. At most four of five slots are taken, so one is free. */
  #slotOf(octets: Uint8Array, at: number, length: number): number {
    let slot = hashOf(octets, at, length) & this.#mask
    for (;;) {
      const known = this.#slots[slot] ?? 0
      if (known === 0 || this.#holds(known - 1, octets, at, length)) return slot
      slot = (slot + 1) & this.#mask
    }
  }

  #holds(entry: number, octets: Uint8Array, at: number, length: number): boolean {
    const bytes = this.#bytes
    const serial = serialOf(bytes, entry)
    if (bytes[serial + 1] !== length) return false
    for (let i = 0; i < length; i++) if (bytes[serial + 2 + i] !== octets[at + i]) return false
    return true
  }
}

/** The offset of an entry's first field, the INTEGER. The entry was read before, so its header is well formed. */
const serialOf = (bytes: Uint8Array, entry: number): number => {
  const length = bytes[entry + 1] ?? 0
  return entry + 2 + (length < 0x80 ? 0 : length & 0x7f)
}

let tables: Uint32Array | undefined

const hashOf = (octets: Uint8Array, at: number, length: number): number => {
  tables ??= randomFillSync(new Uint32Array(maximumSerialOctets * 256))
  let hash = 0
  for (let i = 0; i < length; i++) hash ^= tables[i * 256 + (octets[at + i] ?? 0)] ?? 0
  return hash
}
