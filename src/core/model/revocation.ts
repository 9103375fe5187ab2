import type { Certificate } from './certificate.ts'
import type { RevocationReason } from './crl.ts'

/** The two kinds of evidence: RFC 5280 §6.3 and RFC 6960. */
export type EvidenceType = 'crl' | 'ocsp'

/** A CRL or an OCSP response that a status rests on. */
export interface Evidence {
  readonly type: EvidenceType
  /** `crls[n]`, `ocspResponses[n]`, `trustStore:NAME` or `fetched:URL`. */
  readonly source: string
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly thisUpdate: number | undefined
  readonly nextUpdate: number | undefined
}

/** Evidence that was looked at and could not decide. */
export interface RejectedEvidence {
  readonly type: EvidenceType
  readonly source: string
  /**
   * Not as it must be; signed by somebody who may not; signed by a key whose certificate is missing; not for this
   * certificate; or not current.
   */
  readonly kind: 'invalid' | 'unauthorized' | 'other-key' | 'scope' | 'stale'
  /** What is wrong with it, as the rest of a sentence that begins with its source. */
  readonly problem: string
  readonly reference?: string
  /** For stale evidence. */
  readonly staleness?: Staleness
}

/** A place that was asked in vain. */
export interface Unreachable {
  readonly url: string
  /** As the rest of a sentence that begins with the URL. */
  readonly reason: string
}

export interface Staleness {
  readonly why: 'next-update-passed' | 'older-than-max-age' | 'no-next-update' | 'not-yet-issued'
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
}

/** Authentic, current evidence vouches for the certificate. */
export interface GoodStatus {
  readonly status: 'good'
  /** All that it takes, as a complete CRL with its delta CRL, or CRLs that only together cover all reasons. */
  readonly evidence: readonly Evidence[]
  /** Seconds since 1970-01-01T00:00:00Z: the last one at which the same evidence still vouches for it. */
  readonly until: number
}

/** Authentic evidence lists the certificate. */
export interface RevokedStatus {
  readonly status: 'revoked'
  readonly evidence: readonly Evidence[]
  readonly reason: RevocationReason
  /** Seconds since 1970-01-01T00:00:00Z, as are the others. */
  readonly revokedAt: number | undefined
  readonly invalidityDate: number | undefined
  /** For a hold, which may end: the last second at which the same evidence still tells of it. Undefined for good. */
  readonly until: number | undefined
}

/** No evidence decides: `rejected` is what there was, in its order. */
export interface UnknownStatus {
  readonly status: 'unknown'
  readonly rejected: readonly RejectedEvidence[]
}

/** What the evidence says of one certificate. */
export type RevocationStatus = GoodStatus | RevokedStatus | UnknownStatus

/**
 * What was found out of revocation in one request, so that the answer can tell it without asking twice, and what could not
 * be found out.
 */
export interface StatusBook {
  /** By path (the object) and position. */
  get(path: object, at: number): RevocationStatus | undefined
  keep(path: object, at: number, status: RevocationStatus): void
  /** Notes a certificate whose status is needed and unknown. */
  want(certificate: Certificate): void
  /** Those that were noted, on whatever path they stand, each once: new evidence of these would help. */
  readonly wanted: readonly Certificate[]
}
