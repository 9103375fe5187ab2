import { randomBytes } from 'node:crypto'
import type { Limits } from '../core/model/limits.ts'
import { type FetchCounters, fetchCounters } from './counters.ts'
import { Egress, type EgressRules } from './egress.ts'
import { EvidenceSource } from './evidence.ts'
import { EvidenceMemory } from './evidence-memory.ts'
import { Gathering } from './gathering.ts'
import type { EvidenceKeeping } from './keeping.ts'
import type { Lifetimes } from './lifetime.ts'
import { Refresher } from './refresher.ts'
import type { Resolve } from './resolve.ts'

export interface FetchingOptions {
  /** Headers must be there in the time that a validation waits. */
  readonly rules: Omit<EgressRules, 'headerMs'>
  readonly resolve: Resolve
  /** Milliseconds in which a validation that fetches is to be answered. */
  readonly deadlineMs: number
  /** Places that one validation asks. */
  readonly maxPerValidation: number
  readonly maxCrlBytes: number
  readonly ocspNonce: boolean
  /** Seconds for which what failed is not asked again. */
  readonly failureSeconds: number
  readonly lifetimes: Lifetimes
  readonly memoryBytes: number
  /** Where evidence is kept beyond the process, and how many bytes of it. */
  readonly keeping: EvidenceKeeping | undefined
  readonly keptBytes: number
  readonly limits: Limits
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly keepingFailed: (error: unknown) => void
}

/** Fetching as a whole: what a validation gathers with, and what the process looks after. */
export interface Fetching {
  /** For one validation; its time runs from now. */
  gathering(): Gathering
  readonly counters: FetchCounters
  /** What goes on at this moment. */
  load(): { readonly inFlight: number; readonly waiting: number; readonly memoryBytes: number }
  readonly refresher: Refresher
}

/** RFC 9654 §2.1 */
const nonceOctets = 32

/** Of the time that a validation may take, what it waits for others: the rest is for judging once more. */
const waitingShare = 0.9

export const openFetching = (options: FetchingOptions): Fetching => {
  const { clock, keeping, keepingFailed, lifetimes, maxCrlBytes, limits } = options
  const waitMs = Math.floor(options.deadlineMs * waitingShare)
  const counters = fetchCounters()
  const egress = new Egress({ ...options.rules, headerMs: waitMs }, options.resolve, counters)
  const memory = new EvidenceMemory(options.memoryBytes)
  const nonce = options.ocspNonce ? () => randomBytes(nonceOctets) : undefined
  const source = new EvidenceSource({
    egress,
    memory,
    keeping,
    clock,
    counters,
    lifetimes,
    failureSeconds: options.failureSeconds,
    asking: { maxCrlBytes, limits, nonce },
    keepingFailed
  })
  const bounds = {
    waitMs,
    most: options.maxPerValidation,
    hedgeMs: Math.floor(waitMs / 4),
    leastAge: lifetimes.least
  }
  return {
    gathering: () => new Gathering(source, bounds),
    counters,
    load: () => ({ ...egress.load, memoryBytes: memory.bytes }),
    refresher: new Refresher({
      source,
      memory,
      keeping,
      clock,
      leastAge: lifetimes.least,
      keptBytes: options.keptBytes,
      keepingFailed
    })
  }
}
