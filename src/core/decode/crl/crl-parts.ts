import { attempt, contextConstructed, type Decoded, DerReader, derOf, type Element, tags, within } from '../der/der.ts'

/** Where the fields of a CRL lie in its DER: all that has to be split before anything can be said about it. */
export interface CrlParts {
  readonly tbs: Uint8Array
  readonly version: Element | undefined
  readonly innerAlgorithm: Element
  readonly issuer: Element
  readonly thisUpdate: Element
  readonly nextUpdate: Element | undefined
  readonly revokedCertificates: Element | undefined
  /** What the explicit tag [0] holds. */
  readonly extensions: Element | undefined
  readonly outerAlgorithm: Element
  readonly signature: Element
}

/** RFC 5280 §5.1: CertificateList and TBSCertList, one level deep. A failure means that the CRL is unreadable. */
export const splitCrl = (der: Uint8Array): Decoded<CrlParts> =>
  attempt(() => {
    const outer = new DerReader(der, 'CertificateList')
    const list = within(outer.expect(tags.sequence, 'SEQUENCE'), 'CertificateList')
    outer.finish()
    const tbs = list.expect(tags.sequence, 'tbsCertList')
    const outerAlgorithm = list.expect(tags.sequence, 'signatureAlgorithm')
    const signature = list.expect(tags.bitString, 'signatureValue')
    list.finish()

    const fields = within(tbs, 'TBSCertList')
    const version = fields.optional(tags.integer)
    const innerAlgorithm = fields.expect(tags.sequence, 'signature')
    const issuer = fields.expect(tags.sequence, 'issuer')
    const thisUpdate = isTime(fields.nextTag) ? fields.element() : fields.expect(tags.utcTime, 'thisUpdate')
    const nextUpdate = isTime(fields.nextTag) ? fields.element() : undefined
    const revokedCertificates = fields.optional(tags.sequence)
    const extensions = fields.optional(contextConstructed(0))
    fields.finish()
    return {
      tbs: derOf(tbs),
      version,
      innerAlgorithm,
      issuer,
      thisUpdate,
      nextUpdate,
      revokedCertificates,
      extensions,
      outerAlgorithm,
      signature
    }
  })

const isTime = (tag: number): boolean => tag === tags.utcTime || tag === tags.generalizedTime
