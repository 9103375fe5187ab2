import { setImmediate as turn } from 'node:timers/promises'
import type { Judgement, Outcome } from '../core/model/request.ts'
import type { Gathered } from '../core/model/wanted.ts'
import type { Gathering } from '../net/gathering.ts'

/** Judgements of one request at most, each of which may cost all that the limits of the core allow. */
const mostRounds = 8

/**
 * Gathers what a judgement wants and judges again, until nothing is wanted or nothing new can be had. `judge` judges the
 * same request with what was gathered; `begin` starts the time that there is for gathering.
 */
export const completed = async (
  first: Judgement,
  begin: () => Gathering,
  judge: (gathered: Gathered) => Outcome
): Promise<Outcome> => {
  // Requests that came at once have all been judged by then, so that their time does not run while the process is busy.
  await turn()
  const gathering = begin()
  let last = first
  for (let round = 0; round < mostRounds; round++) {
    const wanted = last.wanted ?? []
    if (wanted.length === 0 || !(await gathering.round(wanted))) break
    const next = judge(gathering.gathered)
    if (next.kind === 'refusal') return next
    last = next
  }
  const { reports } = gathering
  return reports.length === 0 ? last : { ...last, verdict: { ...last.verdict, fetches: reports } }
}
