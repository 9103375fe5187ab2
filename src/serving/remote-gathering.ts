import { setTimeout as elapsed } from 'node:timers/promises'
import type { Limits } from '../core/model/limits.ts'
import type { FetchReport } from '../core/model/verdict.ts'
import type { Gathered } from '../core/model/wanted.ts'
import type { Gatherer } from '../service/completion.ts'
import { Knowledge } from '../service/lanes/knowledge.ts'
import { packWant, unpackGathered } from '../service/lanes/portable-evidence.ts'
import type { Line } from './line.ts'
import type { PrimaryCalls, ServingCalls } from './protocol.ts'

/** Milliseconds after which no answer of the primary comes any more. */
const latest = 120_000

const nothing: Gathered = { issuers: [], crls: [], ocspResponses: [], unreachable: new Map() }

/**
 * Gathering by the primary, which alone reaches the network. A round that has no answer after `milliseconds` has found nothing.
 */
export const gatheringOver = (
  line: Line<ServingCalls, PrimaryCalls>,
  limits: Limits,
  milliseconds: number
): (() => Gatherer) => {
  const knowledge = new Knowledge()
  let last = 0
  return () => {
    const gathering = ++last
    let gathered = nothing
    let reports: readonly FetchReport[] = []
    return {
      get gathered() {
        return gathered
      },
      get reports() {
        return reports
      },
      round: async (wants) => {
        const question = { gathering, wants: wants.map(packWant) }
        // What this process is told once it is not told again: it is taken though the answer may be too late for this round.
        const answer = line.ask('round', question, latest).then((reply) => {
          for (const note of reply.notes) knowledge.take(note)
          return reply
        })
        const reply = await Promise.race([
          answer.catch(() => undefined),
          elapsed(milliseconds, undefined, { ref: false })
        ])
        if (reply === undefined) return false
        gathered = unpackGathered(reply.gathered, (id) => knowledge.crl(id), limits)
        reports = reply.reports
        return reply.news
      },
      end: () => line.tell('gathered', gathering)
    }
  }
}
