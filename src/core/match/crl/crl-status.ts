import type { Certificate } from '../../model/certificate.ts'
import { allReasonFlags, type Crl, type CrlCandidate, crlExtensionOids, type RevokedEntry } from '../../model/crl.ts'
import type { ValidationOptions } from '../../model/options.ts'
import type { CheckContext } from '../../model/path.ts'
import type { Evidence, GoodStatus, RejectedEvidence, RevocationStatus, Staleness } from '../../model/revocation.ts'
import { staleProblems } from '../status/stale-problems.ts'
import { type CrlSigner, rejectCrl } from './crl-authenticity.ts'
import { scopeOf } from './distribution-point.ts'

type Answer = RejectedEvidence | { readonly entry: RevokedEntry } | { readonly reasons: number }

/**
 * What CRLs of a certificate's own issuer say of it: RFC 5280 §6.3.3 for complete CRLs.
 *
 * A CRL that is authentic and of the certificate's scope and lists it decides, also where it could not vouch for the
 * certificate: where it is out of date, a delta CRL, without a number, or for some reasons only. To be good the
 * certificate must be on none, and those that could vouch for it must cover all reasons together.
 *
 * `candidates` all have the certificate's issuer as theirs. Throws `LimitReached`.
 */
export const crlStatus = (
  certificate: Certificate,
  signers: readonly CrlSigner[],
  candidates: readonly CrlCandidate[],
  context: CheckContext
): RevocationStatus => {
  const rejected: RejectedEvidence[] = []
  const vouching: Voucher[] = []
  for (const candidate of candidates) {
    const answer = rejectCrl(candidate, signers, context) ?? askCrl(candidate, certificate, context.options)
    if ('entry' in answer) {
      const { reason = 'unspecified', revokedAt, invalidityDate } = answer.entry
      const last = reason === 'certificateHold' ? currentUntil(candidate.crl, context.options) : undefined
      return {
        status: 'revoked',
        evidence: [evidenceOf(candidate)],
        reason,
        revokedAt,
        invalidityDate,
        until: last
      }
    }
    if ('kind' in answer) {
      rejected.push(answer)
    } else {
      const until = currentUntil(candidate.crl, context.options)
      vouching.push({ evidence: evidenceOf(candidate), reasons: answer.reasons, until })
    }
  }
  return vouchedFor(vouching) ?? { status: 'unknown', rejected: [...rejected, ...vouching.map(partial)] }
}

/** A CRL that does not list the certificate, the reasons of revocation that it covers, and until when. */
interface Voucher {
  readonly evidence: Evidence
  readonly reasons: number
  readonly until: number
}

/** The status where CRLs together cover all reasons (§6.3.3 (d), (e), (l)), by those that do so for the longest time. */
const vouchedFor = (vouching: readonly Voucher[]): GoodStatus | undefined => {
  const evidence: Evidence[] = []
  let covered = 0
  for (const each of vouching.toSorted((one, other) => other.until - one.until)) {
    if ((each.reasons & ~covered) === 0) continue
    covered |= each.reasons
    evidence.push(each.evidence)
    if (covered === allReasonFlags) return { status: 'good', evidence, until: each.until }
  }
  return undefined
}

const partial = ({ evidence: { source } }: Voucher): RejectedEvidence => ({
  type: 'crl',
  source,
  kind: 'scope',
  problem: 'covers some reasons of revocation only'
})

const evidenceOf = ({ crl: { thisUpdate, nextUpdate }, source }: CrlCandidate): Evidence => ({
  type: 'crl',
  source,
  thisUpdate,
  nextUpdate
})

/** The last second at which a CRL is current, clock skew and the request's bound on its age included. */
const currentUntil = ({ thisUpdate, nextUpdate }: Crl, { clockSkew, revocation }: ValidationOptions): number => {
  const { maxAge = Number.POSITIVE_INFINITY } = revocation
  return Math.min(nextUpdate ?? Number.POSITIVE_INFINITY, (thisUpdate ?? 0) + maxAge) + clockSkew
}

/** What an authentic CRL says: the certificate's entry, the reasons for which it is not revoked, or why it says nothing. */
const askCrl = ({ crl, source }: CrlCandidate, certificate: Certificate, options: ValidationOptions): Answer => {
  const staleness = stalenessOf(crl, options)
  if (staleness?.why === 'not-yet-issued') return stale(source, staleness)
  const scope = scopeOf(crl, certificate)
  if ('outside' in scope)
    return { type: 'crl', source, kind: 'scope', problem: scope.outside, reference: 'RFC 5280 §6.3.3 (b)' }
  const entry = crl.find(certificate.serialNumber)
  if (entry !== undefined && decides(entry, staleness)) return { entry }
  if (crl.isDelta) {
    const problem = 'is a delta CRL, which tells changes alone'
    return { type: 'crl', source, kind: 'scope', problem, reference: 'RFC 5280 §5.2.4' }
  }
  const incomplete = whyIncomplete(crl)
  if (incomplete !== undefined) return { type: 'crl', source, kind: 'invalid', ...incomplete }
  return staleness === undefined ? scope : stale(source, staleness)
}

/** A hold may have ended since a CRL went out of date, and a delta CRL may say so; any other revocation is for good. */
const decides = ({ reason }: RevokedEntry, staleness: Staleness | undefined): boolean =>
  reason !== 'removeFromCRL' && (staleness === undefined || reason !== 'certificateHold')

/**
 * What RFC 5280 asks of CRLs, and without which none vouches for a certificate here. A CRL without any extensions, as
 * those of version 1 and the plain ones that some tools make, is let off the number, which serves to tell which delta CRLs
 * go with it; one that has extensions and leaves out the number is not.
 */
const whyIncomplete = (crl: Crl): { readonly problem: string; readonly reference: string } | undefined => {
  const number = crl.extension(crlExtensionOids.cRLNumber)
  if (number === undefined && crl.extensions.length > 0) {
    return { problem: 'has extensions, but no CRL number among them', reference: 'RFC 5280 §5.2.3' }
  }
  if (number?.critical) return { problem: 'has a critical CRL number', reference: 'RFC 5280 §5.2.3' }
  if (crl.nextUpdate === undefined) {
    return { problem: 'does not say until when it is current (nextUpdate)', reference: 'RFC 5280 §5.1.2.5' }
  }
  return undefined
}

/** RFC 5280 §6.3.3 (a), with the request's clock skew in the CRL's favour and its bound on the age. */
const stalenessOf = (crl: Crl, { time, clockSkew, revocation }: ValidationOptions): Staleness | undefined => {
  const { thisUpdate, nextUpdate } = crl
  if (thisUpdate === undefined) return undefined
  const as = (why: Staleness['why']): Staleness => ({ why, thisUpdate, nextUpdate })
  if (thisUpdate > time + clockSkew) return as('not-yet-issued')
  if (nextUpdate !== undefined && nextUpdate < time - clockSkew) return as('next-update-passed')
  const { maxAge } = revocation
  return maxAge !== undefined && time - clockSkew - thisUpdate > maxAge ? as('older-than-max-age') : undefined
}

const stale = (source: string, staleness: Staleness): RejectedEvidence => ({
  type: 'crl',
  source,
  kind: 'stale',
  problem: staleProblems[staleness.why],
  staleness
})
