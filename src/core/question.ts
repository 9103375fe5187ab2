import { trustStore } from './decode/input/trust-store.ts'
import { createVerifier } from './match/key/signature.ts'
import { statusBook } from './match/status/status-book.ts'
import type { CrlCandidate } from './model/crl.ts'
import { type Finding, warning } from './model/finding.ts'
import { Budget, type Limits } from './model/limits.ts'
import type { OcspCandidate } from './model/ocsp.ts'
import type { ValidationOptions } from './model/options.ts'
import type { Candidate, CheckContext } from './model/path.ts'
import type { MaterialField, ReadField } from './model/read-field.ts'
import type { Refusal, RefusalError, ValidationRequest, ValidationSettings } from './model/request.ts'
import type { TrustAnchor, TrustStore } from './model/trust-store.ts'
import type { Gathered } from './model/wanted.ts'
import type { CandidatesBySubject } from './path/by-subject.ts'
import { type Found, findPath } from './path/find.ts'
import { evidenceSigners } from './path/signers.ts'
import { readField } from './request/material.ts'
import { readOcspResponses } from './request/ocsp-responses.ts'
import { Complaints, readOptions } from './request/options.ts'

/** A request that was read: what it asks, and all that there is to answer it with. */
export interface Question {
  readonly options: ValidationOptions
  readonly chain: ReadField
  /** Candidates beside the chain: `intermediates`, and issuers that were fetched. */
  readonly others: readonly Candidate[]
  /** The `caBundle` of the request comes before the stores, in order of preference. */
  readonly trust: readonly TrustStore[]
  /** How many certificates `caBundle` has. */
  readonly ownAnchors: number
  readonly crls: readonly CrlCandidate[]
  readonly ocspResponses: readonly OcspCandidate[]
  readonly unreachable: Gathered['unreachable'] | undefined
  /** Whether a private key came with it, in whatever place. */
  readonly heldPrivateKey: boolean
  /** About the input: they belong to no certificate of a path. */
  readonly warnings: readonly Finding[]
}

/** Reads a request whole, or says why it cannot be answered. */
export const readQuestion = (
  request: ValidationRequest,
  stores: readonly TrustStore[],
  settings: ValidationSettings,
  gathered: Gathered | undefined
): Question | Refusal => {
  const complaints = new Complaints()
  const options = readOptions(request, settings, complaints)
  if (complaints.errors.length > 0) return refusal(400, complaints.errors)

  const material = readMaterial(request, settings)
  if ('kind' in material) return material
  const { chain, intermediates, caBundle, crls } = material
  const fields = [chain, intermediates, caBundle, crls]
  const left = fields.reduce((sum, { count }) => sum - count, settings.maxCertificates)
  const responses = readOcspResponses(request.ocspResponses ?? [], left, settings.limits)
  if (responses.kind === 'too-many') return tooMany('ocspResponses', settings.maxCertificates)
  if (responses.kind === 'unreadable') return refusal(422, responses.errors)

  const trust = request.caBundle === undefined ? stores : [ownStore(caBundle.certificates), ...stores]
  return {
    options,
    chain,
    others: gathered === undefined ? intermediates.certificates : [...intermediates.certificates, ...gathered.issuers],
    trust,
    ownAnchors: caBundle.certificates.length,
    crls: [...crls.crls, ...trust.flatMap((store) => store.crls), ...(gathered?.crls ?? [])],
    ocspResponses: [...responses.responses, ...(gathered?.ocspResponses ?? [])],
    unreachable: gathered?.unreachable,
    heldPrivateKey: fields.some((field) => field.heldPrivateKey),
    warnings: [
      ...fields.flatMap((field) => field.warnings),
      ...responses.warnings,
      ...fetchingWarnings(request, settings)
    ]
  }
}

const ownStores = new WeakMap<readonly TrustAnchor[], TrustStore>()

