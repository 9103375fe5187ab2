import { hash } from 'node:crypto'
import { beginsAsCertificate } from '../../core/decode/input/der-kind.ts'
import { certificateLines } from '../../core/decode/pem/pem-label.ts'
import type { ValidationRequest } from '../../core/model/request.ts'
import { Kept } from '../memory/kept.ts'
import { SeenBefore } from '../memory/seen-before.ts'
import type { Note, RepeatableField } from './job.ts'

/** The text that octets write as JSON does between quotation marks, where it is one that came before. */
export type KnownText = (written: Buffer) => string | undefined

/** Fields whose texts are kept. */
export const repeatable: readonly RepeatableField[] = ['intermediates', 'caBundle']

/** Characters below which a text is sent as soon as it is told of. */
export const shortestText = 16_384
/** What one character takes in a process, with all that may be read of it: as much as of an octet of DER (`KeptCertificates`). */
const bytesACharacter = 48
/** Characters at the beginning and at the end by which a text is told from others before it is kept. */
const compared = 4_096

/** A request as a process is sent it: without the texts that it knows by number. */
interface PortableRequest<R> {
  readonly request: R
  readonly texts: readonly (readonly [RepeatableField, number])[]
}

interface KeptText {
  readonly id: number
  readonly text: string
  /** As most clients write it in JSON, without the quotation marks. */
  readonly written: Buffer
}

/**
 * Texts that come again and again, as the CA bundle that a client sends with each request. A process is told of each once, and reads
 * it once.
 *
 * One is kept when it comes a second time, and only where nothing but certificates is in it: never a private key. Of all that are kept,
 * with what is read of them, each process has at most `maxBytes`, about those that were needed last.
 */
export class RepeatedTexts {
  readonly #maxBytes: number
  readonly #kept: Kept<KeptText>
  readonly #seen = new SeenBefore<string>()
  readonly #known = new WeakMap<object, ReadonlySet<number>>()
  #lastId = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
    this.#kept = new Kept(maxBytes)
  }

  /** Those that are kept are few: each is reckoned at three quarters of a megabyte or more. */
  readonly known: KnownText = (octets) => {
    for (const { text, written } of this.#kept.values()) {
      if (written.length === octets.length && written.equals(octets)) return text
    }
    return undefined
  }

  /** A request, what a process must be told before it, and what it can forget. */
  orderFor<R extends Partial<Pick<ValidationRequest, RepeatableField>>>(
    worker: object,
    request: R
  ): PortableRequest<R> & { readonly notes: readonly Note[] } {
    const known = repeatable.flatMap((field) => {
      const text = request[field]
      const id = typeof text === 'string' ? this.#idOf(text) : undefined
      return typeof text === 'string' && id !== undefined ? [{ field, id, text }] : []
    })
    const leftOut = Object.fromEntries(known.map(({ field }) => [field, undefined]))
    return {
      request: { ...request, ...leftOut },
      texts: known.map(({ field, id }) => [field, id]),
      notes: this.#notesFor(worker, new Map(known.map(({ id, text }) => [id, text])))
    }
  }

  #idOf(text: string): number | undefined {
    const bytes = text.length * bytesACharacter
    if (text.length < shortestText || bytes > this.#maxBytes) return undefined
    const known = this.#kept.get(text)
    if (known !== undefined) return known.id
    // One that looks like another here is kept too early at worst: kept texts are told apart whole.
    const likeness = `${text.length} ${text.slice(0, compared)} ${text.slice(-compared)}`
    if (!this.#seen.test(hash('sha256', likeness, 'base64')) || !isOfCertificates(text)) return undefined
    const id = ++this.#lastId
    this.#kept.set(text, { id, text, written: Buffer.from(JSON.stringify(text).slice(1, -1)) }, bytes)
    return id
  }

  #notesFor(worker: object, needed: ReadonlyMap<number, string>): readonly Note[] {
    const known = this.#known.get(worker) ?? new Set<number>()
    const news = [...needed].filter(([id]) => !known.has(id))
    if (news.length === 0) return []
    const kept = new Set([...Array.from(this.#kept.values(), ({ id }) => id), ...needed.keys()])
    const forgotten = known.difference(kept)
    this.#known.set(worker, known.intersection(kept).union(needed))
    return [
      ...(forgotten.size === 0 ? [] : [{ kind: 'forget-texts', ids: [...forgotten] } as const]),
      ...news.map(([id, text]) => ({ kind: 'text', id, text }) as const)
    ]
  }
}

const [begin, end] = certificateLines

/**
 * Whether nothing in it can be a private key: every boundary is one of a certificate as it is usually written, each block begins as a
 * certificate does, and between them stands no run of base64 as long as the least of keys is (`x-request-id` has the same measure).
 */
const isOfCertificates = (text: string): boolean => {
  const [before = '', ...blocks] = text.split(begin)
  return (
    blocks.length > 0 &&
    isProse(before) &&
    blocks.every((block) => {
      const [base64 = '', after, ...more] = block.split(end)
      return (
        after !== undefined &&
        more.length === 0 &&
        isProse(after) &&
        beginsAsCertificate(Buffer.from(base64.slice(0, 32), 'base64'))
      )
    })
  )
}

const isProse = (text: string): boolean => !/(?:BEGIN|END) |[A-Za-z0-9+/=]{40}/.test(text)
