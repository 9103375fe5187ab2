import { contentOf, type Element, Malformed } from './der.ts'

/** Contents of primitive DER types (X.690 §8 and §11), each refused in any form but the one that DER has for it. */

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')

/** Octets in lower-case hex. */
export const hex = hexOf

/** Whether all octets are of ASCII; of its characters from `least` on. */
export const isAscii = (octets: Uint8Array, least = 0): boolean => {
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] ?? 0
    if (octet < least || octet >= 0x80) return false
  }
  return true
}

/** X.690 §8.2 and §11.1: TRUE is 0xff. */
export const readBoolean = (element: Element, what: string): boolean => {
  const octet = element.end - element.content === 1 ? element.bytes[element.content] : undefined
  if (octet !== 0 && octet !== 0xff) throw new Malformed(`${what} is a BOOLEAN other than 00 or FF`)
  return octet === 0xff
}

/** X.690 §8.3: the octets of an INTEGER in two's complement, refused where not minimal. */
export const readInteger = (element: Element, what: string): Uint8Array => {
  const octets = contentOf(element)
  const [first, second] = octets
  if (first === undefined) throw new Malformed(`${what} is an INTEGER without octets`)
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw new Malformed(`${what} is an INTEGER with a superfluous leading octet`)
  }
  return octets
}

/** An INTEGER from 0 to 2^31 - 1. What is larger is taken as that: as a count it cannot be reached. */
export const readCount = (element: Element, what: string): number => {
  const octets = readInteger(element, what)
  if ((octets[0] ?? 0) >= 0x80) throw new Malformed(`${what} is negative`)
  if (octets.length > 4) return 0x7fffffff
  return octets.reduce((value, octet) => value * 256 + octet, 0)
}

const maximumArc = 2n ** 64n - 1n
const maximumOidOctets = 128

/** X.690 §8.19, in dotted form. Arcs beyond 64 bits and OIDs beyond 128 octets are refused, as no standard has them. */
export const readOid = (element: Element, what: string): string => {
  const length = element.end - element.content
  if (length === 0) throw new Malformed(`${what} is an empty OBJECT IDENTIFIER`)
  if (length > maximumOidOctets)
    throw new Malformed(`${what} is an OBJECT IDENTIFIER of over ${maximumOidOctets} octets`)
  const place = placeOf(element)
  const known = lately[place]
  if (known !== undefined && holdsOctets(element, known.octets)) return known.text
  const octets = contentOf(element)
  const text = dotted(octets, what)
  if (length <= longestKept) lately[place] = { octets: Uint8Array.from(octets), text }
  return text
}

/** OIDs that were read lately, each in the place that its octets give it: the few dozen that occur cost a look-up. */
const lately: ({ readonly octets: Uint8Array; readonly text: string } | undefined)[] = new Array(1_024).fill(undefined)
const longestKept = 12

const placeOf = ({ bytes, content, end }: Element): number => {
  let hash = end - content
  for (let at = content; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
  return (hash ^ (hash >>> 10)) & 1_023
}

const holdsOctets = ({ bytes, content, end }: Element, octets: Uint8Array): boolean => {
  if (end - content !== octets.length) return false
  for (let at = 0; at < octets.length; at++) if (bytes[content + at] !== octets[at]) return false
  return true
}

const dotted = (octets: Uint8Array, what: string): string => {
  const arcs: string[] = []
  let arc = 0n
  let started = false
  for (const octet of octets) {
    if (!started && octet === 0x80)
      throw new Malformed(`${what} is an OBJECT IDENTIFIER with a superfluous leading octet`)
    started = true
    arc = (arc << 7n) | BigInt(octet & 0x7f)
    if (arc > maximumArc) throw new Malformed(`${what} is an OBJECT IDENTIFIER with an arc beyond 64 bits`)
    if (octet & 0x80) continue
    if (arcs.length === 0) {
      const root = arc < 80n ? arc / 40n : 2n
      arcs.push(`${root}`, `${arc - root * 40n}`)
    } else {
      arcs.push(`${arc}`)
    }
    arc = 0n
    started = false
  }
  if (started) throw new Malformed(`${what} is an OBJECT IDENTIFIER cut short`)
  return arcs.join('.')
}

/** X.690 §8.6: a BIT STRING of whole octets, as signatures and public keys are. */
export const readOctetBits = (element: Element, what: string): Uint8Array => {
  const octets = contentOf(element)
  if (octets.length === 0) throw new Malformed(`${what} is a BIT STRING without octets`)
  if (octets[0] !== 0) throw new Malformed(`${what} is a BIT STRING with unused bits`)
  return octets.subarray(1)
}

/** X.690 §8.6 and §11.2.1: any BIT STRING; its unused bits are zero. */
export const checkBits = (element: Element, what: string): void => {
  const octets = contentOf(element)
  const unused = octets[0]
  if (unused === undefined || unused > 7 || (octets.length === 1 && unused > 0)) {
    throw new Malformed(`${what} is a BIT STRING with a wrong count of unused bits`)
  }
  if (unused > 0 && ((octets.at(-1) ?? 0) & ((1 << unused) - 1)) !== 0) {
    throw new Malformed(`${what} is a BIT STRING with unused bits that are not zero`)
  }
}

/** Bit n of a BIT STRING with named bits as `1 << n`, and whether it is in the one form that DER has for it. */
export interface NamedBits {
  readonly bits: number
  readonly minimal: boolean
}

/** X.690 §11.2: a BIT STRING with up to 24 named bits. Unused bits are zero; trailing zero bits should not be encoded. */
export const namedBits = (element: Element, what: string): NamedBits => {
  checkBits(element, what)
  const { bytes, content, end } = element
  const [first, unused] = [content + 1, bytes[content] ?? 0]
  if (end - first > 3) throw new Malformed(`${what} has more bits than are defined`)
  let bits = 0
  for (let at = first; at < end; at++) {
    const octet = bytes[at] ?? 0
    for (let bit = 0; bit < 8; bit++) {
      if ((octet & (0x80 >> bit)) !== 0) bits |= 1 << ((at - first) * 8 + bit)
    }
  }
  return { bits, minimal: end === first || ((bytes[end - 1] ?? 0) & (1 << unused)) !== 0 }
}

/** The same, where nothing but DER will do. */
export const readNamedBits = (element: Element, what: string): number => {
  const { bits, minimal } = namedBits(element, what)
  if (!minimal) throw new Malformed(`${what} has trailing zero bits, which DER does not allow`)
  return bits
}
