import { labelOf, octetsOf } from './pem.ts'

/** Whole blocks of PEM, with the line ends after them. What a block holds has no hyphen, but for headers of old keys. */
const blocks = /-----BEGIN ([^\n\r-]{1,64})-----[^-]*-----END \1-----[\r\n]*/g

/** Base64 long enough to be of a key, in lines or in one. */
const run = /(?:[A-Za-z0-9+/=]+\s*){1,}/g
const leastOfAKey = 40

/**
 * Text without the private keys in it: those go to the one place that compares them, and are written nowhere. Where anything outside of
 * whole blocks may be one, as behind a marker that lost a hyphen, the blocks alone are left that are of no key.
 */
export const withoutPrivateKeys = (text: string): string => {
  const kept: string[] = []
  const outside: string[] = []
  let at = 0
  for (const { index, 0: block, 1: label = '' } of text.matchAll(blocks)) {
    outside.push(text.slice(at, index))
    at = index + block.length
    if (!isOfAKey(label)) kept.push(block)
    else outside.push(label)
  }
  outside.push(text.slice(at))
  return outside.some(mayHoldAKey) ? kept.join('') : text
}

const isOfAKey = (words: string): boolean => /private\s*key/i.test(words)

const mayHoldAKey = (text: string): boolean =>
  isOfAKey(text) ||
  (text.match(run) ?? []).some((base64) => {
    const compact = base64.replaceAll(/\s+/g, '')
    if (compact.length < leastOfAKey) return false
    const octets = octetsOf(compact.slice(0, leastOfAKey))
    return octets === undefined || octets[0] !== 0x30 || labelOf(octets) === 'PRIVATE KEY'
  })
