import { domainToASCII } from 'node:url'
import type { Decoded } from '../../decode/der/der.ts'
import { endsInNumber, isDnsName } from '../../decode/name/name-syntax.ts'
import { isSoundLabel } from './punycode.ts'

const refuse = (reason: string): Decoded<never> => ({ ok: false, reason })

/** ASCII that is no part of a host name; letters of other scripts are for IDNA to judge. */
const foreign = /(?![\w.-])\p{ASCII}/u
const beyondAscii = /\P{ASCII}/u

/**
 * A DNS name as people or programs write it, in lower case with its U-labels converted (RFC 9525 §6.1.2, UTS #46),
 * without a trailing dot in any case; the reason is a clause without a subject. Nothing else about it is mended: what
 * looks like an address in a form of its own is refused.
 */
export const normaliseHostName = (text: string): Decoded<string> => {
  if (text === '') return refuse('is empty')
  if (text.length > 1024) return refuse('is longer than 253 characters')
  if (foreign.test(text)) return refuse('has characters that are not of a host name')
  const name = beyondAscii.test(text) ? domainToASCII(text) : text.toLowerCase()
  if (name === '') return refuse('has labels that are not of an internationalised domain name')
  // The conversion takes numbers for addresses, as `１２７.1` for 127.0.0.1: what was no address must not become one.
  if (endsInNumber(name)) return refuse('ends in a number as IP addresses do, and is not an IP address')
  if (name.length > 253) return refuse('is longer than 253 characters')
  if (!isDnsName(name)) return refuse('has a label that is empty, longer than 63 characters, or not of a host name')
  if (!name.split('.').every(isSoundLabel)) return refuse('has an A-label (xn--…) that does not decode')
  return { ok: true, value: name }
}
