import type { RevocationReason } from './crl.ts'

/** Evidence that was looked at and could not decide. */
export interface RejectedEvidence {
  readonly source: string
  /** Not as it must be; of another key; not for this certificate; or not current. */
  readonly kind: 'invalid' | 'other-key' | 'scope' | 'stale'
  /** What is wrong with it, as the rest of a sentence that begins with its source. */
  readonly problem: string
  readonly reference?: string
  /** For stale evidence. */
  readonly staleness?: Staleness
}

export interface Staleness {
  readonly why: 'next-update-passed' | 'older-than-max-age' | 'not-yet-issued'
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
}

/** What the evidence says of one certificate. */
export type RevocationStatus =
  | { readonly status: 'good'; readonly source: string }
  | {
      readonly status: 'revoked'
      readonly source: string
      readonly reason: RevocationReason
      readonly revokedAt: number | undefined
      readonly invalidityDate: number | undefined
    }
  | { readonly status: 'unknown'; readonly rejected: readonly RejectedEvidence[] }
