import { row } from '../code-row.ts'
import { purposesText } from '../options.ts'

/** What the trust store says of an anchor beside the anchor's own certificate, and a path does not keep to. */
export const trustCodes = {
  distrusted: row<{
    /** The anchor's subject. */
    anchor: string
    constraint: 'distrustAfter' | 'rejectedPurposes'
    /** Of `distrustAfter`: the date, and from when the end entity is valid. */
    distrustAfter?: string
    notBefore?: string
    /** Of `rejectedPurposes`: the OIDs asked for that are rejected, or 2.5.29.37.0 where all are; 16 at most. */
    purposes?: readonly string[]
  }>({
    distance: 20,
    reference: 'RFC 5280 §6.2',
    title: 'The trust store distrusts the trust anchor for this certificate',
    message: ({ anchor, distrustAfter, notBefore, purposes = [] }) =>
      distrustAfter === undefined
        ? `The trust store rejects ${anchor} for ${purposesText(purposes)}.`
        : `The trust store does not trust ${anchor} for certificates that are valid from after ${distrustAfter}; this one is from ${notBefore}.`,
    remedy:
      'Get the certificate from another CA. Whoever keeps the trust store can lift what it says of this anchor, if it was a mistake.',
    openssl: [28]
  }),
  'anchor-constraint-violated': row<{
    /** The anchor's subject. */
    anchor: string
    constraint: 'purposes'
    /** The OIDs asked for that the anchor is not trusted for, none where no purpose was asked for; 16 at most. */
    purposes: readonly string[]
    /** The OIDs that it is trusted for; 16 at most. */
    allowed: readonly string[]
  }>({
    distance: 5,
    reference: 'RFC 5280 §6.2, RFC 5937',
    title: 'The trust store does not trust the trust anchor for what is asked',
    message: ({ anchor, purposes, allowed }) =>
      `The trust store trusts ${anchor} for ${allowed.length === 0 ? 'no purpose' : `${purposesText(allowed)} alone`}${
        purposes.length === 0 ? '' : `, and ${purposesText(purposes)} is asked for`
      }.`,
    remedy:
      'Use a certificate of a CA that is trusted for the purpose. Whoever keeps the trust store can trust this anchor for more.',
    openssl: [27]
  })
}
