import { firstSecond, lastSecond } from '../model/instant.ts'
import { Moment } from '../model/moment.ts'
import type { JudgedPath } from '../path/judge.ts'
import { instantsOfEvidence, instantsOfPath } from './instants.ts'
import type { Change, Trials } from './trials.ts'

/** Times that are tried. */
const mostTimes = 24

/** A time at which there is a valid path, and that path. */
export interface ValidTime {
  readonly time: number
  readonly valid: JudgedPath
}

/**
 * The time nearest to that of the validation at which the question, changed, is valid. What is valid then begins or ends there, so the first
 * seconds of all that begins and the last of all that ends are the ones to try.
 */
export const nearestTime = (trials: Trials, attempts: readonly JudgedPath[], change: Change): ValidTime | undefined => {
  const { context } = trials.subject
  const options = change.options ?? context.options
  const asked = { ...context, options }
  const instants = new Set(
    attempts
      .slice(0, 8)
      .flatMap(({ path }) => [...instantsOfPath(path, asked), ...instantsOfEvidence(path, asked).changes])
      .flatMap((at) => [at, at - 1])
      .filter((at) => at >= firstSecond && at <= lastSecond)
  )
  const time = context.options.time.seconds
  const nearest = [...instants].sort((one, other) => Math.abs(one - time) - Math.abs(other - time) || one - other)
  for (const at of nearest.slice(0, mostTimes)) {
    const valid = trials.validPath({ ...change, options: { ...options, time: new Moment(at) } })
    if (valid !== undefined) return { time: at, valid }
  }
  return undefined
}
