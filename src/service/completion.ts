import { setImmediate as turn } from 'node:timers/promises'
import type { Refusal } from '../core/model/request.ts'
import type { FetchReport } from '../core/model/verdict.ts'
import type { Gathered, Want } from '../core/model/wanted.ts'

/** Judgements of one request at most, each of which may cost all that the limits of the core allow. */
const mostRounds = 8

/** Gathers for one validation what it wants, round by round. */
export interface Gatherer {
  /** Whether there is anything new to be judged by. */
  round(wants: readonly Want[]): Promise<boolean>
  /** All that was gathered so far. */
  readonly gathered: Gathered
  /** What was asked for, and what came of it. */
  readonly reports: readonly FetchReport[]
  /** Nothing more will be wanted; left out where nobody needs to know. */
  end?(): void
}

/** What a judgement says beside its answer: what would help it. */
export interface Wanting {
  readonly kind: string
  readonly wanted?: readonly Want[]
}

/** What came of it, and what was asked for outside. */
export interface Completed<J extends Wanting> {
  readonly kind: 'completed'
  readonly judgement: J
  readonly reports: readonly FetchReport[]
}

/**
 * Gathers what a judgement wants and judges again, until nothing is wanted or nothing new can be had. `judge` judges the
 * same request with what was gathered; `begin` starts the time that there is for gathering.
 */
export const completed = async <J extends Wanting>(
  first: J,
  begin: () => Gatherer,
  judge: (gathered: Gathered) => J | Refusal | Promise<J | Refusal>
): Promise<Completed<J> | Refusal> => {
  // Requests that came at once have all been judged by then, so that their time does not run while the process is busy.
  await turn()
  const gathering = begin()
  try {
    let last = first
    for (let round = 0; round < mostRounds; round++) {
      const wanted = last.wanted ?? []
      if (wanted.length === 0 || !(await gathering.round(wanted))) break
      const next = await judge(gathering.gathered)
      if (isRefusal(next)) return next
      last = next
    }
    return { kind: 'completed', judgement: last, reports: gathering.reports }
  } finally {
    gathering.end?.()
  }
}

const isRefusal = (judged: Wanting | Refusal): judged is Refusal => judged.kind === 'refusal'
