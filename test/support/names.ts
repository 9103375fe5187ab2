import { readName } from '#dist/core/decode/name/name.js'
import type { GeneralName, Name } from '#dist/core/model/name.js'
import { oid, sequence, tlv } from './der-writer.ts'

/** Names as DER and as data, right or wrong. */

export const attributeTypes = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  DC: '0.9.2342.19200300.100.1.25',
  emailAddress: '1.2.840.113549.1.9.1'
} as const

/** One AttributeTypeAndValue; the value as octets or as UTF-8 of a text. */
export const attribute = (type: string, value: string | Uint8Array, tag = 0x0c): Uint8Array =>
  sequence(oid(type), tlv(tag, typeof value === 'string' ? Buffer.from(value, 'utf8') : value))

export const rdn = (...attributes: readonly Uint8Array[]): Uint8Array => tlv(0x31, ...attributes)

/** A Name of such RDNs. */
export const nameDer = (...rdns: readonly Uint8Array[]): Uint8Array => sequence(...rdns)

/** A name with one attribute in each RDN: `name(['CN', 'x'], ['O', 'y'])`. */
export const name = (...attributes: readonly (readonly [keyof typeof attributeTypes, string])[]): Name =>
  readName(nameDer(...attributes.map(([type, value]) => rdn(attribute(attributeTypes[type], value)))))

export const dns = (value: string): GeneralName => ({ type: 'dns', value })
export const email = (value: string): GeneralName => ({ type: 'email', value })
export const uri = (value: string): GeneralName => ({ type: 'uri', value })
export const ip = (...octets: readonly number[]): GeneralName => ({ type: 'ip', value: Uint8Array.from(octets) })
export const directory = (value: Name): GeneralName => ({ type: 'directory', value })
export const other = (type: string, value: Uint8Array = tlv(0x0c)): GeneralName => ({ type: 'other', oid: type, value })

/** RFC 9598 §3 */
export const smtpUtf8Mailbox = (text: string): GeneralName =>
  other('1.3.6.1.5.5.7.8.9', tlv(0x0c, Buffer.from(text, 'utf8')))
