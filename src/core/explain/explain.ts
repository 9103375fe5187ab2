import { LimitReached } from '../model/limits.ts'
import type { ValidationRequest, ValidationSettings } from '../model/request.ts'
import type { Timeline, Verdict } from '../model/verdict.ts'
import type { Found } from '../path/find.ts'
import { Complaints, readOptions } from '../request/options.ts'
import { counterfactuals } from './counterfactuals.ts'
import { nearestTime } from './nearest-time.ts'
import { timelineAround } from './timeline.ts'
import { type Subject, Trials } from './trials.ts'

/** What `explain: "all"` adds to a verdict by validating again: see `Trials` for what that may cost. */
export const explained = (
  found: Found,
  subject: Subject,
  request: ValidationRequest,
  settings: ValidationSettings
): Pick<Verdict, 'timeline' | 'wouldBeValid'> => {
  const { memory, otherStores = [] } = settings
  const timeline = timelineOf(new Trials(subject, memory), found)
  if (found.outcome === 'valid') return { timeline }
  const optionsOf = (changed: ValidationRequest): ReturnType<typeof readOptions> | undefined => {
    const complaints = new Complaints()
    const options = readOptions(changed, settings, complaints)
    return complaints.errors.length === 0 ? options : undefined
  }
  return {
    timeline,
    wouldBeValid: counterfactuals(new Trials(subject, memory), found.attempts, { request, otherStores, optionsOf })
  }
}

/** Codes that another time does away with. */
const ofTime: ReadonlySet<string> = new Set([
  'expired',
  'not-yet-valid',
  'revocation-stale',
  'revocation-unknown',
  'revocation-unreachable'
])

const timelineOf = (trials: Trials, { outcome, best, attempts }: Found): Timeline | null => {
  const { time } = trials.subject.context.options
  if (outcome === 'valid') return timelineAround(trials, time.seconds, best)
  if (!attempts.some(({ errors }) => errors.length > 0 && errors.every(({ code }) => ofTime.has(code)))) return null
  try {
    const nearest = nearestTime(trials, attempts, {})
    return nearest === undefined ? null : timelineAround(trials, nearest.time, nearest.valid)
  } catch (thrown) {
    if (!(thrown instanceof LimitReached)) throw thrown
    return null
  }
}
