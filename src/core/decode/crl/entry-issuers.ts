import { Malformed } from '../der/der.ts'
import { readGeneralNames } from '../name/general-name.ts'

/** How many issuers entries may name: each costs memory and the reading of its name. Real CRLs name a few. */
export const mostIssuers = 10_000
/** How many of these may be said to have several names: each is one more question for every look-up. */
export const mostSeveral = 64

const latelySlots = 256

/**
 * The issuers that the entries of an indirect CRL name (RFC 5280 §5.3.3), as numbers: 0 is the CRL's own issuer.
 *
 * The same name in other octets has the same number. Where several directory names are given for one issuer, each of
 * them is taken for its name.
 */
export class EntryIssuers {
  readonly #bytes: Buffer
  readonly #byOctets = new Map<string, number>()
  /** Numbers that stand for one name alone. */
  readonly #single: Map<string, number>
  readonly #byName: Map<string, readonly number[]>
  #count = 1
  #several = 0
  /** What was met lately, by a hash of its octets: where it stands, and its number. It only saves making a text of them. */
  readonly #lately = new Uint32Array(latelySlots * 3)

  /** `own` is the key of the name of the CRL's issuer. */
  constructor(bytes: Uint8Array, own: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#single = new Map([[own, 0]])
    this.#byName = new Map([[own, [0]]])
  }

  /** The number for the contents of a certificateIssuer, from `content` to `end`. Throws `Malformed`. */
  numberOf(content: number, end: number): number {
    if (content === end) throw new Malformed('its certificateIssuer is empty')
    const slot = this.#slotOf(content, end)
    if (this.#stands(slot, content, end)) return this.#lately[slot + 2] ?? 0
    const octets = this.#bytes.toString('latin1', content, end)
    let number = this.#byOctets.get(octets)
    if (number === undefined) {
      number = this.#add(content, end)
      this.#byOctets.set(octets, number)
    }
    this.#lately.set([content, end, number], slot)
    return number
  }

  /** The numbers that stand for an issuer with the name of that key. */
  numbersOf(key: string): readonly number[] {
    return this.#byName.get(key) ?? []
  }

  #slotOf(content: number, end: number): number {
    let hash = 0
    for (let at = content; at < end; at++) hash = Math.imul(hash ^ (this.#bytes[at] ?? 0), 0x01000193)
    return ((hash ^ (hash >>> 15)) & (latelySlots - 1)) * 3
  }

  /** Whether the octets are those that were met lately. */
  #stands(slot: number, content: number, end: number): boolean {
    const known = this.#lately[slot] ?? 0
    if (end - content !== (this.#lately[slot + 1] ?? 0) - known) return false
    for (let at = 0; at < end - content; at++) {
      if (this.#bytes[content + at] !== this.#bytes[known + at]) return false
    }
    return true
  }

  #add(content: number, end: number): number {
    if (this.#byOctets.size >= mostIssuers) throw new Malformed(`it names one more than ${mostIssuers} issuers`)
    const names = readGeneralNames(this.#bytes.subarray(content, end), 'certificateIssuer')
    const keys = new Set(names.flatMap((name) => (name.type === 'directory' ? [name.value.key] : [])))
    const [key] = keys
    if (key === undefined) throw new Malformed('its certificateIssuer has no directory name')
    if (keys.size === 1) return this.#numberOfName(key)
    if (++this.#several > mostSeveral) throw new Malformed(`it is one more than ${mostSeveral} with several issuers`)
    return this.#new([...keys])
  }

  #numberOfName(key: string): number {
    const known = this.#single.get(key)
    if (known !== undefined) return known
    const number = this.#new([key])
    this.#single.set(key, number)
    return number
  }

  #new(keys: readonly string[]): number {
    const number = this.#count++
    for (const key of keys) this.#byName.set(key, [...(this.#byName.get(key) ?? []), number])
    return number
  }
}
