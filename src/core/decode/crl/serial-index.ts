import { randomFillSync } from 'node:crypto'

/** RFC 5280 §4.1.2.2 asks for 20 octets at most; there are longer ones, but none beyond this. */
export const maximumSerialOctets = 64

/**
 * Where entries of a CRL start, by their serial numbers and their issuers: a hash table of offsets, made in one pass. A slot
 * takes 4 octets, and 4 more for the issuer's number where any entry has another issuer than the CRL (number 0).
 *
 * The hash is simple tabulation with random tables, so that nobody can choose serial numbers that collide; what is
 * found does not depend on them.
 */
export class SerialIndex {
  readonly #bytes: Uint8Array
  readonly #mask: number
  /** The offset of an entry plus one; 0 where the slot is free. */
  readonly #slots: Uint32Array
  #issuers: Uint32Array | undefined

  /** `most` is an upper bound of how many will be added. */
  constructor(bytes: Uint8Array, most: number) {
    this.#bytes = bytes
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, most * 1.25)))
    this.#mask = slots - 1
    this.#slots = new Uint32Array(slots)
  }

  /** Adds the entry at an offset, unless its number is there already for that issuer: the first one stays. */
  add(entry: number, issuer: number): void {
    if (issuer !== 0) this.#issuers ??= new Uint32Array(this.#slots.length)
    const serial = serialOf(this.#bytes, entry)
    const slot = this.#slotOf(this.#bytes, serial + 2, this.#bytes[serial + 1] ?? 0, issuer)
    if (this.#slots[slot] !== 0) return
    this.#slots[slot] = entry + 1
    if (this.#issuers !== undefined) this.#issuers[slot] = issuer
  }

  /** The offset of the entry whose serial number has these contents, of that issuer. */
  find(serial: Uint8Array, issuer: number): number | undefined {
    if (serial.length > maximumSerialOctets) return undefined
    const found = this.#slots[this.#slotOf(serial, 0, serial.length, issuer)] ?? 0
    return found === 0 ? undefined : found - 1
  }

  /** The slot that holds these octets, or the free one where they would go. At most four of five slots are taken, so one is free. */
  #slotOf(octets: Uint8Array, at: number, length: number, issuer: number): number {
    let slot =
      (issuer === 0 ? hashOf(octets, at, length) : hashOf(octets, at, length) ^ issuerHash(issuer)) & this.#mask
    for (;;) {
      const known = this.#slots[slot] ?? 0
      if (known === 0) return slot
      if ((this.#issuers?.[slot] ?? 0) === issuer && this.#holds(known - 1, octets, at, length)) return slot
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

const issuerOctets = 4
let tables: Uint32Array | undefined

const table = (): Uint32Array => {
  tables ??= randomFillSync(new Uint32Array((maximumSerialOctets + issuerOctets) * 256))
  return tables
}

const hashOf = (octets: Uint8Array, at: number, length: number): number => {
  const random = table()
  let hash = 0
  for (let i = 0; i < length; i++) hash ^= random[i * 256 + (octets[at + i] ?? 0)] ?? 0
  return hash
}

const issuerHash = (issuer: number): number => {
  const random = table()
  let hash = 0
  for (let i = 0; i < issuerOctets; i++) {
    hash ^= random[(maximumSerialOctets + i) * 256 + ((issuer >>> (8 * i)) & 0xff)] ?? 0
  }
  return hash
}
