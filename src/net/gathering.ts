import type { CrlCandidate } from '../core/model/crl.ts'
import type { OcspCandidate } from '../core/model/ocsp.ts'
import type { Candidate } from '../core/model/path.ts'
import type { Unreachable } from '../core/model/revocation.ts'
import type { FetchReport } from '../core/model/verdict.ts'
import type { Gathered, Want } from '../core/model/wanted.ts'
import type { EvidenceSource } from './evidence.ts'
import type { Remembered } from './evidence-memory.ts'
import { type EvidenceRequest, fileAt, nameOf, responseAt } from './evidence-request.ts'
import { type FetchFault, fetchFault } from './fetch-fault.ts'

export interface GatheringBounds {
  /** Milliseconds for all that one validation waits for. */
  readonly waitMs: number
  /** Pieces of evidence that are asked for beyond memory. */
  readonly most: number
  /** Milliseconds after which CRLs are asked for beside a responder that has not answered. */
  readonly hedgeMs: number
  /** Seconds: evidence that did not help is asked for again when it is older. */
  readonly leastAge: number
}

/** Issuers of one name that are taken from memory. */
const mostRemembered = 8

type StatusWant = Extract<Want, { readonly kind: 'status' }>

/**
 * Gathers for one validation what it wants, round by round: first what is in memory, then what has to be asked for, the
 * smaller kind first. Nothing is asked for twice, and all of it together is bounded in number and time.
 */
export class Gathering {
  readonly #source: EvidenceSource
  readonly #bounds: GatheringBounds
  readonly #end: number
  /** By name, as the two below. */
  readonly #had = new Map<string, Remembered>()
  readonly #asking = new Map<string, Promise<FetchFault | undefined>>()
  /** What a certificate need not ask for again. */
  readonly #settled = new Set<string>()
  readonly #issuers: Candidate[] = []
  readonly #crls: CrlCandidate[] = []
  readonly #responses: OcspCandidate[] = []
  readonly #unreachable = new Map<string, Unreachable[]>()
  /** In the order of asking; undefined while nothing came of it. */
  readonly #reports = new Map<string, FetchReport | undefined>()

  constructor(source: EvidenceSource, bounds: GatheringBounds) {
    this.#source = source
    this.#bounds = bounds
    this.#end = performance.now() + bounds.waitMs
  }

