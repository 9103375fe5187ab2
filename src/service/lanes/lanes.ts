import type { Outcome, Validate, ValidationRequest, ValidationSettings } from '../../core/model/request.ts'
import type { TrustStore } from '../../core/model/trust-store.ts'
import { attemptsAllowed, Pool, type PoolCounts, type PoolSettings } from '../pool/pool.ts'
import type { StoreNote, ValidationJob } from './job.ts'
import { overloaded, type ProcessLimit, unfinished } from './outcomes.ts'
import { isSmall, limitsForSmall } from './size.ts'
import { StoreNotes } from './store-notes.ts'
import { workOf } from './work.ts'

/** The core, which may answer later: what is large is judged in another process. */
export interface Lanes {
  validate(
    request: ValidationRequest,
    stores: readonly TrustStore[],
    settings: ValidationSettings
  ): Outcome | Promise<Outcome>
  counts(): PoolCounts
  /** Ends the processes. */
  close(): void
}

/**
 * Two lanes. What is small is judged at once where it arrived, for the way to another process costs as much as a small chain. All
 * else, and what proves dear after all, is judged in a process that is ended when its time is over.
 */
export const lanesOf = (validate: Validate, settings: Omit<PoolSettings, 'entry'>): Lanes => {
  const pool = new Pool<ValidationJob, StoreNote, Outcome>({
    ...settings,
    entry: new URL('./worker.js', import.meta.url)
  })
  const notes = new StoreNotes()
  const ends = {
    deadline: { limit: 'processMilliseconds', allowed: settings.deadline },
    crash: { limit: 'processMebibytes', allowed: settings.heapLimit },
    refused: { limit: 'processAttempts', allowed: attemptsAllowed }
  } as const satisfies Record<string, ProcessLimit>

  const elsewhere = async (
    request: ValidationRequest,
    stores: readonly TrustStore[],
    { now, securityLevel, limits, maxCertificates }: ValidationSettings
  ): Promise<Outcome> => {
    const outcome = await pool.run((worker) => {
      const told = notes.for(worker, stores)
      return {
        notes: told.notes,
        job: { request, stores: told.ids, settings: { now, securityLevel, limits, maxCertificates } }
      }
    }, workOf(request))
    if (outcome.kind === 'done') return outcome.result
    if (outcome.kind === 'overloaded') return overloaded
    return unfinished(request, stores, now, ends[outcome.kind === 'ended' ? outcome.why : 'refused'])
  }

  return {
    validate: (request, stores, settings) => {
      if (isSmall(request)) {
        let dear = false
        const onLimitReached = (): void => {
          dear = true
        }
        const outcome = validate(request, stores, {
          ...settings,
          limits: limitsForSmall(settings.limits),
          onLimitReached
        })
        if (!dear) return outcome
      }
      return elsewhere(request, stores, settings)
    },
    counts: () => pool.counts,
    close: () => pool.close()
  }
}
