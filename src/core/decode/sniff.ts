import { attempt, contentOf, DerReader, type Element, tags, within } from './der.ts'
import { readOid } from './primitives.ts'

/** What octets that are no text look like, told by their outermost structure alone. */
export type Kind =
  | 'certificate'
  | 'crl'
  | 'cms'
  | 'private-key'
  | 'encrypted-private-key'
  | 'certificate request'
  | 'PKCS#12 file'
  | 'Java key store'
  | 'unknown'

/** The kind of an object that is no PEM. What is damaged is told by what is left of it, and else `unknown`. */
export const kindOf = (octets: Uint8Array): Kind => {
  const magic = Buffer.from(octets.buffer, octets.byteOffset, Math.min(octets.length, 4)).toString('hex')
  if (magic === 'feedfeed' || magic === 'cececece') return 'Java key store'
  if (octets[0] !== tags.sequence) return 'unknown'
  if (octets[1] === 0x80) return 'cms'
  const fields = attempt(() => firstFields(octets))
  return fields.ok ? kindOfFields(fields.value) : 'certificate'
}

/** Whether octets begin as DER or a key store does, and so are no text. */
export const isBinary = (octets: Uint8Array): boolean => octets[0] === tags.sequence && octets[1] !== undefined && octets[1] !== 0x0a && octets[1] !== 0x0d
  ? !isText(octets)
  : kindOf(octets) === 'Java key store'

/** The digit 0 is the octet of a SEQUENCE too: text has no control characters but those of lines. */
const isText = (octets: Uint8Array): boolean =>
  octets.subarray(0, 64).every((octet) => (octet >= 0x20 && octet < 0x7f) || octet === 9 || octet === 10 || octet === 13)

const firstFields = (octets: Uint8Array): readonly Element[] => {
  const reader = within(new DerReader(octets, 'the object').expect(tags.sequence, 'SEQUENCE'), 'the object')
  const fields: Element[] = []
  while (!reader.done && fields.length < 3) fields.push(reader.element())
  return fields
}

const kindOfFields = (fields: readonly Element[]): Kind => {
  const [first, second, third] = fields
  if (first?.tag === tags.oid) return 'cms'
  if (first?.tag === tags.integer) {
    const [version] = contentOf(first)
    return version === 3 && second?.tag === tags.sequence && isContentInfo(second) ? 'PKCS#12 file' : 'private-key'
  }
  if (first?.tag !== tags.sequence) return 'unknown'
  if (second?.tag === tags.octetString && third === undefined) return 'encrypted-private-key'
  return kindOfSigned(first)
}

const isContentInfo = (element: Element): boolean =>
  attempt(() => readOid(within(element, 'ContentInfo').expect(tags.oid, 'contentType'), 'contentType')).ok

/** Certificates, CRLs and certificate requests are all of a signed SEQUENCE, an algorithm and a signature. */
const kindOfSigned = (signed: Element): Kind => {
  const reader = within(signed, 'the signed part')
  const found: number[] = []
  attempt(() => {
    while (!reader.done && found.length < 4) found.push(reader.element().tag)
  })
  const isTime = (tag: number | undefined): boolean => tag === tags.utcTime || tag === tags.generalizedTime
  if (isTime(found[2]) || (found[0] === tags.integer && isTime(found[3]))) return 'crl'
  const isRequest = found[0] === tags.integer && found[1] === tags.sequence && found[2] === tags.sequence && found[3] === 0xa0
  return isRequest ? 'certificate request' : 'certificate'
}
