import { hash } from 'node:crypto'
import type { TrustRegistry } from '../../trust/registry.ts'
import { Kept, type KeptCounts } from '../memory/kept.ts'
import { SeenBefore } from '../memory/seen-before.ts'
import type { Metrics } from '../metrics.ts'
import type { Answer } from '../validation.ts'
import { AnswerText } from './answer-text.ts'
import { type AnswerSummary, summaryOf } from './summary.ts'

/** A request as far as its answer depends on it: all octets of it, and the trust stores that were there when it came. */
export interface Question {
  readonly asked: Asked
  /** Undefined where no request that looks like this one came before, so that there is no answer either. */
  readonly key: string | undefined
  readonly stores: TrustRegistry['snapshots']
}

interface Asked {
  /** All beside the octets that decides what they mean. */
  readonly kind: string
  /** Undefined where they are too many to be kept. */
  readonly octets: Uint8Array | undefined
  /** What the octets look like at a glance. */
  readonly likeness: number
}

export interface KeptAnswer {
  /** JSON, as it was sent the first time, but for the time of validation. */
  readonly text: string
  readonly summary: AnswerSummary
}

interface Lasting {
  readonly asked: Asked
  readonly text: AnswerText
  readonly summary: AnswerSummary
  /** Seconds since 1970-01-01T00:00:00Z, both included, between which the clock must be. */
  readonly from: number
  readonly until: number
}

export interface KeptAnswersParts {
  /** For all that is kept. */
  readonly maxBytes: number
  readonly registry: TrustRegistry
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  /** An answer that was kept counts as a validation too. */
  readonly metrics: Pick<Metrics, 'validated'>
}

/** Longer ones are rare, and dear enough to make that nobody notices. */
const longestText = 65_536
const longestKind = 512
/** Octets of a request up to which it is told by them. Larger ones are hashed each time that they come: they may give their memory back before the answer is there. */
const longestOctets = 16_384
/** Requests that can be told from others without being hashed. */
const mostAlike = 8_192
/** At most so many octets of each part of a request are looked at to tell whether it came before: of its first 1 KiB, its last, and all beyond the first. */
const samples = 32
const edge = 1_024
/** What keeping an answer takes beside its text, which may have two octets a character and lie here twice. */
const overhead = 768

/**
 * Answers that were given before, whole, by the SHA-256 of all that the request consists of: at most so many bytes of them,
 * those that were asked for last. Requests that come once are the many: of one that looks like none before, nothing is hashed. An answer is kept
 * when its request is hashed the second time, so that requests that only look alike displace nothing. From then on its octets are held against
 * those of the last one that looked like it, which takes a twentieth of the time.
 *
 * One is given again only while nothing that it rests on can have changed: as long as every trust store is the one that it was, and at
 * times at which every comparison with the time of validation comes out as it did, by what the core says of it. What came with a
 * private key, is open, or may be fetched for is not kept.
 */
export class KeptAnswers {
  readonly #parts: KeptAnswersParts
  readonly #kept: Kept<Lasting>
  readonly #glanced = new SeenBefore<number>()
  readonly #seen = new SeenBefore<string>()
  /** The key of the last answer by what its request looks like. */
  readonly #alike = new Map<number, string>()
  /** Those that everything kept was judged with. */
  #stores: TrustRegistry['snapshots']

  constructor(parts: KeptAnswersParts) {
    this.#parts = parts
    this.#kept = new Kept(parts.maxBytes)
    this.#stores = parts.registry.snapshots
  }

  /** `kind` is all beside the octets that decides what they mean, and empty for lines of a batch; undefined for what is never kept. */
  question(kind: string, octets: Uint8Array): Question | undefined {
    if (kind.length > longestKind) return undefined
    const likeness = glanceAt(octets)
    const asked = { kind, octets: octets.length <= longestOctets ? octets : undefined, likeness }
    const seen = this.#glanced.test(likeness)
    const key = this.#keyOf(asked) ?? (seen ? `${digestOf(octets)} ${kind}` : undefined)
    return { asked, key, stores: this.#parts.registry.snapshots }
  }

  find({ asked, key = '', stores }: Question): KeptAnswer | undefined {
    if (stores !== this.#stores) {
      this.#kept.clear()
      this.#stores = stores
    }
    const now = this.#parts.clock()
    const kept = this.#kept.get(key, ({ from, until }) => now >= from && now <= until)
    if (kept === undefined) return undefined
    this.#noteLast(asked, key)
    this.#parts.metrics.validated(kept.summary.outcome, kept.summary.codes)
    return { text: kept.text.at(now), summary: kept.summary }
  }

  /** Keeps the answer of a question that was not found, and `text`, its JSON, where both may be kept. */
  keep({ asked, key, stores }: Question, answer: Answer, text: string): void {
    if (key === undefined || answer.kind !== 'verdict' || answer.holds === undefined || text.length > longestText)
      return
    // A store was changed meanwhile.
    if (stores !== this.#parts.registry.snapshots) return
    if (!this.#seen.test(key)) return
    const { from, until, byClock } = answer.holds
    const written = new AnswerText(text, byClock ? answer.verdict.checkedAt : undefined)
    // They may be a part of something larger.
    const octets = asked.octets && new Uint8Array(asked.octets)
    const lasting = {
      asked: { ...asked, octets },
      text: written,
      summary: summaryOf(answer.verdict),
      from: byClock ? from : Number.NEGATIVE_INFINITY,
      until: byClock ? until : Number.POSITIVE_INFINITY
    }
    this.#kept.set(key, lasting, overhead + 4 * text.length + (octets?.length ?? 0))
    this.#noteLast(asked, key)
  }

  /** The key of the last answer for what looks like this, if it was asked for by the same octets. */
  #keyOf({ kind, octets, likeness }: Asked): string | undefined {
    const key = this.#alike.get(likeness)
    const last = key === undefined ? undefined : this.#kept.peek(key)?.asked
    if (octets === undefined || last?.octets === undefined || last.kind !== kind) return undefined
    return Buffer.compare(last.octets, octets) === 0 ? key : undefined
  }

  #noteLast({ likeness }: Asked, key: string): void {
    if (this.#alike.get(likeness) === key) return
    if (this.#alike.size >= mostAlike) this.#alike.clear()
    this.#alike.set(likeness, key)
  }

  get counts(): KeptCounts {
    return this.#kept.counts
  }
}

/**
 * A number that the same octets always have, and other certificates hardly ever: of some octets, mixed as FNV-1a does. What differs in one place
 * alone, as by a hostname, may have that of another, and so may what is made to: it is hashed, and no more.
 */
const glanceAt = (octets: Uint8Array): number => {
  const { length } = octets
  const first = mix(length, octets, 0, Math.min(edge, length))
  return length <= edge ? first : mix(mix(first, octets, edge, length), octets, length - edge, length)
}

const mix = (mixed: number, octets: Uint8Array, start: number, end: number): number => {
  const step = 1 + Math.trunc((end - start) / samples)
  let result = mixed
  for (let at = start; at < end; at += step) result = Math.imul(result ^ (octets[at] ?? 0), 0x01_00_01_93)
  return result
}

const digestOf = (octets: Uint8Array): string => hash('sha256', octets, 'base64url')
