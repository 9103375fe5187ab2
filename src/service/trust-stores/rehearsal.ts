import { setTimeout as elapsed, setImmediate as turn } from 'node:timers/promises'
import type { RefusalCode, ValidationRequest } from '../../core/model/request.ts'
import type { TrustAnchorReference, VerdictFinding } from '../../core/model/verdict.ts'
import type { Answer, ValidationService } from '../validation.ts'

/** A request to be rehearsed: where it stood, or under which id it is remembered. */
export interface RehearsedRequest {
  readonly id: { readonly index: number } | { readonly remembered: string }
  readonly request: ValidationRequest
}

/** What a request is answered with, as far as trust stores can change it. */
export interface RehearsedAnswer {
  readonly valid: boolean
  /** `refused` where there is no verdict: `problem` tells why. */
  readonly outcome: 'valid' | 'invalid' | 'indeterminate' | 'refused'
  readonly errors: readonly VerdictFinding[]
  readonly trustAnchor: TrustAnchorReference | null
  readonly problem: { readonly code: RefusalCode; readonly detail: string } | null
}

/** A request that is answered otherwise with the proposed store than now. */
export interface RehearsedChange {
  readonly index?: number
  readonly remembered?: string
  /** The certificate that is validated, where it could be read. */
  readonly target: { readonly fingerprint: string; readonly subject: string } | null
  readonly before: RehearsedAnswer
  readonly after: RehearsedAnswer
}

export interface Rehearsal {
  /** RFC 3339: the time of validation of those that name none. */
  readonly at: string
  readonly counts: {
    /** All of those below. */
    readonly rehearsed: number
    /** Those that do not consult the store. */
    readonly unaffected: number
    readonly unchanged: number
    readonly flipped: number
    readonly moved: number
  }
  /** Those with another outcome. */
  readonly flipped: readonly RehearsedChange[]
  /** Those with the same outcome that end at another trust anchor, or fail for other reasons. */
  readonly moved: readonly RehearsedChange[]
}

/** The same service twice: with the trust stores of now, and with the proposed one in its place. */
export interface RehearsalStage {
  readonly before: ValidationService
  readonly after: ValidationService
  readonly consults: (request: ValidationRequest) => boolean
  readonly at: string
}

/** How often, and after how many milliseconds, a request is asked again that found too many others waiting. */
const mostTries = 20
const pause = 500

/**
 * Asks every request twice. Other requests get their turn in between, and `signal` ends it when nobody waits any more:
 * what was found up to there is given. Undefined where the service stays so busy that a request gets no turn.
 */
export const rehearse = async (
  requests: readonly RehearsedRequest[],
  { before, after, consults, at }: RehearsalStage,
  signal: AbortSignal
): Promise<Rehearsal | undefined> => {
  const counts = { rehearsed: 0, unaffected: 0, unchanged: 0, flipped: 0, moved: 0 }
  const changes: Record<'flipped' | 'moved', RehearsedChange[]> = { flipped: [], moved: [] }
  for (const { id, request } of requests) {
    if (signal.aborted) break
    counts.rehearsed += 1
    if (!consults(request)) {
      counts.unaffected += 1
      continue
    }
    await turn()
    // The path names the certificate, and names of CAs are what a rehearsal is about.
    const asked: ValidationRequest = { ...request, explain: 'path', audience: 'operator' }
    const now = await patiently(() => before.validate(asked), signal)
    const then = await patiently(() => after.validate(asked), signal)
    if (isTurnedAway(now) || isTurnedAway(then)) return undefined
    const change = { ...id, target: targetOf(now) ?? targetOf(then), before: answerOf(now), after: answerOf(then) }
    const kind = difference(change.before, change.after)
    counts[kind] += 1
    if (kind !== 'unchanged') changes[kind].push(change)
  }
  return { at, counts, ...changes }
}

const isTurnedAway = (answer: Answer): boolean => answer.kind === 'refusal' && answer.code === 'overloaded'

const patiently = async (ask: () => Answer | Promise<Answer>, signal: AbortSignal): Promise<Answer> => {
  for (let tries = 1; ; tries++) {
    const answer = await ask()
    if (!isTurnedAway(answer) || tries === mostTries || signal.aborted) return answer
    await elapsed(pause)
  }
}

const difference = (before: RehearsedAnswer, after: RehearsedAnswer): 'flipped' | 'moved' | 'unchanged' => {
  if (before.outcome !== after.outcome) return 'flipped'
  return reasonsOf(before) === reasonsOf(after) ? 'unchanged' : 'moved'
}

/** What makes two answers of one outcome the same: the anchor, and which rules are broken where. */
const reasonsOf = ({ trustAnchor, errors, problem }: RehearsedAnswer): string =>
  JSON.stringify([trustAnchor?.fingerprint, errors.map(({ code, certificate }) => [code, certificate]), problem?.code])

const answerOf = (answer: Answer): RehearsedAnswer => {
  if (answer.kind === 'refusal') {
    const { code, detail } = answer
    return { valid: false, outcome: 'refused', errors: [], trustAnchor: null, problem: { code, detail } }
  }
  const { valid, outcome, errors, trustAnchor } = answer.verdict
  return { valid, outcome, errors, trustAnchor, problem: null }
}

const targetOf = (answer: Answer): RehearsedChange['target'] => {
  const [target] = answer.kind === 'verdict' ? answer.verdict.path : []
  if (target?.fingerprint === undefined || target.subject === undefined) return null
  return { fingerprint: target.fingerprint, subject: target.subject }
}
