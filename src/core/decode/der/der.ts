/**
 * A strict reader of DER (X.690 §8, §10 and §11) over octets in memory. It copies nothing and never recurses.
 *
 * Reading functions throw `Malformed`, and only decoders call them: each decoder's outermost function wraps its work in
 * `attempt`, so that outside this folder a malformed object is a value.
 */

/** What is wrong with an object, in words that a person can act on. */
export class Malformed extends Error {
  override readonly name = 'Malformed'
}

export type Decoded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

/** Runs a decoder: what it throws as `Malformed` becomes a value. */
export const attempt = <T>(decode: () => T): Decoded<T> => {
  try {
    return { ok: true, value: decode() }
  } catch (thrown) {
    if (thrown instanceof Malformed) return { ok: false, reason: thrown.message }
    throw thrown
  }
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e
} as const

/** The tag of a context-specific element: primitive, or constructed as explicit tags and implicit SEQUENCEs are. */
export const context = (number: number): number => 0x80 | number
export const contextConstructed = (number: number): number => 0xa0 | number

const tagNames = new Map<number, string>(Object.entries(tags).map(([name, tag]) => [tag, name]))
export const tagName = (tag: number): string => tagNames.get(tag) ?? `tag 0x${tag.toString(16).padStart(2, '0')}`

/** One element: its identifier octet and where it lies in `bytes`. */
export interface Element {
  readonly bytes: Uint8Array
  readonly tag: number
  /** Of the identifier octet. */
  readonly start: number
  /** Of the first content octet. */
  readonly content: number
  /** One beyond the last content octet. */
  readonly end: number
}

export const contentOf = (element: Element): Uint8Array => element.bytes.subarray(element.content, element.end)
export const derOf = (element: Element): Uint8Array => element.bytes.subarray(element.start, element.end)

/** Reads the elements of one level, one after another. `what` is how messages call the object. */
export class DerReader {
  readonly #bytes: Uint8Array
  readonly #what: string
  readonly #end: number
  #position: number
  /** Where the contents begin of the element that was passed last. */
  #content = 0

  constructor(bytes: Uint8Array, what: string, start = 0, end = bytes.length) {
    this.#bytes = bytes
    this.#what = what
    this.#position = start
    this.#end = end
  }

  get done(): boolean {
    return this.#position >= this.#end
  }

  /** The identifier octet that comes next, or -1 at the end. */
  get nextTag(): number {
    return this.done ? -1 : (this.#bytes[this.#position] ?? -1)
  }

  /** The next element, whatever it is. */
  element(): Element {
    const start = this.#position
    const tag = this.#pass()
    return { bytes: this.#bytes, tag, start, content: this.#content, end: this.#position }
  }

  /** Passes the next element, and gives its tag. */
  #pass(): number {
    const start = this.#position
    const tag = this.#octet(start)
    let at = start + 1
    if ((tag & 0x1f) === 0x1f) at = this.#longTag(at)
    let length = this.#octet(at++)
    if (length === 0x80) this.fail('has an indefinite length, which DER does not allow')
    if (length > 0x80) {
      const octets = length & 0x7f
      if (octets > 4) this.fail('has a length of more than four octets')
      length = 0
      for (let i = 0; i < octets; i++) length = length * 256 + this.#octet(at + i)
      if (length < 0x80 || (octets > 1 && this.#octet(at) === 0)) this.fail('has a length that is not minimal')
      at += octets
    }
    if (length > this.#end - at) this.fail('is cut short: a length leads beyond its end')
    this.#content = at
    this.#position = at + length
    return tag
  }

  /** The next element, which must have that tag. */
  expect(tag: number, part: string): Element {
    const start = this.#position
    this.#passOnly(tag, part)
    return { bytes: this.#bytes, tag, start, content: this.#content, end: this.#position }
  }

  #passOnly(tag: number, part: string): void {
    if (this.done) this.fail(`ends before its ${part}`)
    const passed = this.#pass()
    if (passed !== tag) this.fail(`has ${tagName(passed)} in place of its ${part} (${tagName(tag)})`)
  }

  /** The next element if it has that tag. */
  optional(tag: number): Element | undefined {
    return this.nextTag === tag ? this.element() : undefined
  }

  /** Enters the next element, which must be constructed with that tag. */
  enter(tag: number, part: string): DerReader {
    this.#passOnly(tag, part)
    return new DerReader(this.#bytes, part, this.#content, this.#position)
  }

  sequence(part: string): DerReader {
    return this.enter(tags.sequence, part)
  }

  /** Nothing may follow. */
  finish(): void {
    if (!this.done) this.fail('has octets after its last field')
  }

  fail(problem: string): never {
    throw new Malformed(`${this.#what} ${problem}`)
  }

  #octet(at: number): number {
    const octet = at < this.#end ? this.#bytes[at] : undefined
    return octet === undefined ? this.fail('is cut short') : octet
  }

  /** X.690 §8.1.2.4: tag numbers from 31, in the fewest octets, here of up to 28 bits. */
  #longTag(from: number): number {
    let at = from
    let number = 0
    let octet: number
    do {
      octet = this.#octet(at++)
      if (at - from > 4) this.fail('has a tag number of more than 28 bits')
      number = (number << 7) | (octet & 0x7f)
      if (number === 0) this.fail('has a tag number that is not minimal')
    } while (octet & 0x80)
    if (number < 0x1f) this.fail('has a tag number that is not minimal')
    return at
  }
}

/** A reader of what an element holds. */
export const within = (element: Element, what: string): DerReader =>
  new DerReader(element.bytes, what, element.content, element.end)

/** The one element that `bytes` must hold, with nothing after it. */
export const single = (bytes: Uint8Array, tag: number, what: string): Element => {
  const reader = new DerReader(bytes, what)
  const element = reader.expect(tag, what)
  reader.finish()
  return element
}

/** The one element that an explicit tag holds, which must have that tag. */
export const inside = (wrapper: Element, tag: number, what: string): Element => {
  const reader = within(wrapper, what)
  const element = reader.expect(tag, what)
  reader.finish()
  return element
}
