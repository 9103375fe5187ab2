import type { AnchorConstraints } from './anchor-constraints.ts'
import type { CrlCandidate } from './crl.ts'
import type { Candidate } from './path.ts'

/** A certificate that is trusted, and what for. */
export interface TrustAnchor extends Candidate {
  /** Undefined where the store says nothing of it. */
  readonly constraints?: AnchorConstraints | undefined
}

/** An anchor of a store. */
export interface StoredAnchor extends TrustAnchor {
  /** Its index in `anchors` of the store. */
  readonly place: number
}

/**
 * The anchors of one trust store, as a snapshot that never changes: a reload builds a new one, so a validation in
 * progress keeps the store that it started with.
 */
export interface TrustStore {
  /** Null for the `caBundle` of a request. */
  readonly name: string | null
  /** What the source of the store says of its version, or null. */
  readonly version: string | null
  /** Lower-case hex SHA-256 over the anchors' fingerprints (lower-case hex too), sorted and joined without separators. */
  readonly digest: string
  /** Each certificate once, in the order of the store; their source is `trustStore:NAME` or `caBundle[n]`. */
  readonly anchors: readonly StoredAnchor[]
  /** `anchors` by the key of their subject, each list in the order of the store. */
  readonly anchorsBySubject: ReadonlyMap<string, readonly StoredAnchor[]>
  /** CRLs that the store brings as evidence for validations that ask for revocation; their source is `trustStore:NAME`. */
  readonly crls: readonly CrlCandidate[]
}
