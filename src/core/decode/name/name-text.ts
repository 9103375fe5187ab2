import type { Attribute } from '../../model/name.ts'
import { encode } from '../der/encode.ts'
import { hex } from '../der/primitives.ts'

/** The names of RFC 4514 §3, and emailAddress, which people expect by name. */
export const shortNames: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.6', 'C'],
  ['2.5.4.9', 'STREET'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['1.2.840.113549.1.9.1', 'emailAddress']
])

const oids = new Map([...shortNames].map(([oid, name]) => [name.toLowerCase(), oid]))

/** The OID of an attribute type by its short name, in any case. */
export const oidByShortName = (name: string): string | undefined => oids.get(name.toLowerCase())

/** A hundred times what names have: it stands in an answer once for each path that the name is on. */
const longest = 4096

/** RFC 4514 text of a name, its last relative distinguished name first; safe to show to people, and cut where nobody reads on. */
export const nameText = (rdns: readonly (readonly Attribute[])[]): string => {
  let text = ''
  for (let at = rdns.length - 1; at >= 0 && text.length <= longest; at--) {
    const rdn = (rdns[at] ?? []).map(attributeText).join('+')
    text += at === rdns.length - 1 ? rdn : `,${rdn}`
  }
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

const attributeText = ({ type, tag, value, text }: Attribute): string => {
  const name = shortNames.get(type)
  // RFC 4514 §2.4: the value's BER encoding in hexadecimal.
  return name === undefined || text === undefined
    ? `${name ?? type}=#${hex(encode(tag, value))}`
    : `${name}=${escaped(text)}`
}

/**
 * Characters that change how text around them is shown, or show nothing: control, bidirectional, zero-width,
 * separators and tags. RFC 4514 allows any character to be written as the octets of its UTF-8.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu

const octets = (character: string): string => hex(Buffer.from(character, 'utf8')).replaceAll(/../g, '\\$&')

/** ASCII without anything of what is escaped below: nearly every value there is. */
const nothingToEscape = /^[!$-*\--:=?-[\]-~](?:[ !#-*\--:=?-[\]-~]*[!#-*\--:=?-[\]-~])?$/

/** RFC 4514 §2.4: special characters anywhere, a number sign at the start, spaces at the start and the end. */
const escaped = (text: string): string =>
  nothingToEscape.test(text) ? text : text.replaceAll(/[\\",+;<>]|^[ #]| $/g, '\\$&').replaceAll(unsafe, octets)
