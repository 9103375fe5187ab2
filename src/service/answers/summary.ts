import type { Verdict } from '../../core/model/verdict.ts'
import type { ClientVerdict } from '../audience.ts'

/** What is counted and logged of a verdict: nothing that was sent, nor whom it is about. */
export interface AnswerSummary {
  readonly outcome: Verdict['outcome']
  /** Of its errors, each once. */
  readonly codes: readonly string[]
  readonly pathLength: number
  readonly stores: readonly (string | null)[]
}

export const summaryOf = ({ outcome, errors, path, trust }: Verdict | ClientVerdict): AnswerSummary => ({
  outcome,
  codes: errors.length === 0 ? none : [...new Set(errors.map(({ code }) => code))],
  pathLength: path.length,
  stores: trust.map(({ name }) => name)
})

const none: readonly string[] = []
