import type { CrlCandidate } from './crl.ts'
import type { Subtrees } from './name.ts'
import type { Candidate } from './path.ts'

/** What a store says of one of its anchors beside what the anchor's own certificate says; each narrows what it is trusted for. */
export interface AnchorConstraints {
  /** Seconds since 1970-01-01T00:00:00Z: an end entity whose notBefore is later is not trusted. */
  readonly distrustAfter: number | undefined
  /** OIDs of the purposes that it is trusted for; undefined for all. */
  readonly purposes: readonly string[] | undefined
  /** OIDs of purposes that it is not trusted for, whatever `purposes` says. */
  readonly rejectedPurposes: readonly string[]
  /** An empty `permitted` permits all. */
  readonly names: Subtrees
  /** OIDs of the certificate policies that it is trusted for; undefined for any. */
  readonly policies: readonly string[] | undefined
}

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
