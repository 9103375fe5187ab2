import type { AnchorConstraints } from './anchor-constraints.ts'
import type { AlgorithmIdentifier, Certificate } from './certificate.ts'
import type { CrlCandidate } from './crl.ts'
import type { Fault } from './finding.ts'
import type { Budget } from './limits.ts'
import type { OcspCandidate } from './ocsp.ts'
import type { ValidationOptions } from './options.ts'
import type { PublicKey } from './public-key.ts'
import type { StatusBook, Unreachable } from './revocation.ts'

/** A certificate and where it came from: `chain[n]`, `intermediates[n]`, `caBundle[n]`, `trustStore:NAME` or `fetched:URL`. */
export interface Candidate {
  readonly certificate: Certificate
  readonly source: string
}

/** A candidate path, end-entity first. */
export interface CandidatePath {
  readonly entries: readonly Candidate[]
  /** Whether the last entry is a trust anchor; where it is also the first, the target itself is the anchor. */
  readonly anchored: boolean
  /** Where the anchor came from, if it is the target itself: its entry says where the target came from. */
  readonly anchorSource?: string
  /** What the store says of the anchor; undefined where it says nothing, and where the path ends at none. */
  readonly anchorConstraints?: AnchorConstraints | undefined
}

export type Role = 'end-entity' | 'intermediate' | 'trust-anchor'

/** The rules for an end entity hold for a target that is itself an anchor, so the first entry never has another role. */
export const roleAt = (path: CandidatePath, index: number): Role => {
  if (index === 0) return 'end-entity'
  return path.anchored && index === path.entries.length - 1 ? 'trust-anchor' : 'intermediate'
}

/** What an entry's certificate is held to: an anchor's own contents count only where the request leaves them counting. */
export const constraintsCount = (path: CandidatePath, index: number, options: ValidationOptions): boolean =>
  roleAt(path, index) !== 'trust-anchor' || options.anchorRules.constraints

/** Anything signed by the rules of RFC 5280 §4.1.1: a certificate or a CRL. */
export interface Signed {
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier | undefined
  readonly signature: Uint8Array | undefined
}

export type SignatureFault = Fault<
  'signature-invalid' | 'signature-algorithm-unsupported' | 'public-key-malformed' | 'limit-reached'
>

/** Who signed evidence, as far as its own path tells. */
export type JudgedSigner =
  /** `until`: seconds since 1970-01-01T00:00:00Z, the last one at which the path and what it rests on is valid. */
  | { readonly valid: true; readonly key: PublicKey; readonly until: number }
  /** `problem` goes on after the signer's source: `whose own path is not valid: …`. */
  | { readonly valid: false; readonly problem: string }

/** Certificates that may have signed evidence without standing in the path that is judged: RFC 5280 §6.3.3 (f). */
export interface EvidenceSigners {
  /** All that were sent or are trusted with that key of their subject, each once. */
  named(subject: string): readonly Candidate[]
  /**
   * Judges a signer by a path of its own to `anchor`, the last entry of the path which is judged, by every rule and its own status.
   * It must not rest on certificates whose own status is `inQuestion`. Remembers its answers for the request. Throws `LimitReached`.
   */
  judge(
    signer: Candidate,
    question: { readonly anchor: Candidate; readonly inQuestion: readonly Certificate[] },
    context: CheckContext
  ): JudgedSigner
}

/** What a check has beside the path. All evidence is here before the first check runs. */
export interface CheckContext {
  readonly options: ValidationOptions
  readonly budget: Budget
  readonly crls: readonly CrlCandidate[]
  readonly ocspResponses: readonly OcspCandidate[]
  /** What came beside the path: certificates of those who sign evidence may be among it. */
  readonly certificates: readonly Candidate[]
  readonly signers: EvidenceSigners
  /** What was asked in vain about a certificate, by its fingerprint; undefined where nothing was fetched. */
  readonly unreachable?: ReadonlyMap<string, readonly Unreachable[]> | undefined
  /** The check of revocation writes it, and the answer is read from it. */
  readonly statuses: StatusBook
  /**
   * Whether `signed` verifies under `key`; undefined if it does. Remembers its answers for the request, and spends
   * `signatureChecks` before what it has not verified yet.
   */
  verify(signed: Signed, key: PublicKey): SignatureFault | undefined
}
