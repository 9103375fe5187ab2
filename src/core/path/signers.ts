import { trustStore } from '../decode/input/trust-store.ts'
import { workingKeys } from '../match/key/key-inheritance.ts'
import { reliableUntil } from '../match/status/reliable-until.ts'
import type { Certificate } from '../model/certificate.ts'
import { rowOf } from '../model/codes.ts'
import { LimitReached } from '../model/limits.ts'
import type { ValidationOptions } from '../model/options.ts'
import type { Candidate, CheckContext, EvidenceSigners, JudgedSigner } from '../model/path.ts'
import type { TrustStore } from '../model/trust-store.ts'
import { bySubject, type CandidatesBySubject } from './by-subject.ts'
import { NameGraph } from './graph.ts'
import { search } from './search.ts'

/**
 * The signers of evidence that a request has: `candidates` are what came in its chain and intermediates. Anchors may have signed
 * as well, but are judged like the others: by a path to the anchor of the path in question.
 */
export const evidenceSigners = (candidates: readonly Candidate[], stores: readonly TrustStore[]): EvidenceSigners =>
  new Signers(
    once(() => ({
      candidates: bySubject(candidates),
      stores,
      named: new Map(),
      judged: new Map(),
      anchors: new Map()
    })),
    []
  )

/** Most requests ask for no signer, and need no index of them. */
const once = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** What all signers of a request share. */
interface Shared {
  readonly candidates: CandidatesBySubject
  readonly stores: readonly TrustStore[]
  readonly named: Map<string, readonly Candidate[]>
  readonly judged: Map<string, JudgedSigner>
  /** Anchors, numbered: the same certificate may be trusted for more in one store than in another. */
  readonly anchors: Map<Candidate, number>
}

/**
 * How many signers may rest on each other: the status of one is told by a CRL that the next has signed. Real ones need one or
 * two; without a bound, a mesh of them is as many questions as it has paths.
 */
const mostNested = 4

class Signers implements EvidenceSigners {
  readonly #shared: () => Shared
  /** Whose status is in question already: a signer that rests on one of them proves nothing. */
  readonly #inQuestion: readonly Certificate[]

  constructor(shared: () => Shared, inQuestion: readonly Certificate[]) {
    this.#shared = shared
    this.#inQuestion = inQuestion
  }

  named(subject: string): readonly Candidate[] {
    const { candidates, stores, named } = this.#shared()
    const known = named.get(subject)
    if (known !== undefined) return known
    const anchors = stores.flatMap((store) => store.anchorsBySubject.get(subject) ?? [])
    const all = bySubject([...(candidates.get(subject) ?? []), ...anchors]).get(subject) ?? []
    named.set(subject, all)
    return all
  }

  judge(
    signer: Candidate,
    { anchor, inQuestion: asked }: { readonly anchor: Candidate; readonly inQuestion: readonly Certificate[] },
    context: CheckContext
  ): JudgedSigner {
    const inQuestion = [...this.#inQuestion, ...asked]
    const fingerprints = [signer.certificate, ...inQuestion].map(({ fingerprint }) => fingerprint)
    const key = [this.#numberOf(anchor), ...fingerprints].join()
    const { judged: all } = this.#shared()
    const known = all.get(key)
    if (known !== undefined) return known
    const judged = this.#judge(signer, anchor, inQuestion, context)
    all.set(key, judged)
    return judged
  }

  #numberOf(anchor: Candidate): number {
    const numbers = this.#shared().anchors
    const number = numbers.get(anchor) ?? numbers.size
    numbers.set(anchor, number)
    return number
  }

  #judge(
    signer: Candidate,
    anchor: Candidate,
    inQuestion: readonly Certificate[],
    context: CheckContext
  ): JudgedSigner {
    const except = new Set(inQuestion.map(({ fingerprint }) => fingerprint))
    if (except.has(signer.certificate.fingerprint)) {
      return { valid: false, problem: 'the very certificate whose status it would tell' }
    }
    if (inQuestion.length > mostNested) {
      const problem = `whose own status takes more than ${mostNested} signers, each of a CRL about the one before`
      return { valid: false, problem }
    }
    const store = trustStore({ name: null, version: null, anchors: [anchor] })
    const graph = new NameGraph(signer.certificate, this.#shared().candidates, [store], except)
    const options = signerOptions(context.options)
    const result = search(signer, graph, { ...context, options, signers: new Signers(this.#shared, inQuestion) })
    const { valid, failed, limit } = result
    if (valid !== undefined) {
      const { path } = valid
      const key = workingKeys(path.entries.map(({ certificate }) => certificate.publicKey))[0]
      const { until } = reliableUntil(path, options, context.statuses)
      if (key !== undefined) return { valid: true, key, until }
    }
    const finding = failed[0]?.finding
    if (finding?.code === 'limit-reached') throw new LimitReached(finding.details.limit, finding.details.allowed)
    if (limit !== undefined) throw limit
    if (finding === undefined) {
      return { valid: false, problem: 'who has no path of its own to the trust anchor of the certificate' }
    }
    const message = rowOf(finding.code).message(finding.details).replace(/\.$/, '')
    return { valid: false, problem: `whose own path is not valid: ${message}` }
  }
}

/**
 * By what a signer's path is judged: all rules of the request but those that are about its target. A signer's status has to be
 * known where that of every certificate has to be; where the end entity's alone is asked, or nothing has to be known, it only
 * must not be revoked.
 */
const signerOptions = (options: ValidationOptions): ValidationOptions => ({
  ...options,
  identities: [],
  purposes: [],
  keyUsage: 0,
  profile: 'rfc5280',
  policies: { initial: undefined, requireExplicit: false, inhibitMapping: false, inhibitAny: false },
  maxIntermediates: undefined,
  signer: true,
  revocation: {
    ...options.revocation,
    mode: options.revocation.scope === 'chain' ? options.revocation.mode : 'prefer',
    scope: 'chain'
  }
})
