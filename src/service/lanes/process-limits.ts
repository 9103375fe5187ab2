import { attemptsAllowed, type PoolOutcome, type PoolSettings } from '../pool/pool.ts'
import type { ProcessLimit } from './outcomes.ts'

/** Why work has no result though its turn had come, or would have. */
type Cut = Exclude<PoolOutcome<unknown>, { readonly kind: 'done' | 'overloaded' }>

/** What a request has reached whose work was ended, by the reason: `closed` where the service ended before it. */
export const processLimits = ({
  deadline,
  heapLimit
}: Pick<PoolSettings, 'deadline' | 'heapLimit'>): ((cut: Cut) => ProcessLimit) => {
  const once = { limit: 'processAttempts', allowed: 1 } as const
  const limits = {
    deadline: { limit: 'processMilliseconds', allowed: deadline },
    memory: { limit: 'processMebibytes', allowed: heapLimit },
    crash: once,
    grown: once,
    closed: once
  } as const
  return (cut) => (cut.kind === 'refused' ? { limit: 'processAttempts', allowed: attemptsAllowed } : limits[cut.why])
}
