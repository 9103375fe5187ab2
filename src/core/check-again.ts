import { reliableUntil } from './match/status/reliable-until.ts'
import type { Finding } from './model/finding.ts'
import { formatInstant, lastSecond } from './model/instant.ts'
import type { CandidatePath, CheckContext } from './model/path.ts'
import type { CheckAgainReason, Verdict } from './model/verdict.ts'
import type { Found } from './path/find.ts'
import type { JudgedPath } from './path/judge.ts'

/** A time, in seconds since 1970-01-01T00:00:00Z, and what changes then. */
interface Change {
  readonly at: number
  readonly reason: CheckAgainReason
}

/**
 * Until when an answer can be relied upon, and when asking again makes sense.
 *
 * A valid one holds until the first of what it rests on ends. Any other may change when all that speaks against some candidate
 * path has changed: at the latest of the times of its errors, of which many never change. The candidate that comes first
 * counts. Missing evidence may be there at once, so its time is that of the validation; waiting for it is not the point.
 */
export const checkAgain = (
  { outcome, best, attempts }: Found,
  context: CheckContext
): Pick<Verdict, 'checkAgainAt' | 'checkAgainReason'> => {
  const change = outcome === 'valid' ? endOf(best.path, context) : firstOf(attempts, context)
  if (change !== undefined) return { checkAgainAt: formatInstant(change.at), checkAgainReason: change.reason }
  return { checkAgainAt: null, checkAgainReason: outcome === 'indeterminate' ? 'limit-reached' : null }
}

const endOf = (path: CandidatePath, { options, statuses }: CheckContext): Change | undefined => {
  const { until, ends } = reliableUntil(path, options, statuses)
  if (until > lastSecond) return undefined
  return { at: until, reason: ends === 'certificate' ? 'certificate-expires' : 'evidence-expires' }
}

const firstOf = (attempts: readonly JudgedPath[], context: CheckContext): Change | undefined =>
  attempts.reduce<Change | undefined>((first, { path, errors }) => {
    const change = lastOf(errors, path, context)
    return change !== undefined && (first === undefined || change.at < first.at) ? change : first
  }, undefined)

/** When the last of the errors may be gone; undefined where one stays. */
const lastOf = (errors: readonly Finding[], path: CandidatePath, context: CheckContext): Change | undefined => {
  let last: Change | undefined
  for (const each of errors) {
    const change = changeOf(each, path, context)
    if (change === undefined) return undefined
    if (last === undefined || change.at > last.at) last = change
  }
  return last
}

const changeOf = (
  finding: Finding,
  path: CandidatePath,
  { options: { time, clockSkew }, statuses }: CheckContext
): Change | undefined => {
  const at = finding.certificate ?? -1
  switch (finding.code) {
    case 'not-yet-valid': {
      const notBefore = path.entries[at]?.certificate.notBefore
      return notBefore === undefined ? undefined : { at: notBefore - clockSkew, reason: 'certificate-becomes-valid' }
    }
    case 'revoked': {
      const status = statuses.get(path, at)
      const until = status?.status === 'revoked' ? status.until : undefined
      return until === undefined || until > lastSecond ? undefined : { at: until, reason: 'hold-may-end' }
    }
    case 'revocation-stale': {
      const { why, thisUpdate } = finding.details
      if (why !== 'not-yet-issued' || thisUpdate === undefined) return { at: time.seconds, reason: 'evidence-stale' }
      return { at: Date.parse(thisUpdate) / 1000 - clockSkew, reason: 'evidence-becomes-current' }
    }
    case 'revocation-unknown':
    case 'revocation-unreachable':
      return { at: time.seconds, reason: 'evidence-missing' }
    default:
      return undefined
  }
}
