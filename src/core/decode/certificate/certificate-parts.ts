import {
  attempt,
  contentOf,
  context,
  contextConstructed,
  type Decoded,
  DerReader,
  derOf,
  type Element,
  tags,
  within
} from '../der/der.ts'

/** Where the fields of a certificate lie in its DER: all that has to be split before anything can be said about it. */
export interface CertificateParts {
  readonly tbs: Uint8Array
  readonly version: Element | undefined
  readonly serialNumber: Element
  readonly innerAlgorithm: Element
  readonly issuer: Element
  readonly validity: Element
  readonly subject: Element
  readonly spki: Element
  /** issuerUniqueID and subjectUniqueID, as far as they are there. */
  readonly uniqueIdentifiers: readonly Element[]
  /** What the explicit tag [3] holds. */
  readonly extensions: Element | undefined
  readonly outerAlgorithm: Element
  readonly signature: Element
}

/** RFC 5280 §4.1: Certificate and TBSCertificate, one level deep. A failure means that the certificate is unreadable. */
export const splitCertificate = (der: Uint8Array): Decoded<CertificateParts> =>
  attempt(() => {
    const outer = new DerReader(der, 'Certificate')
    const certificate = within(outer.expect(tags.sequence, 'SEQUENCE'), 'Certificate')
    outer.finish()
    const tbs = certificate.expect(tags.sequence, 'tbsCertificate')
    const outerAlgorithm = certificate.expect(tags.sequence, 'signatureAlgorithm')
    const signature = certificate.expect(tags.bitString, 'signatureValue')
    certificate.finish()

    const fields = within(tbs, 'TBSCertificate')
    const version = fields.optional(contextConstructed(0))
    const serialNumber = fields.expect(tags.integer, 'serialNumber')
    const innerAlgorithm = fields.expect(tags.sequence, 'signature')
    const issuer = fields.expect(tags.sequence, 'issuer')
    const validity = fields.expect(tags.sequence, 'validity')
    const subject = fields.expect(tags.sequence, 'subject')
    const spki = fields.expect(tags.sequence, 'subjectPublicKeyInfo')
    const uniqueIdentifiers = [fields.optional(context(1)), fields.optional(context(2))].filter(
      (id) => id !== undefined
    )
    const extensions = fields.optional(contextConstructed(3))
    fields.finish()
    return {
      tbs: derOf(tbs),
      version,
      serialNumber,
      innerAlgorithm,
      issuer,
      validity,
      subject,
      spki,
      uniqueIdentifiers,
      extensions,
      outerAlgorithm,
      signature
    }
  })

/** RFC 5280 §4.1.2.5 */
export const splitValidity = (validity: Element): readonly [Element, Element] => {
  const fields = within(validity, 'Validity')
  const notBefore = fields.element()
  const notAfter = fields.element()
  fields.finish()
  return [notBefore, notAfter]
}

/** RFC 5280 §4.1.2.1: the INTEGER within the explicit tag [0]. */
export const versionNumber = (wrapper: Element): Uint8Array => {
  const reader = within(wrapper, 'version')
  const integer = reader.expect(tags.integer, 'version')
  reader.finish()
  return contentOf(integer)
}
