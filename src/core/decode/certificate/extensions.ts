import type { Extension } from '../../model/certificate.ts'
import { contentOf, type DerReader, Malformed, tags, within } from '../der/der.ts'
import { readBoolean, readOid } from '../der/primitives.ts'

/** What a list of extensions holds, and where it leaves out of DER what is harmless. */
export interface ExtensionList {
  readonly extensions: readonly Extension[]
  /** OIDs of extensions that encode `critical` FALSE, its default value. */
  readonly encodedDefaults: readonly string[]
}

/** Hundreds of times what certificates and CRLs have. */
const mostExtensions = 10_000

/**
 * RFC 5280 §4.1: `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension`, the reader standing before the SEQUENCE.
 * Duplicates are kept, for whoever asks to report them. MAX is 10,000 here: seven octets make one, and a list of a million
 * would cost a hundred times its size.
 */
export const readExtensions = (reader: DerReader): ExtensionList => {
  const list = reader.sequence('list of extensions')
  reader.finish()
  if (list.done) throw new Malformed('the list of extensions is empty')
  const extensions: Extension[] = []
  const encodedDefaults: string[] = []
  while (!list.done) {
    if (extensions.length === mostExtensions) throw new Malformed(`there are more than ${mostExtensions} extensions`)
    const fields = list.sequence('extension')
    const oid = readOid(fields.expect(tags.oid, 'extnID'), 'extnID')
    const encoded = fields.optional(tags.boolean)
    const critical = encoded !== undefined && readBoolean(encoded, 'critical')
    if (encoded !== undefined && !critical) encodedDefaults.push(oid)
    const value = contentOf(fields.expect(tags.octetString, 'extnValue'))
    fields.finish()
    extensions.push({ oid, critical, value })
  }
  return { extensions, encodedDefaults }
}

/** The reader of an extension's value that is a SEQUENCE, with nothing after it. */
export const sequenceIn = (reader: DerReader, what: string): DerReader => {
  const element = reader.expect(tags.sequence, what)
  reader.finish()
  return within(element, what)
}
