import type { EvidenceSource } from './evidence.ts'
import type { EvidenceMemory } from './evidence-memory.ts'
import type { EvidenceKeeping } from './keeping.ts'

export interface RefresherParts {
  readonly source: EvidenceSource
  readonly memory: EvidenceMemory
  readonly keeping: EvidenceKeeping | undefined
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  /** Seconds for which nothing is fetched again. */
  readonly leastAge: number
  /** Bytes that are kept beyond the process, at most. */
  readonly keptBytes: number
  readonly keepingFailed: (error: unknown) => void
}

/** Milliseconds between two looks. Replicas that look at once would all fetch: each takes a little longer or shorter. */
const interval = (): number => 20_000 + Math.random() * 10_000
/** Seconds before it stops being fresh in which evidence is fetched anew. */
const lead = 90
/** Seconds since it was last used within which evidence counts as being in use. */
const usedWithin = 3_600
/** Pieces that one look fetches. */
const mostAtOnce = 16
/** Pieces of kept evidence among which issuers are looked for at the start. */
const mostRecalled = 10_000
/** Looks between two clearings of what is kept: about every ten minutes. */
const looksPerTrim = 24
/** Seconds for which evidence is kept that is not fresh any more: what it says of revocations stays true. */
const staleKept = 604_800

/** Fetches anew, before it stops being fresh, what was used lately, and clears away what is kept too long or too much. */
export class Refresher {
  readonly #parts: RefresherParts
  #timer: NodeJS.Timeout | undefined
  #looks = 0

  constructor(parts: RefresherParts) {
    this.#parts = parts
  }

  /** Begins with what was kept by a process before this one. */
  start(): void {
    this.#later()
    void this.#parts.source.recallIssuers(mostRecalled)
  }

  #later(): void {
    const look = async (): Promise<void> => {
      await this.look().catch(this.#parts.keepingFailed)
      if (this.#timer !== undefined) this.#later()
    }
    this.#timer = setTimeout(() => void look(), interval()).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** One look; gives how many pieces were due. */
  async look(): Promise<number> {
    const { memory, source, clock, leastAge } = this.#parts
    const now = clock()
    const due = memory.due(
      { usedSince: now - usedWithin, freshBefore: now + lead, fetchedBefore: now - leastAge },
      mostAtOnce
    )
    for (const { request, fetchedAt } of due) await source.get(request, fetchedAt)
    if (this.#looks++ % looksPerTrim === 0) await this.#trim()
    return due.length
  }

  async #trim(): Promise<void> {
    const { keeping, clock, keptBytes, keepingFailed } = this.#parts
    try {
      await keeping?.trim(clock() - staleKept, keptBytes)
    } catch (error) {
      keepingFailed(error)
    }
  }
}
