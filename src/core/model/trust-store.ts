import type { Candidate } from './path.ts'

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
  readonly anchors: readonly Candidate[]
  /** `anchors` by the key of their subject, each list in the order of the store. */
  readonly anchorsBySubject: ReadonlyMap<string, readonly Candidate[]>
}
