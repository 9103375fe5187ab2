import type { AuthorityKeyIdentifier, BasicConstraints } from '../../model/certificate.ts'
import { contentOf, context, contextConstructed, DerReader, Malformed, single, tags } from '../der/der.ts'
import { hex, type NamedBits, namedBits, readBoolean, readCount, readInteger, readOid } from '../der/primitives.ts'
import { readGeneralNames } from '../name/general-name.ts'
import { sequenceIn } from './extensions.ts'

/** Values of the extensions that path validation reads, except policies and name constraints. Each throws `Malformed`. */

/** RFC 5280 §4.2.1.9. `cA` FALSE may be encoded, as many CAs do: the caller is told by `encodesDefault`. */
export const readBasicConstraints = (value: Uint8Array): BasicConstraints & { readonly encodesDefault: boolean } => {
  const fields = sequenceIn(new DerReader(value, 'basicConstraints'), 'BasicConstraints')
  const flag = fields.optional(tags.boolean)
  const ca = flag !== undefined && readBoolean(flag, 'cA')
  const length = fields.optional(tags.integer)
  const pathLength = length === undefined ? undefined : readCount(length, 'pathLenConstraint')
  fields.finish()
  return { ca, pathLength, encodesDefault: flag !== undefined && !ca }
}

/** RFC 5280 §4.2.1.3: at least one bit is set. Roots in everybody's stores have trailing zero bits: the caller is told. */
export const readKeyUsage = (value: Uint8Array): NamedBits => {
  const read = namedBits(single(value, tags.bitString, 'KeyUsage'), 'KeyUsage')
  if (read.bits === 0) throw new Malformed('KeyUsage asserts nothing')
  return read
}

/** RFC 5280 §4.2.1.12: `SEQUENCE SIZE (1..MAX) OF KeyPurposeId`. */
export const readExtendedKeyUsage = (value: Uint8Array): readonly string[] => {
  const list = sequenceIn(new DerReader(value, 'extKeyUsage'), 'ExtKeyUsageSyntax')
  if (list.done) throw new Malformed('ExtKeyUsageSyntax lists no purpose')
  const purposes: string[] = []
  while (!list.done) purposes.push(readOid(list.expect(tags.oid, 'KeyPurposeId'), 'KeyPurposeId'))
  return purposes
}

/** RFC 5280 §4.2.1.2, in lower-case hex. */
export const readSubjectKeyIdentifier = (value: Uint8Array): string =>
  hex(contentOf(single(value, tags.octetString, 'SubjectKeyIdentifier')))

/** RFC 5280 §4.2.1.1 */
export const readAuthorityKeyIdentifier = (value: Uint8Array): AuthorityKeyIdentifier => {
  const fields = sequenceIn(new DerReader(value, 'authorityKeyIdentifier'), 'AuthorityKeyIdentifier')
  const key = fields.optional(context(0))
  const names = fields.optional(contextConstructed(1))
  const serial = fields.optional(context(2))
  fields.finish()
  return {
    keyIdentifier: key && hex(contentOf(key)),
    issuer: names && readGeneralNames(contentOf(names), 'authorityCertIssuer'),
    serialNumber: serial && hex(readInteger(serial, 'authorityCertSerialNumber'))
  }
}