  /** In an order that does not tell what came first. */
  get gathered(): Gathered {
    return {
      issuers: this.#issuers.toSorted(bySource),
      crls: this.#crls.toSorted(bySource),
      ocspResponses: this.#responses.toSorted(bySource),
      unreachable: new Map(this.#unreachable)
    }
  }

  /** What was asked for, and what came of it. */
  get reports(): readonly FetchReport[] {
    return [...this.#reports.values()].filter((report) => report !== undefined)
  }

  /** Whether there is anything new to be judged by: evidence, or the knowledge that it cannot be had. */
  async round(wants: readonly Want[]): Promise<boolean> {
    const atHand = await Promise.all(wants.map((want) => this.#takeAtHand(want)))
    if (atHand.includes(true)) return true
    const news = await Promise.all(wants.map((want) => this.#askFor(want)))
    return news.includes(true)
  }

  async #takeAtHand(want: Want): Promise<boolean> {
    let found = want.kind === 'issuer' && this.#takeNamed(want)
    const requests = want.kind === 'issuer' ? filesOf(want) : [...(await respondersOf(want)), ...listsOf(want).flat()]
    for (const request of requests) {
      const name = nameOf(request)
      const entry = this.#had.has(name) || this.#asking.has(name) ? undefined : this.#source.atHand(request)
      if (entry === undefined) continue
      this.#take(entry, request)
      found = true
    }
    return found
  }

  /** Those that were fetched for other validations. */
  #takeNamed({ certificate }: Want): boolean {
    const { key } = certificate.issuer
    if (this.#settled.has(key)) return false
    this.#settled.add(key)
    const found = this.#source.issuersNamed(key, mostRemembered)
    for (const { certificate: issuer, url } of found) {
      this.#issuers.push({ certificate: issuer, source: `fetched:${url}` })
    }
    return found.length > 0
  }

  async #askFor(want: Want): Promise<boolean> {
    if (want.kind === 'status') return this.#askStatus(want)
    return (await this.#askFirst(want, filesOf(want))) !== 'nothing'
  }

  /** A response is small, so it is asked for first; CRLs where none comes, or not soon. */
  async #askStatus(want: StatusWant): Promise<boolean> {
    const responder = respondersOf(want).then((places) => this.#askFirst(want, places))
    if ((await within(this.#bounds.hedgeMs, responder)) === 'had') return true
    const lists = await Promise.all(listsOf(want).map((places) => this.#askFirst(want, places)))
    if (lists.includes('had')) return true
    return (await responder) !== 'nothing' || lists.includes('failed')
  }

  /** Asks one place after the other until one has it; `nothing` where none is left to be asked for this certificate. */
  async #askFirst(want: Want, places: readonly EvidenceRequest[]): Promise<'had' | 'failed' | 'nothing'> {
    let outcome: 'failed' | 'nothing' = 'nothing'
    for (const request of places) {
      const settled = `${want.certificate.fingerprint} ${nameOf(request)}`
      if (this.#settled.has(settled) || this.#isAsNewAsCanBe(request)) continue
      const fault = await this.#ask(request)
      // Another round may have waited for the same, and have said so already.
      if (this.#settled.has(settled)) return outcome
      this.#settled.add(settled)
      if (fault === undefined) return 'had'
      this.#note(want, request, fault)
      outcome = 'failed'
    }
    return outcome
  }

  #isAsNewAsCanBe(request: EvidenceRequest): boolean {
    const had = this.#had.get(nameOf(request))
    return had !== undefined && !this.#asking.has(nameOf(request)) && this.#source.ageOf(had) <= this.#bounds.leastAge
  }

  /** Asks once, whichever certificates want it. */
  #ask(request: EvidenceRequest): Promise<FetchFault | undefined> {
    const name = nameOf(request)
    const asking = this.#asking.get(name)
    if (asking !== undefined) return asking
    const asked =
      this.#asking.size < this.#bounds.most
        ? this.#get(request)
        : Promise.resolve(
            fetchFault('busy', `was not asked, for a validation asks ${this.#bounds.most} places at most`)
          )
    this.#asking.set(name, asked)
    return asked
  }

  async #get(request: EvidenceRequest): Promise<FetchFault | undefined> {
    const { url, kind } = request
    const name = nameOf(request)
    this.#reports.set(name, undefined)
    const left = this.#end - performance.now()
    const newerThan = this.#had.get(name)?.fetchedAt
    const obtained = left <= 0 ? undefined : await within(left, this.#source.get(request, newerThan))
    if (obtained?.ok === true) {
      this.#reports.set(name, { url, kind, outcome: obtained.how === 'network' ? 'fetched' : 'kept' })
      this.#take(obtained.value, request)
      return undefined
    }
    // What is out of date may still say that something was revoked.
    if (obtained?.old !== undefined && newerThan === undefined) this.#take(obtained.old, request)
    const fault = obtained?.fault ?? fetchFault('timeout', 'did not answer in time')
    this.#reports.set(name, { url, kind, outcome: 'failed', reason: fault.reason })
    return fault
  }

  #take(had: Remembered, request: EvidenceRequest): void {
    this.#had.set(nameOf(request), had)
    const { read } = had
    const source = `fetched:${request.url}`
    if (read.kind === 'crl') this.#crls.push({ crl: read.crl, source })
    else if (read.kind === 'ocsp') this.#responses.push({ response: read.response, source })
    else for (const certificate of read.certificates) this.#issuers.push({ certificate, source })
  }

  #note({ certificate }: Want, { url }: EvidenceRequest, { reason }: FetchFault): void {
    const known = this.#unreachable.get(certificate.fingerprint) ?? []
    this.#unreachable.set(
      certificate.fingerprint,
      [...known, { url, reason }].sort((one, other) => compare(one.url, other.url))
    )
  }
}

const filesOf = (want: Extract<Want, { readonly kind: 'issuer' }>): readonly EvidenceRequest[] =>
  want.urls.map((url) => fileAt('issuer', url))

const listsOf = ({ crls }: StatusWant): readonly (readonly EvidenceRequest[])[] =>
  crls.map((urls) => urls.map((url) => fileAt('crl', url)))

const respondersOf = async ({ responders, certificate, issuer }: StatusWant): Promise<readonly EvidenceRequest[]> => {
  const requests = await Promise.all(responders.map((url) => responseAt(url, certificate, issuer)))
  return requests.filter((request) => request !== undefined)
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const bySource = (one: { readonly source: string }, other: { readonly source: string }): number =>
  compare(one.source, other.source)

/** What a promise gives, or undefined where that takes longer. */
const within = async <T>(ms: number, promise: Promise<T>): Promise<T | undefined> => {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  // What has arrived by then is not late, though the process may have been too busy to take it in.
  const timer = setTimeout(() => setImmediate(resolve, undefined), ms)
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
