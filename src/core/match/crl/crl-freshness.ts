import type { Crl } from '../../model/crl.ts'
import type { ValidationOptions } from '../../model/options.ts'
import type { RejectedEvidence, Staleness } from '../../model/revocation.ts'
import { staleProblems } from '../status/stale-problems.ts'

/** RFC 5280 §6.3.3 (a), with the request's clock skew in the CRL's favour and its bound on the age; undefined where current. */
export const stalenessOf = (crl: Crl, { time, clockSkew, revocation }: ValidationOptions): Staleness | undefined => {
  const { thisUpdate, nextUpdate } = crl
  if (thisUpdate === undefined) return undefined
  const as = (why: Staleness['why']): Staleness => ({ why, thisUpdate, nextUpdate })
  if (time.isBefore(thisUpdate - clockSkew)) return as('not-yet-issued')
  if (nextUpdate !== undefined && time.isAfter(nextUpdate + clockSkew)) return as('next-update-passed')
  const { maxAge } = revocation
  return maxAge !== undefined && time.isAfter(thisUpdate + maxAge + clockSkew) ? as('older-than-max-age') : undefined
}

/** The last second at which a CRL is current, clock skew and the request's bound on its age included. */
export const currentUntil = ({ thisUpdate, nextUpdate }: Crl, { clockSkew, revocation }: ValidationOptions): number => {
  const { maxAge = Number.POSITIVE_INFINITY } = revocation
  return Math.min(nextUpdate ?? Number.POSITIVE_INFINITY, (thisUpdate ?? 0) + maxAge) + clockSkew
}

export const stale = (source: string, staleness: Staleness): RejectedEvidence => ({
  type: 'crl',
  source,
  kind: 'stale',
  problem: staleProblems[staleness.why],
  staleness
})
