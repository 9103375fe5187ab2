import { Malformed } from './der.ts'

/** An element of BER (X.690 §8.1), of which only containers are read so. */
export interface BerElement {
  readonly tag: number
  /** Of the identifier octet. */
  readonly start: number
  /** Of the first content octet. */
  readonly content: number
  /** One beyond the last content octet. */
  readonly end: number
  /** One beyond the element, its end-of-contents octets included. */
  readonly next: number
  readonly indefinite: boolean
}

/**
 * The element at `at`. Never recurses: the contents of an element of indefinite length are passed over to find its end, to
 * a depth of `depth` levels. Throws `Malformed`.
 */
export const berElement = (bytes: Uint8Array, at: number, limit: number, depth: number): BerElement => {
  const header = headerAt(bytes, at, limit)
  const { tag, content, length } = header
  if (length !== undefined) {
    return { tag, start: at, content, end: content + length, next: content + length, indefinite: false }
  }
  const end = endOfContents(bytes, content, limit, depth)
  return { tag, start: at, content, end, next: end + 2, indefinite: true }
}

/** The elements that lie between two positions, one after another. */
export function* berElements(
  bytes: Uint8Array,
  from: number,
  to: number,
  depth: number
): Generator<BerElement, undefined> {
  for (let at = from; at < to; ) {
    const element = berElement(bytes, at, to, depth)
    yield element
    at = element.next
  }
  return undefined
}

interface Header {
  readonly tag: number
  readonly content: number
  /** Undefined for an indefinite length. */
  readonly length: number | undefined
}

const headerAt = (bytes: Uint8Array, at: number, limit: number): Header => {
  const tag = octet(bytes, at, limit)
  if ((tag & 0x1f) === 0x1f) throw new Malformed('it has a tag of more than one octet where none belongs')
  const first = octet(bytes, at + 1, limit)
  if (first < 0x80) return bounded(tag, at + 2, first, limit)
  if (first === 0x80) {
    if ((tag & 0x20) === 0) throw new Malformed('it has a primitive element of indefinite length')
    return { tag, content: at + 2, length: undefined }
  }
  const count = first & 0x7f
  if (count > 8) throw new Malformed('it has a length of more than eight octets')
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + octet(bytes, at + 2 + i, limit)
  return bounded(tag, at + 2 + count, length, limit)
}

const bounded = (tag: number, content: number, length: number, limit: number): Header => {
  if (length > limit - content) throw new Malformed('it is cut short: a length leads beyond its end')
  return { tag, content, length }
}

/** X.690 §8.1.5: where the end-of-contents octets stand that belong to the element whose contents begin at `from`. */
const endOfContents = (bytes: Uint8Array, from: number, limit: number, maximumDepth: number): number => {
  let depth = 1
  let at = from
  for (;;) {
    const { tag, content, length } = headerAt(bytes, at, limit)
    if (tag === 0) {
      if (length !== 0 || content !== at + 2) throw new Malformed('it has end-of-contents octets other than 00 00')
      depth -= 1
      if (depth === 0) return at
      at = content
    } else if (length === undefined) {
      depth += 1
      if (depth > maximumDepth) throw new Malformed(`it is nested deeper than ${maximumDepth} levels`)
      at = content
    } else {
      at = content + length
    }
  }
}

const octet = (bytes: Uint8Array, at: number, limit: number): number => {
  const value = at < limit ? bytes[at] : undefined
  if (value === undefined) throw new Malformed('it is cut short')
  return value
}
