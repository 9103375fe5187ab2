import type { Attribute } from '../../model/name.ts'
import { tags } from '../der/der.ts'
import { hex, isAscii } from '../der/primitives.ts'

/**
 * Comparison of attribute values by RFC 5280 §7.1: the string preparation of RFC 4518, with case folding.
 *
 * Two values of text types are equal if their prepared strings are, whatever their types; values of other types are
 * equal octet for octet.
 */

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A string type's octets as text; undefined for other types and for octets that the type does not allow. */
export const decodeText = (tag: number, value: Uint8Array): string | undefined => {
  switch (tag) {
    case tags.utf8String:
      return decodeUtf8(value)
    case tags.printableString:
    case tags.ia5String:
    case tags.visibleString:
    // The ASCII part of T.61 is the same wherever the string is made; beyond it, implementations differ.
    case tags.teletexString:
      return isAscii(value) ? latin1(value) : undefined
    case tags.bmpString:
      return decodeBmp(value)
    case tags.universalString:
      return decodeUniversal(value)
    default:
      return undefined
  }
}

const latin1 = (value: Uint8Array): string =>
  Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1')

const decodeUtf8 = (value: Uint8Array): string | undefined => {
  if (isAscii(value)) return latin1(value)
  try {
    return utf8.decode(value)
  } catch {
    return undefined
  }
}

const decodeBmp = (value: Uint8Array): string | undefined => {
  if (value.length % 2 !== 0) return undefined
  const text = Buffer.from(value).swap16().toString('utf16le')
  // UCS-2 has no surrogates.
  return /[\ud800-\udfff]/.test(text) ? undefined : text
}

const decodeUniversal = (value: Uint8Array): string | undefined => {
  if (value.length % 4 !== 0) return undefined
  const view = new DataView(value.buffer, value.byteOffset, value.length)
  const parts: string[] = []
  for (let at = 0; at < value.length; at += 4) {
    const point = view.getUint32(at)
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined
    parts.push(String.fromCodePoint(point))
  }
  return parts.join('')
}

/** An expression for the characters of ranges of code points, first to last. */
const anyOf = (...ranges: readonly (readonly [first: number, last: number])[]): RegExp =>
  new RegExp(`[${ranges.map((range) => range.map((point) => `\\u{${point.toString(16)}}`).join('-')).join('')}]`, 'gu')

/** RFC 4518 §2.2: characters that map to nothing. */
const mappedToNothing = anyOf(
  [0x00, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x6dd, 0x6dd],
  [0x70f, 0x70f],
  [0x1806, 0x1806],
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2063],
  [0x206a, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffc],
  [0x1d173, 0x1d17a],
  [0xe0001, 0xe0001],
  [0xe0020, 0xe007f]
)

/** RFC 4518 §2.2: characters that map to a space. */
const mappedToSpace = anyOf(
  [0x09, 0x0d],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000]
)

/** RFC 4518 §2.4: unassigned, private use, surrogates, non-characters and the replacement character. */
const prohibited = /[\p{Cn}\p{Co}\p{Cs}\ufffd]/u

const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
const withoutDotlessI = /[^\u0131]+/g

/**
 * RFC 3454 table B.2, which is Unicode's full case folding: what letters of either case have in common. The language
 * has no folding of its own; going to upper case and back is that, but for the dotless i and the final sigma.
 */
const foldCase = (text: string): string =>
  text
    .replaceAll(withoutDotlessI, (run) => run.toLowerCase().toUpperCase().toLowerCase())
    .replaceAll('\u03c2', '\u03c3')

const withoutRuns = (text: string): string => (text.includes('  ') ? text.replaceAll(/ {2,}/g, ' ') : text)

/** RFC 5280 Appendix A.1, ub-name: no attribute that it has may be longer. */
const longest = 32_768

/**
 * More marks on one letter than UAX #15 §13 (Stream-Safe Text Format) lets stand: to put n of them into their order takes
 * n² steps, and languages have three or four. The two that are not of \p{M} are marks once they are normalised.
 */
const tooManyMarks = /[\p{M}\uff9e\uff9f]{31}/u

/**
 * The prepared string of a text; undefined where the text has prohibited characters. RFC 4518 has no bound for the length
 * of a text and of its runs of marks: here one beyond the bounds above has no prepared string either.
 */
export const prepare = (text: string): string | undefined => {
  if (text.length > longest) return undefined
  if (plain.test(text)) return withoutRuns(text.toLowerCase())
  const mapped = text.replaceAll(mappedToNothing, '').replaceAll(mappedToSpace, ' ')
  if (tooManyMarks.test(mapped)) return undefined
  const folded = foldCase(mapped.normalize('NFKC')).normalize('NFKC')
  if (prohibited.test(folded)) return undefined
  // RFC 4518 §2.6.1: insignificant spaces.
  return withoutRuns(folded).replaceAll(/^ | $/g, '')
}

const special = /[\\+,]/
const escaped = (text: string): string => (special.test(text) ? text.replaceAll(/[\\+,]/g, '\\$&') : text)

/** The key of one attribute: equal for equal attributes (octet for octet where there is no prepared string), and with `+` and `,` escaped so that keys can be joined. */
export const attributeKey = ({ type, tag, value, text }: Attribute): string => {
  const prepared = text === undefined ? undefined : prepare(text)
  return prepared === undefined ? `${type}#${tag.toString(16)}:${hex(value)}` : `${type}=${escaped(prepared)}`
}
