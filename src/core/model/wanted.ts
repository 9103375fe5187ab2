import type { Certificate } from './certificate.ts'
import type { CrlCandidate } from './crl.ts'
import type { OcspCandidate } from './ocsp.ts'
import type { Candidate } from './path.ts'
import type { Unreachable } from './revocation.ts'

/**
 * What of outside would help a validation to another outcome: the core says it, and somebody else may get it. URLs are as
 * the certificates have them, of http and https alone, and a few of each kind.
 */
export type Want =
  /** A path ends at this certificate, for its issuer is missing. */
  | { readonly kind: 'issuer'; readonly certificate: Certificate; readonly urls: readonly string[] }
  /** It is needed and not known whether this certificate of this issuer is revoked. */
  | {
      readonly kind: 'status'
      readonly certificate: Certificate
      readonly issuer: Certificate
      readonly responders: readonly string[]
      /** For each CRL, the places where it is. */
      readonly crls: readonly (readonly string[])[]
    }

/** What was got of what was wanted. Sources are `fetched:URL`. */
export interface Gathered {
  readonly issuers: readonly Candidate[]
  readonly crls: readonly CrlCandidate[]
  readonly ocspResponses: readonly OcspCandidate[]
  /** By the fingerprint of the certificate that it was wanted for. */
  readonly unreachable: ReadonlyMap<string, readonly Unreachable[]>
}
