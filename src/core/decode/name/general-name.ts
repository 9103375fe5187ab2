import type { GeneralName } from '../../model/name.ts'
import { contentOf, context, contextConstructed, DerReader, type Element, Malformed, tags, within } from '../der/der.ts'
import { isAscii, readOid } from '../der/primitives.ts'
import { readName } from './name.ts'

/** Whether a GeneralName names something or constrains names: RFC 5280 §4.2.1.6 or §4.2.1.10. */
export type GeneralNameUse = 'name' | 'constraint'

/** `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`, given the contents of the SEQUENCE. Throws `Malformed`. */
export const readGeneralNames = (contents: Uint8Array, what: string): readonly GeneralName[] => {
  const reader = new DerReader(contents, what)
  if (reader.done) throw new Malformed(`${what} is empty`)
  const names: GeneralName[] = []
  while (!reader.done) names.push(readGeneralName(reader.element(), what, 'name'))
  return names
}

/** Reads one GeneralName from its element. Throws `Malformed`. */
export const readGeneralName = (element: Element, what: string, use: GeneralNameUse): GeneralName => {
  const value = contentOf(element)
  switch (element.tag) {
    case contextConstructed(0):
      return readOtherName(element, what)
    case context(1):
      return { type: 'email', value: ia5(value, `${what}: an rfc822Name`) }
    case context(2):
      return { type: 'dns', value: ia5(value, `${what}: a dNSName`) }
    case contextConstructed(3):
      return { type: 'x400', value }
    case contextConstructed(4):
      return readDirectoryName(value, what)
    case contextConstructed(5):
      return { type: 'ediParty', value }
    case context(6):
      return { type: 'uri', value: ia5(value, `${what}: a uniformResourceIdentifier`) }
    case context(7):
      return { type: 'ip', value: addressOf(value, what, use) }
    case context(8):
      return { type: 'registeredId', value: readOid(element, `${what}: a registeredID`) }
    default:
      if ((element.tag & 0xc0) === 0x80 && (element.tag & 0x1f) > 8) return { type: 'unknown', value }
      throw new Malformed(`${what} has a name of no known type`)
  }
}

/** IA5String without control characters, which some would take for its end. An empty one names nothing, and is an issuer's mistake. */
const ia5 = (value: Uint8Array, what: string): string => {
  if (!isAscii(value, 0x20) || value.includes(0x7f))
    throw new Malformed(`${what} has octets that are not printable ASCII`)
  return Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1')
}

const readOtherName = (element: Element, what: string): GeneralName => {
  const fields = within(element, `${what}: an otherName`)
  const oid = readOid(fields.expect(tags.oid, 'type-id'), `${what}: an otherName`)
  const wrapper = fields.expect(contextConstructed(0), 'value')
  fields.finish()
  return { type: 'other', oid, value: contentOf(wrapper) }
}

const readDirectoryName = (value: Uint8Array, what: string): GeneralName => {
  const name = readName(value)
  if (name.malformed !== undefined) throw new Malformed(`${what}: a directoryName: ${name.malformed}`)
  return { type: 'directory', value: name }
}

/** RFC 5280 §4.2.1.6 and §4.2.1.10: an address of 4 or 16 octets; in a constraint with a mask of as many. */
const addressOf = (value: Uint8Array, what: string, use: GeneralNameUse): Uint8Array => {
  const size = use === 'name' ? value.length : value.length / 2
  if (size !== 4 && size !== 16) throw new Malformed(`${what}: an iPAddress has ${value.length} octets`)
  return value
}
