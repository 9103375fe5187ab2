import type { Attribute } from '../model/name.ts'
import { tags } from './der.ts'
import { hex } from './primitives.ts'

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
      return value.every((octet) => octet < 0x80) ? latin1(value) : undefined
    case tags.bmpString:
      return decodeBmp(value)
    case tags.universalString:
      return decodeUniversal(value)
    default:
      return undefined
  }
}

const latin1 = (value: Uint8Array): string => Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1')

const decodeUtf8 = (value: Uint8Array): string | undefined => {
  if (value.every((octet) => octet < 0x80)) return latin1(value)
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

/** RFC 4518 §2.2: characters that map to nothing, and those that map to a space. */
const mappedToNothing =
  /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u06dd\u070f\u1806\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2063\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/gu
const mappedToSpace = /[\x09-\x0d\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g
/** RFC 4518 §2.4: unassigned, private use, surrogates, non-characters and the replacement character. */
const prohibited = /[\p{Cn}\p{Co}\p{Cs}\ufffd]/u

const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
const dotlessI = /([^\u0131]+)/g

/**
 * RFC 3454 table B.2, which is Unicode's full case folding: what letters of either case have in common. The language
 * has no folding of its own; lower case of upper case is that, but for the dotless i and the final sigma.
 */
const foldCase = (text: string): string =>
  text.replaceAll(dotlessI, (run) => run.toUpperCase().toLowerCase()).replaceAll('\u03c2', '\u03c3')

/** The prepared string of a text; undefined where the text has prohibited characters. */
export const prepare = (text: string): string | undefined => {
  if (plain.test(text)) return text.toLowerCase().replaceAll(/ {2,}/g, ' ')
  const mapped = text.replaceAll(mappedToNothing, '').replaceAll(mappedToSpace, ' ')
  const folded = foldCase(mapped.normalize('NFKC')).normalize('NFKC')
  if (prohibited.test(folded)) return undefined
  // RFC 4518 §2.6.1: insignificant spaces.
  return folded.replaceAll(/ {2,}/g, ' ').replaceAll(/^ | $/g, '')
}

const escaped = (text: string): string => text.replaceAll(/[\\+,]/g, '\\$&')

/** The key of one attribute: equal for equal attributes, and with `+` and `,` escaped so that keys can be joined. */
export const attributeKey = ({ type, tag, value, text }: Attribute): string => {
  const prepared = text === undefined ? undefined : prepare(text)
  return prepared === undefined ? `${type}#${tag.toString(16)}:${hex(value)}` : `${type}=${escaped(prepared)}`
}
