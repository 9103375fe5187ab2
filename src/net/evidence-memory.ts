import type { Certificate } from '../core/model/certificate.ts'
import { type EvidenceRequest, nameOf } from './evidence-request.ts'
import type { ReadEvidence } from './reading.ts'

/** Evidence that was read, how it was asked for, and for how long it serves. */
export interface Remembered {
  readonly request: EvidenceRequest
  readonly read: ReadEvidence
  /** Of the body as it came. */
  readonly bytes: number
  /** Seconds since 1970-01-01T00:00:00Z, as all times here. */
  readonly fetchedAt: number
  readonly freshUntil: number
}

/** Seconds since 1970-01-01T00:00:00Z. */
export interface Due {
  readonly usedSince: number
  readonly freshBefore: number
  readonly fetchedBefore: number
}

interface Slot {
  readonly entry: Remembered
  usedAt: number
}

/** What an entry takes beside the body: objects, keys and indexes; of a CRL about as much again as its octets. */
const overhead = 4_096

const costOf = ({ bytes, request: { key, about }, read }: Remembered): number => {
  const asked = about === undefined ? 0 : about.certificate.der.length + about.issuer.der.length
  return overhead + 2 * key.length + asked + bytes * (read.kind === 'crl' ? 2 : 1)
}

/** Evidence at hand, read and indexed, bounded in bytes: the longest unused goes first. */
export class EvidenceMemory {
  readonly #maxBytes: number
  /** By kind and key, longest unused first. */
  readonly #slots = new Map<string, Slot>()
  readonly #issuers = new Map<string, Set<Remembered>>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Fresh or not; that it is looked at is no use. */
  get(request: EvidenceRequest): Remembered | undefined {
    return this.#slots.get(nameOf(request))?.entry
  }

  /** The same for somebody who uses it. */
  use(request: EvidenceRequest, now: number): Remembered | undefined {
    const name = nameOf(request)
    const slot = this.#slots.get(name)
    if (slot === undefined) return undefined
    this.#slots.delete(name)
    this.#slots.set(name, slot)
    slot.usedAt = now
    return slot.entry
  }

  put(entry: Remembered, now: number): void {
    const name = nameOf(entry.request)
    const before = this.#slots.get(name)
    if (before !== undefined) this.#remove(name, before)
    if (costOf(entry) > this.#maxBytes) return
    this.#slots.set(name, { entry, usedAt: before?.usedAt ?? now })
    this.#bytes += costOf(entry)
    for (const subject of subjectsOf(entry)) {
      const named = this.#issuers.get(subject)
      if (named === undefined) this.#issuers.set(subject, new Set([entry]))
      else named.add(entry)
    }
    for (const [oldest, slot] of this.#slots) {
      if (this.#bytes <= this.#maxBytes) return
      this.#remove(oldest, slot)
    }
  }

  /** Certificates with a subject, and where each was fetched; at most `most`. */
  issuersNamed(
    subjectKey: string,
    most: number
  ): readonly { readonly certificate: Certificate; readonly url: string }[] {
    const found: { readonly certificate: Certificate; readonly url: string }[] = []
    for (const { request, read } of this.#issuers.get(subjectKey) ?? []) {
      if (read.kind !== 'issuer') continue
      for (const certificate of read.certificates) {
        if (found.length === most) return found
        if (certificate.subject.key === subjectKey) found.push({ certificate, url: request.url })
      }
    }
    return found
  }

  /** What is in use and has to be fetched anew, soonest first. */
  due({ usedSince, freshBefore, fetchedBefore }: Due, most: number): readonly Remembered[] {
    return [...this.#slots.values()]
      .filter(
        ({ usedAt, entry }) => usedAt >= usedSince && entry.freshUntil < freshBefore && entry.fetchedAt < fetchedBefore
      )
      .map(({ entry }) => entry)
      .sort((one, other) => one.freshUntil - other.freshUntil)
      .slice(0, most)
  }

  #remove(name: string, { entry }: Slot): void {
    this.#slots.delete(name)
    this.#bytes -= costOf(entry)
    for (const subject of subjectsOf(entry)) {
      const named = this.#issuers.get(subject)
      named?.delete(entry)
      if (named?.size === 0) this.#issuers.delete(subject)
    }
  }
}

const subjectsOf = ({ read }: Remembered): ReadonlySet<string> =>
  new Set(read.kind === 'issuer' ? read.certificates.map(({ subject }) => subject.key) : [])
