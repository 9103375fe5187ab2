import type { ValidationOptions } from '../../model/options.ts'
import { type CandidatePath, roleAt } from '../../model/path.ts'
import type { StatusBook } from '../../model/revocation.ts'

/** Until when a valid path can be relied upon, and what ends then. */
export interface Reliance {
  /** Seconds since 1970-01-01T00:00:00Z: the last one at which it is valid by the same evidence. */
  readonly until: number
  readonly ends: 'certificate' | 'evidence'
}

/**
 * The earliest end of what a valid path rests on: the validity of its certificates, the anchor's only where that counts, and
 * the evidence that they are not revoked. Clock skew counts as it did for the verdict.
 */
export const reliableUntil = (path: CandidatePath, options: ValidationOptions, statuses: StatusBook): Reliance => {
  let first: Reliance = { until: Number.POSITIVE_INFINITY, ends: 'certificate' }
  for (const [at, { certificate }] of path.entries.entries()) {
    const counts = roleAt(path, at) !== 'trust-anchor' || options.anchorRules.validity
    const { notAfter } = certificate
    if (counts && notAfter !== undefined && notAfter + options.clockSkew < first.until) {
      first = { until: notAfter + options.clockSkew, ends: 'certificate' }
    }
    const status = statuses.get(path, at)
    if (status?.status === 'good' && status.until < first.until) first = { until: status.until, ends: 'evidence' }
  }
  return first
}
