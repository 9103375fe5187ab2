import { allReasonFlags, type CrlCandidate } from '../../model/crl.ts'
import type { CheckContext } from '../../model/path.ts'
import type { Evidence, GoodStatus, RejectedEvidence, RevocationStatus, RevokedStatus } from '../../model/revocation.ts'
import { combined } from '../status/combined-status.ts'
import { ask, type Voucher } from './crl-answer.ts'
import type { StatusQuestion } from './crl-authenticity.ts'
import { type List, screen } from './crl-list.ts'
import { newestFirst, seriesOf } from './delta-crl.ts'

/**
 * What CRLs say of a certificate: RFC 5280 §6.3.3, with complete, delta and indirect CRLs.
 *
 * A CRL that is authentic and of the certificate's scope and lists it decides, also where it could not vouch for the
 * certificate: where it is out of date, without a number, for some reasons only, or a delta CRL without its complete one. To be
 * good the certificate must be on none, and those that could vouch for it must cover all reasons together.
 *
 * `candidates` are those of the certificate's issuer and of the CRL issuers that it names. Throws `LimitReached`.
 */
export const crlStatus = (
  question: StatusQuestion,
  candidates: readonly CrlCandidate[],
  context: CheckContext
): RevocationStatus => {
  const rejected: RejectedEvidence[] = []
  const lists: List[] = []
  for (const candidate of candidates) {
    const list = screen(candidate, question, context)
    if ('problem' in list) rejected.push(list)
    else lists.push(list)
  }
  const deltas = seriesOfDeltas(lists)
  const answers = lists.map((list) => {
    const series = deltas.size === 0 ? [] : (deltas.get(seriesOf(list)) ?? [])
    context.budget.spend('buildingSteps', series.length)
    return ask(list, series, context)
  })
  const revoked = answers.filter((answer): answer is RevokedStatus => 'status' in answer)
  if (revoked.length > 0) return combined(revoked)
  const vouching = answers.filter((answer): answer is Voucher => 'reasons' in answer)
  rejected.push(...answers.filter((answer): answer is RejectedEvidence => 'problem' in answer))
  return vouchedFor(vouching) ?? { status: 'unknown', rejected: [...rejected, ...vouching.map(partial)] }
}

/** The delta CRLs, by their series, newest first. */
const seriesOfDeltas = (lists: readonly List[]): ReadonlyMap<string, readonly List[]> => {
  const bySeries = Map.groupBy(
    lists.filter(({ crl }) => crl.isDelta),
    seriesOf
  )
  return new Map([...bySeries].map(([series, deltas]) => [series, newestFirst(deltas)]))
}

/** The status where CRLs together cover all reasons: (d), (e), (l); by those that do so for the longest time. */
const vouchedFor = (vouching: readonly Voucher[]): GoodStatus | undefined => {
  const evidence: Evidence[] = []
  let covered = 0
  for (const each of vouching.toSorted((one, other) => other.until - one.until)) {
    if ((each.reasons & ~covered) === 0) continue
    covered |= each.reasons
    evidence.push(...each.evidence)
    if (covered === allReasonFlags) return { status: 'good', evidence, until: each.until }
  }
  return undefined
}

const partial = ({ evidence: [first] }: Voucher): RejectedEvidence => ({
  type: 'crl',
  source: first?.source ?? '',
  kind: 'scope',
  problem: 'covers some reasons of revocation only'
})
