import type { Outcome, Validate, ValidationRequest, ValidationSettings } from '../../core/model/request.ts'
import type { TrustStore } from '../../core/model/trust-store.ts'
import { attemptsAllowed, Pool, type PoolCounts, type PoolSettings } from '../pool/pool.ts'
import type { Note, ValidationJob, ValidationResult } from './job.ts'
import { Notes } from './notes.ts'
import { overloaded, type ProcessLimit, unfinished } from './outcomes.ts'
import { packGathered, unpackWant } from './portable-evidence.ts'
import { isSmall, limitsForSmall, smallCount } from './size.ts'
import { workOf } from './work.ts'

export interface LaneSettings extends Omit<PoolSettings, 'entry'> {
  /** Characters and octets up to which a request is small; 0 where none is. */
  readonly smallBytes: number
  /** Octets of trust stores and fetched CRLs that each process keeps at hand. */
  readonly noteBytes: number
}

export interface LaneCounts extends PoolCounts {
  /** Judged where they arrived. */
  readonly here: number
}

/** The core, which may answer later: what is large is judged in another process. */
export interface Lanes {
  validate(...question: Parameters<Validate>): Outcome | Promise<Outcome>
  counts(): LaneCounts
  /** Of those that judge what is large. */
  processIds(): readonly number[]
  /** Ends the processes. */
  close(): void
}

/**
 * Two lanes. What is small is judged at once where it arrived, for the way to another process costs as much as a small chain. All
 * else, and what proves dear after all, is judged in a process that is ended when its time is over.
 */
export const lanesOf = (validate: Validate, { smallBytes, noteBytes, ...settings }: LaneSettings): Lanes => {
  const pool = new Pool<ValidationJob, Note, ValidationResult>({
    ...settings,
    entry: new URL('./worker.js', import.meta.url)
  })
  const notes = new Notes(noteBytes)
  const limitOf = limitsOfProcesses(settings)
  let here = 0

  const elsewhere = async (...[request, stores, given, gathered]: Parameters<Validate>): Promise<Outcome> => {
    const { memory: _memory, onLimitReached: _hears, otherStores = [], ...portable } = given
    const orderFor = (worker: object) => ({
      notes: notes.for(worker, [...stores, ...otherStores], gathered),
      job: {
        request,
        stores: stores.map((store) => notes.idOf(store)),
        otherStores: otherStores.map((store) => notes.idOf(store)),
        settings: portable,
        gathered: gathered && packGathered(gathered, (crl) => notes.idOf(crl))
      }
    })
    const outcome = await pool.run({ orderFor, name: () => workOf(request) })
    if (outcome.kind === 'done') return arrived(outcome.result)
    if (outcome.kind === 'overloaded') return overloaded
    return unfinished(request, stores, given.now, limitOf(outcome.kind === 'refused' ? 'refused' : outcome.why))
  }

  /** Undefined where it is not small after all. */
  const asSmall = (request: ValidationRequest, stores: readonly TrustStore[], given: ValidationSettings) => {
    let dear = false
    const onLimitReached = (): void => {
      dear = true
    }
    const maxCertificates = Math.min(smallCount, given.maxCertificates)
    const limits = limitsForSmall(given.limits)
    const outcome = validate(request, stores, { ...given, limits, maxCertificates, onLimitReached })
    if (dear || (isTooMany(outcome) && maxCertificates < given.maxCertificates)) return undefined
    here++
    return outcome
  }

  return {
    validate: (request, stores, given, gathered) =>
      (gathered === undefined && isSmall(request, smallBytes) ? asSmall(request, stores, given) : undefined) ??
      elsewhere(request, stores, given, gathered),
    counts: () => ({ ...pool.counts, here }),
    processIds: () => pool.processIds,
    close: () => pool.close()
  }
}

const isTooMany = (outcome: Outcome): boolean => outcome.kind === 'refusal' && outcome.code === 'too-many-certificates'

const arrived = (result: ValidationResult): Outcome => {
  if (result.kind === 'refusal') return result
  const { verdict, wanted, holds } = result
  return { kind: 'verdict', verdict, ...(wanted && { wanted: wanted.map(unpackWant) }), ...(holds && { holds }) }
}

/** What a request has reached whose work was ended, by the reason: `closed` where the service ended before it. */
const limitsOfProcesses = ({
  deadline,
  heapLimit
}: Pick<PoolSettings, 'deadline' | 'heapLimit'>): ((
  why: 'refused' | 'deadline' | 'memory' | 'crash' | 'grown' | 'closed'
) => ProcessLimit) => {
  const once = { limit: 'processAttempts', allowed: 1 } as const
  const limits = {
    deadline: { limit: 'processMilliseconds', allowed: deadline },
    memory: { limit: 'processMebibytes', allowed: heapLimit },
    crash: once,
    grown: once,
    closed: once,
    refused: { limit: 'processAttempts', allowed: attemptsAllowed }
  } as const
  return (why) => limits[why]
}
