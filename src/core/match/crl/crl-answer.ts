import { crlExtensionOids, type RevokedEntry } from '../../model/crl.ts'
import type { CheckContext } from '../../model/path.ts'
import type { Evidence, RejectedEvidence, RevokedStatus, Staleness } from '../../model/revocation.ts'
import { currentUntil, stale } from './crl-freshness.ts'
import type { List } from './crl-list.ts'
import { goesWith } from './delta-crl.ts'

/** A CRL, with its delta CRL, that does not list the certificate; the reasons of revocation that it covers, and until when. */
export interface Voucher {
  readonly evidence: readonly Evidence[]
  readonly reasons: number
  readonly until: number
}

/**
 * What a CRL says: that the certificate is revoked, the reasons for which it is not, or why it says nothing. `series` are the
 * delta CRLs of its series.
 */
export const ask = (
  list: List,
  series: readonly List[],
  context: CheckContext
): RevokedStatus | Voucher | RejectedEvidence =>
  list.crl.isDelta ? askDelta(list, series, context) : askComplete(list, series, context)

/** §6.3.3 (i) to (k): a current delta CRL goes before the complete one. */
const askComplete = (
  list: List,
  series: readonly List[],
  context: CheckContext
): RevokedStatus | Voucher | RejectedEvidence => {
  const delta = series.find(({ crl, staleness }) => staleness === undefined && goesWith(crl, list.crl))
  const told = delta?.entry === undefined ? list : delta
  const used = delta === undefined ? [list] : [list, delta]
  // With a current delta CRL, the complete one may be out of date: (a)(1)(i).
  const staleness = delta === undefined ? list.staleness : undefined
  if (told.entry !== undefined && decides(told.entry, staleness)) return revokedBy(told.entry, used, context)
  const incomplete = used.map(whyIncomplete).find((why) => why !== undefined)
  if (incomplete !== undefined) return incomplete
  if (staleness !== undefined) return stale(list.source, staleness)
  return { evidence: used.map(evidenceOf), reasons: list.reasons, until: untilOf(used, context) }
}

/** A delta CRL alone can revoke, and cannot vouch: §5.2.4. A hold has ended where a newer one of its series says so. */
const askDelta = (list: List, series: readonly List[], context: CheckContext): RevokedStatus | RejectedEvidence => {
  const { crl, source, entry, staleness } = list
  if (entry !== undefined && decides(entry, staleness)) {
    const newer = series.find((each) => each.entry !== undefined && each.staleness === undefined)
    if (entry.reason !== 'certificateHold' || newer?.entry?.reason !== 'removeFromCRL') {
      return revokedBy(entry, [list], context)
    }
  }
  if (staleness !== undefined) return stale(source, staleness)
  const numbered = crl.baseNumber === undefined ? '' : `, number ${crl.baseNumber} or later`
  const problem = `is a delta CRL without the complete CRL that it changes (of the same issuer, scope and key${numbered})`
  return { type: 'crl', source, kind: 'scope', problem, reference: 'RFC 5280 §5.2.4' }
}

/** A hold may have ended since a CRL went out of date; any other revocation is for good. */
const decides = ({ reason }: RevokedEntry, staleness: Staleness | undefined): boolean =>
  reason !== 'removeFromCRL' && (staleness === undefined || reason !== 'certificateHold')

const revokedBy = (
  { reason = 'unspecified', revokedAt, invalidityDate }: RevokedEntry,
  used: readonly List[],
  context: CheckContext
): RevokedStatus => ({
  status: 'revoked',
  evidence: used.map(evidenceOf),
  reason,
  revokedAt,
  invalidityDate,
  until: reason === 'certificateHold' ? untilOf(used, context) : undefined
})

/** The last second at which all that was used is current: of a complete CRL and its delta, the delta. */
const untilOf = (used: readonly List[], { options }: CheckContext): number => {
  const newest = used.at(-1)?.crl
  const current = newest === undefined ? Number.POSITIVE_INFINITY : currentUntil(newest, options)
  return used.reduce((until, { signedUntil }) => Math.min(until, signedUntil), current)
}

const evidenceOf = ({ crl: { thisUpdate, nextUpdate }, source }: List): Evidence => ({
  type: 'crl',
  source,
  thisUpdate,
  nextUpdate
})

/**
 * What RFC 5280 asks of CRLs, and without which none vouches for a certificate here. A CRL without any extensions, as
 * those of version 1 and the plain ones that some tools make, is let off the number, which serves to tell which delta CRLs
 * go with it; one that has extensions and leaves out the number is not.
 */
const whyIncomplete = ({ crl, source }: List): RejectedEvidence | undefined => {
  const lacks = (problem: string, reference: string): RejectedEvidence => ({
    type: 'crl',
    source,
    kind: 'invalid',
    problem,
    reference
  })
  const number = crl.extension(crlExtensionOids.cRLNumber)
  if (number === undefined && crl.extensions.length > 0) {
    return lacks('has extensions, but no CRL number among them', 'RFC 5280 §5.2.3')
  }
  if (number?.critical) return lacks('has a critical CRL number', 'RFC 5280 §5.2.3')
  if (crl.nextUpdate === undefined) {
    return lacks('does not say until when it is current (nextUpdate)', 'RFC 5280 §5.1.2.5')
  }
  return undefined
}
