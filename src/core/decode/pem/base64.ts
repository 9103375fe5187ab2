import type { Decoded } from '../der/der.ts'

const whitespace = /[ \t\r\n\v\f]+/g
const beyondAlphabet = /[^A-Za-z0-9+/]/

/**
 * Decodes base64 (RFC 4648 §4) with whitespace anywhere, as the lax syntax of RFC 7468 §3 has it.
 *
 * Padding may be left out, since nothing is ambiguous without it, but not be wrong. Bits beyond the last octet must be
 * zero (RFC 4648 §3.5 allows to refuse others): they are a sign of damage. Linear in the text.
 */
export const decodeBase64 = (text: string): Decoded<Uint8Array> =>
  canonical(text) ?? decodeAny(text.replace(whitespace, ''))

/**
 * What is written as RFC 4648 has it, in lines: the usual case, told without looking at each character. Of ASCII the decoder of Node.js
 * passes over what is not base64, so fewer octets come out than as many characters make; all but two, which it takes for those of
 * the alphabet for URLs (§5). Characters beyond ASCII it takes for others. Where there is padding, the last four characters have to come out of their octets again.
 */
const canonical = (text: string): Decoded<Uint8Array> | undefined => {
  if (Buffer.byteLength(text) !== text.length) return undefined
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === lineFeed) end -= 1
  const characters = end - lineFeedsBefore(text, end)
  if (characters === 0 || characters % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined
  const padding = text.charCodeAt(end - 1) !== equals ? 0 : text.charCodeAt(end - 2) === equals ? 2 : 1
  const octets = Buffer.from(text, 'base64')
  if (octets.length !== (characters / 4) * 3 - padding) return undefined
  if (padding > 0 && octets.toString('base64', octets.length - 3 + padding) !== text.slice(end - 4, end))
    return undefined
  return { ok: true, value: octets }
}

const [lineFeed, equals] = [0x0a, 0x3d]

const lineFeedsBefore = (text: string, end: number): number => {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

const decodeAny = (compact: string): Decoded<Uint8Array> => {
  const other = beyondAlphabet.exec(compact)?.index ?? compact.length
  const padding = compact.length - other
  if (compact.length === 0) return { ok: false, reason: 'it is empty' }
  if (padding > 2 || compact.slice(other) !== '=='.slice(0, padding)) return { ok: false, reason: reasonOf(compact) }
  const excess = other % 4
  if (excess === 1) return { ok: false, reason: 'its base64 is cut short' }
  if (padding > 0 && (other + padding) % 4 !== 0) return { ok: false, reason: 'its base64 has wrong padding' }
  if (excess > 0 && (sextetOf(compact.charCodeAt(other - 1)) & (excess === 2 ? 0x0f : 0x03)) !== 0) {
    return { ok: false, reason: 'its base64 has bits beyond its last octet' }
  }
  return { ok: true, value: Buffer.from(compact, 'base64') }
}

const beyondPaddedAlphabet = /[^A-Za-z0-9+/=]/

const reasonOf = (compact: string): string =>
  beyondPaddedAlphabet.test(compact)
    ? 'it has a character that is not of base64'
    : 'its base64 has padding before its end'

/** RFC 4648 table 1 */
const sextetOf = (character: number): number => {
  if (character === 0x2b) return 62
  if (character === 0x2f) return 63
  if (character <= 0x39) return character - 0x30 + 52
  return character <= 0x5a ? character - 0x41 : character - 0x61 + 26
}
