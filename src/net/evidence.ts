import type { Certificate } from '../core/model/certificate.ts'
import { type AskingRules, askFor } from './asking.ts'
import type { FetchCounters } from './counters.ts'
import type { Egress } from './egress.ts'
import type { EvidenceMemory, Remembered } from './evidence-memory.ts'
import { canBeKept, detached, type EvidenceRequest, fileAt, nameOf } from './evidence-request.ts'
import { FailureMemory } from './failure-memory.ts'
import type { Fetched, FetchFault } from './fetch-fault.ts'
import type { EvidenceKeeping } from './keeping.ts'
import { freshUntil, type Lifetimes } from './lifetime.ts'
import { readEvidence } from './reading.ts'
import { SingleFlight } from './single-flight.ts'

/** Seconds: longer than anything is fresh. */
const distantFuture = 3_153_600_000

export interface EvidenceParts {
  readonly egress: Egress
  readonly memory: EvidenceMemory
  /** Undefined where nothing is kept beyond the process. */
  readonly keeping: EvidenceKeeping | undefined
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly counters: FetchCounters
  readonly lifetimes: Lifetimes
  readonly failureSeconds: number
  readonly asking: AskingRules
  /** Told when keeping fails; evidence is had without it. */
  readonly keepingFailed: (error: unknown) => void
}

/** Evidence and where it was; or why it was not had, and what there is of it from earlier. */
export type Obtained =
  | { readonly ok: true; readonly value: Remembered; readonly how: 'memory' | 'kept' | 'network' }
  | { readonly ok: false; readonly fault: FetchFault; readonly old: Remembered | undefined }

/** Evidence from where it is nearest: memory, what is kept, the network; and everything is fetched by one at a time. */
export class EvidenceSource {
  readonly #parts: EvidenceParts
  readonly #obtaining = new SingleFlight<Obtained>()
  readonly #fetching = new SingleFlight<Fetched<Remembered>>()
  readonly #failures: FailureMemory

  constructor(parts: EvidenceParts) {
    this.#parts = parts
    this.#failures = new FailureMemory(parts.failureSeconds)
  }

  /** What is in memory and fresh, at once. */
  atHand(request: EvidenceRequest): Remembered | undefined {
    const { memory, clock, counters } = this.#parts
    const now = clock()
    const entry = memory.use(request, now)
    if (entry === undefined || entry.freshUntil <= now) return undefined
    counters.found.memory += 1
    return entry
  }

  /** Issuers that were fetched before and are still in memory, whatever for. */
  issuersNamed(
    subjectKey: string,
    most: number
  ): readonly { readonly certificate: Certificate; readonly url: string }[] {
    return this.#parts.memory.issuersNamed(subjectKey, most)
  }

  /** Takes kept issuers into memory, so that they are found by their names; at most `most` of what is kept is looked at. */
  async recallIssuers(most: number): Promise<void> {
    const { keeping, clock, keepingFailed } = this.#parts
    try {
      const kept = (await keeping?.due(clock() + distantFuture, most)) ?? []
      for (const { kind, key } of kept) if (kind === 'issuer') await this.#recall(fileAt(kind, key))
    } catch (error) {
      keepingFailed(error)
    }
  }

  async #recall(request: EvidenceRequest): Promise<void> {
    const { memory, clock } = this.#parts
    const kept = memory.get(request) === undefined ? await this.#kept(request) : undefined
    if (kept !== undefined) memory.put(kept, clock())
  }

  /** Seconds since it was fetched. */
  ageOf({ fetchedAt }: Remembered): number {
    return this.#parts.clock() - fetchedAt
  }

  /**
   * Gets evidence that is fresh, or that was fetched after `newerThan` where that is given. Takes as long as a transfer may:
   * who cannot wait so long goes away, and the next one finds what came.
   */
  get(request: EvidenceRequest, newerThan?: number): Promise<Obtained> {
    const name = newerThan === undefined ? nameOf(request) : `${nameOf(request)} again`
    return this.#obtaining.run(name, () => this.#obtain(request, newerThan))
  }

  async #obtain(request: EvidenceRequest, newerThan: number | undefined): Promise<Obtained> {
    const { memory, clock, counters } = this.#parts
    const serves = ({ fetchedAt, freshUntil: until }: Remembered): boolean =>
      newerThan === undefined ? until > clock() : fetchedAt > newerThan
    const known = newerThan === undefined ? memory.use(request, clock()) : memory.get(request)
    if (known !== undefined && serves(known)) return { ok: true, value: known, how: 'memory' }
    const kept = await this.#kept(request)
    if (kept !== undefined && serves(kept)) {
      counters.found.kept += 1
      memory.put(kept, clock())
      return { ok: true, value: kept, how: 'kept' }
    }
    const old = known ?? kept
    const fault = this.#failures.get(nameOf(request), clock())
    if (fault !== undefined) {
      counters.found.rememberedFailure += 1
      return { ok: false, fault, old }
    }
    const fetched = await this.#fetching.run(nameOf(request), () => this.#fetch(request))
    return fetched.ok ? { ...fetched, how: 'network' } : { ...fetched, old }
  }

  async #kept(request: EvidenceRequest): Promise<Remembered | undefined> {
    const { keeping, asking, keepingFailed } = this.#parts
    if (keeping === undefined || !canBeKept(request)) return undefined
    try {
      const kept = await keeping.get(request.kind, request.key)
      const read = kept && readEvidence(request, kept.body, asking.limits)
      if (kept === undefined || read?.ok !== true) return undefined
      const { fetchedAt, freshUntil: until, body } = kept
      return { request: detached(request), read: read.value, bytes: body.length, fetchedAt, freshUntil: until }
    } catch (error) {
      keepingFailed(error)
      return undefined
    }
  }

  async #fetch(request: EvidenceRequest): Promise<Fetched<Remembered>> {
    const { egress, memory, clock, lifetimes, asking } = this.#parts
    const answered = await askFor(egress, request, asking)
    const now = clock()
    if (!answered.ok) {
      this.#failures.put(nameOf(request), answered.fault, now)
      return answered
    }
    this.#failures.forget(nameOf(request))
    const { read, body } = answered.value
    const until = freshUntil(request, read, now, lifetimes)
    const entry = { request: detached(request), read, bytes: body.length, fetchedAt: now, freshUntil: until }
    memory.put(entry, now)
    void this.#keep(entry, body)
    return { ok: true, value: entry }
  }

  async #keep({ request, fetchedAt, freshUntil: until }: Remembered, body: Uint8Array): Promise<void> {
    const { keeping, keepingFailed } = this.#parts
    if (keeping === undefined || !canBeKept(request)) return
    try {
      await keeping.put({ kind: request.kind, key: request.key, body, fetchedAt, freshUntil: until })
    } catch (error) {
      keepingFailed(error)
    }
  }
}
