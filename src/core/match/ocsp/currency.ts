import type { SingleResponse } from '../../model/ocsp.ts'
import type { ValidationOptions } from '../../model/options.ts'
import type { Staleness } from '../../model/revocation.ts'

/** How long an answer without nextUpdate counts as current, in seconds, where the request says nothing of its age. */
const longestWithoutNextUpdate = 86_400

/**
 * The last second at which an answer is current, clock skew in its favour and the request's bound on its age included.
 *
 * Without nextUpdate newer information is to be had at any time (RFC 6960 §4.2.2.1), and §3.2 (5) asks for an answer
 * that is recent enough: one day here, unless the request has its own bound.
 */
export const currentUntil = (
  { thisUpdate, nextUpdate }: SingleResponse,
  { clockSkew, revocation }: ValidationOptions
): number => {
  const { maxAge } = revocation
  const byAge = maxAge ?? (nextUpdate === undefined ? longestWithoutNextUpdate : Number.POSITIVE_INFINITY)
  return Math.min(nextUpdate ?? Number.POSITIVE_INFINITY, thisUpdate + byAge) + clockSkew
}

/** RFC 6960 §3.2 (5) and (6) */
export const stalenessOf = (answer: SingleResponse, options: ValidationOptions): Staleness | undefined => {
  const { thisUpdate, nextUpdate } = answer
  const { time, clockSkew, revocation } = options
  const as = (why: Staleness['why']): Staleness => ({ why, thisUpdate, nextUpdate })
  if (time.isBefore(thisUpdate - clockSkew)) return as('not-yet-issued')
  if (!time.isAfter(currentUntil(answer, options))) return undefined
  if (nextUpdate !== undefined && time.isAfter(nextUpdate + clockSkew)) return as('next-update-passed')
  return as(revocation.maxAge === undefined ? 'no-next-update' : 'older-than-max-age')
}
