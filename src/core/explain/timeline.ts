import type { Finding } from '../model/finding.ts'
import { firstSecond, formatInstant, lastSecond } from '../model/instant.ts'
import { LimitReached } from '../model/limits.ts'
import { Moment } from '../model/moment.ts'
import type { CandidatePath } from '../model/path.ts'
import type { Timeline, TimelineEdge } from '../model/verdict.ts'
import { verdictFinding } from '../model/verdict-finding.ts'
import type { JudgedPath } from '../path/judge.ts'
import { instantsOfEvidence, instantsOfPath } from './instants.ts'
import type { Trials } from './trials.ts'

/** How many ends of paths or evidence are gone past in one direction. */
const mostSteps = 24

/** Where the time of validity stops in one direction, and what is wrong on the far side of it. */
interface Edge {
  readonly at: number | null
  readonly why: TimelineEdge | null
}

/**
 * From when to when the chain is valid without a gap, around `time`, at which `valid` is the valid path: over every path and all evidence
 * there is. Between two instants at which something begins or ends nothing changes, so the second at each of them is tried.
 */
export const timelineAround = (trials: Trials, time: number, valid: JudgedPath): Timeline => {
  const from = edge(trials, time, valid, 'back')
  const until = edge(trials, time, valid, 'forth')
  return {
    validFrom: from.at === null ? null : formatInstant(from.at),
    begins: from.why,
    validUntil: until.at === null ? null : formatInstant(until.at),
    ends: until.why
  }
}

const edge = (trials: Trials, start: number, first: JudgedPath, direction: 'back' | 'forth'): Edge => {
  let time = start
  let valid = first
  for (let step = 0; step < mostSteps; step++) {
    const next = nextInstant(trials, valid.path, time, direction)
    if (next.at === undefined) return { at: null, why: null }
    const beyond = direction === 'forth' ? next.at : next.at - 1
    const proven = direction === 'forth' ? next.at - 1 : next.at
    if (next.cut || beyond > lastSecond || beyond < firstSecond)
      return next.cut ? { at: proven, why: unproven } : { at: null, why: null }
    try {
      const options = { ...trials.subject.context.options, time: new Moment(beyond) }
      const going = trials.validPath({ options })
      if (going === undefined) return { at: proven, why: reasonOf(trials.judged(valid.path, { options }), valid.path) }
      valid = going
    } catch (thrown) {
      if (!(thrown instanceof LimitReached)) throw thrown
      return { at: proven, why: unproven }
    }
    time = beyond
  }
  return { at: time, why: unproven }
}

/** It is valid at least as far as this; what is beyond was not tried any more. */
const unproven: TimelineEdge = { code: 'limit-reached', message: 'What lies beyond was not tried.', certificate: null }

/** The nearest instant at which something that the path rests on, or that may speak against it, begins or ends. */
const nextInstant = (
  { subject: { context } }: Trials,
  path: CandidatePath,
  time: number,
  direction: 'back' | 'forth'
): { readonly at: number | undefined; readonly cut: boolean } => {
  const evidence = instantsOfEvidence(path, context)
  const all = [...instantsOfPath(path, context), ...evidence.changes]
  const beyond = direction === 'forth' ? all.filter((at) => at > time) : all.filter((at) => at <= time)
  if (beyond.length === 0) return { at: undefined, cut: evidence.cut }
  const at = beyond.reduce((one, other) => (direction === 'forth' ? Math.min(one, other) : Math.max(one, other)))
  return { at, cut: evidence.cut }
}

/** What speaks against the path beyond the edge: the first error, and the certificate that it is about. */
const reasonOf = ({ errors }: JudgedPath, path: CandidatePath): TimelineEdge | null => {
  const [first] = errors
  return first === undefined ? null : edgeOf(first, path)
}

const edgeOf = (finding: Finding, { entries }: CandidatePath): TimelineEdge => {
  const { code, message } = verdictFinding(finding)
  const entry = finding.certificate === null ? undefined : entries[finding.certificate]
  if (entry === undefined) return { code, message, certificate: null }
  const { certificate, source } = entry
  return {
    code,
    message,
    certificate: { fingerprint: certificate.fingerprint, subject: certificate.subject.text, source }
  }
}