/** The store that a `caBundle` is: once for each reading of it, which may serve many requests. */
const ownStore = (anchors: readonly TrustAnchor[]): TrustStore => {
  const known = ownStores.get(anchors)
  if (known !== undefined) return known
  const made = trustStore({ name: null, version: null, anchors })
  ownStores.set(anchors, made)
  return made
}

/** A target, and what its path may be built of. */
export interface Candidates {
  readonly target: Candidate
  readonly candidates: readonly Candidate[]
  /** The same by subject, where they are indexed already. */
  readonly named?: CandidatesBySubject
  /** What else may have signed evidence; the candidates, where it is left out. */
  readonly signers?: readonly Candidate[]
}

/** What was found of a path, and what it was judged with. */
export interface Examined {
  readonly found: Found
  readonly context: CheckContext
}

/** What the limit of signatures is made for. */
const fewCertificates = 16

/** With each certificate more come two signatures: it may have to be held against an issuer and an anchor. */
const limitsFor = (certificates: number, limits: Limits): Limits => ({
  ...limits,
  signatureChecks: limits.signatureChecks + 2 * Math.max(0, certificates - fewCertificates)
})

/** Looks for a path from `target`, with limits that are all unspent. */
export const examine = (
  { options, trust, ownAnchors, crls, ocspResponses, unreachable }: Question,
  { target, candidates, named, signers = candidates }: Candidates,
  { limits, memory, allowance }: ValidationSettings
): Examined => {
  const budget = new Budget(limitsFor(candidates.length + ownAnchors, limits), allowance)
  const context: CheckContext = {
    options,
    budget,
    crls,
    ocspResponses,
    certificates: signers,
    unreachable,
    signers: evidenceSigners(signers, trust),
    statuses: statusBook(),
    verify: createVerifier(budget, memory)
  }
  return { found: findPath(target, named ?? candidates, trust, context), context }
}

type Fields = Readonly<Record<MaterialField, ReadField>>

const nothing: ReadField = {
  certificates: [],
  crls: [],
  unreadable: [],
  warnings: [],
  privateKey: undefined,
  heldPrivateKey: false,
  count: 0
}

/** Reads all fields with certificates and CRLs, together at most `most` objects. */
const readMaterial = (
  request: ValidationRequest,
  { maxCertificates: most, limits, memory }: ValidationSettings
): Fields | Refusal => {
  const fields: Record<MaterialField, ReadField> = {
    chain: nothing,
    intermediates: nothing,
    caBundle: nothing,
    crls: nothing
  }
  const errors: RefusalError[] = []
  let left = most
  for (const field of ['chain', 'intermediates', 'caBundle', 'crls'] as const) {
    const material = request[field]
    if (material === undefined) continue
    const read = readField(field, material, left, limits.asn1Depth, memory)
    if (!('kind' in read)) {
      fields[field] = read
      left -= read.count
    } else if (read.kind === 'too-many') {
      return tooMany(field, most)
    } else {
      errors.push(...read.errors)
    }
  }
  return errors.length > 0 ? refusal(422, errors) : fields
}

const tooMany = (field: string, most: number): Refusal => {
  const detail = `The request holds more than ${most} certificates and other objects.`
  return refusal(413, [{ pointer: `/${field}`, code: 'too-many-certificates', detail }])
}

const refusal = (status: Refusal['status'], errors: readonly RefusalError[]): Refusal => {
  const [first] = errors
  if (first === undefined) throw new Error('a refusal needs a reason')
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more faults)` : ''
  return { kind: 'refusal', status, code: first.code, detail: `${first.pointer}: ${first.detail}${more}`, errors }
}

export const allowsFetching = ({ fetchIssuers, revocation }: ValidationRequest): boolean =>
  fetchIssuers === true || revocation?.fetch === true

/** Fetching is a permission: where nobody fetches, the request is answered by what came with it. */
const fetchingWarnings = (request: ValidationRequest, { fetching }: ValidationSettings): readonly Finding[] =>
  fetching !== true && allowsFetching(request) ? [warning('fetching-unavailable', null, {})] : []
