import type { Details, Json } from './code-row.ts'
import type { Code } from './codes.ts'
import type { RevocationReason } from './crl.ts'
import type { Role } from './path.ts'
import type { EvidenceType } from './revocation.ts'

/** The answer of `POST /validate`, plain JSON with its fields in the order of the contract. */
export interface Verdict {
  /** True only where `outcome` is `valid`. */
  readonly valid: boolean
  readonly outcome: 'valid' | 'invalid' | 'indeterminate'
  /** The time of validation, RFC 3339 in UTC. */
  readonly checkedAt: string
  /** The valid path, or the best candidate, end-entity first; empty with `explain: "none"`. */
  readonly path: readonly PathEntry[]
  /** Every violation on that path; empty if and only if `valid`. */
  readonly errors: readonly VerdictFinding[]
  /** What never changes the verdict. */
  readonly warnings: readonly VerdictFinding[]
  /** Null where no path leads to one. */
  readonly trustAnchor: TrustAnchorReference | null
  /** The stores that were consulted, in their order. */
  readonly trust: readonly StoreReference[]
  /**
   * RFC 3339: until when the answer as a whole can be relied upon, and from when on asking again may give another one. Null
   * where time changes nothing.
   */
  readonly checkAgainAt: string | null
  /** What changes then. */
  readonly checkAgainReason: CheckAgainReason | null
  /** One for each name asked for, in the order of the request, where names were asked for. */
  readonly matchedNames?: readonly MatchedName[]
  /** The user-constrained policy set, where the path is valid: `2.5.29.32.0` for any policy. */
  readonly policies?: readonly string[]
  /** Where a private key came in `chain`. */
  readonly privateKey?: PrivateKeyReport
  /** What was asked for beyond what the service had at hand, where anything was. */
  readonly fetches?: readonly FetchReport[]
  /** `explain: "all"`: every candidate path, nearest to valid first. */
  readonly attempts?: readonly Attempt[]
  /**
   * `explain: "all"`: from when to when the chain is valid without a gap, around the time of validation, or where it is not valid then
   * around the nearest time at which it is. Null where it is valid at no time that was found.
   */
  readonly timeline?: Timeline | null
  /** `explain: "all"`, where it is not valid: changes of the request with each of which it would be, the smallest first. */
  readonly wouldBeValid?: readonly Counterfactual[]
}

export interface Timeline {
  /** RFC 3339: the first and the last second; null where nothing begins or ends it. */
  readonly validFrom: string | null
  /** What is wrong a second before. */
  readonly begins: TimelineEdge | null
  readonly validUntil: string | null
  /** What is wrong a second later. */
  readonly ends: TimelineEdge | null
}

/** The first error on the path that was valid up to there; `limit-reached` where what lies beyond was not tried. */
export interface TimelineEdge {
  readonly code: Code
  readonly message: string
  readonly certificate: { readonly fingerprint: string; readonly subject: string; readonly source: string } | null
}

/** What a change is about. */
export const changeKinds = [
  'time',
  'name',
  'purpose',
  'keyUsage',
  'trust',
  'trustStore',
  'intermediate',
  'maxIntermediates',
  'securityLevel',
  'policies',
  'nameConstraints',
  'rules',
  'revocation'
] as const

export type ChangeKind = (typeof changeKinds)[number]

/** A change of the request with which the chain is valid: it was validated again with it. */
export interface Counterfactual {
  readonly changes: readonly { readonly kind: ChangeKind; readonly message: string }[]
  /** Members of the request to be replaced, and where null to be left out, as by RFC 7396. */
  readonly set: { readonly [field: string]: Json }
  /** PEM to be put at the end of fields of the request. */
  readonly add: { readonly caBundle?: string; readonly intermediates?: string }
}

/** Why an answer changes with time, or with evidence; or why it changes with neither. */
export const checkAgainReasons = [
  /** Valid until then: a certificate of the path expires. */
  'certificate-expires',
  /** Valid until then: evidence that a certificate is not revoked goes out of date. */
  'evidence-expires',
  /** Not valid before: a certificate becomes valid then. */
  'certificate-becomes-valid',
  /** Revoked for now: the evidence that tells of a hold goes out of date then, and the hold may end. */
  'hold-may-end',
  /** Indeterminate until then: evidence is of a later time. */
  'evidence-becomes-current',
  /** Indeterminate: newer evidence should be there already, so the time is that of the validation. */
  'evidence-stale',
  /** Indeterminate: evidence is missing, or cannot be used. The time is that of the validation: waiting alone changes nothing. */
  'evidence-missing',
  /** Indeterminate: the same request ends at the same limit at any time, so there is no time. */
  'limit-reached'
] as const

export type CheckAgainReason = (typeof checkAgainReasons)[number]

/** What is known of the revocation of a certificate. */
export interface RevocationReport {
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Where revoked: RFC 5280 §5.3.1. */
  readonly reason?: RevocationReason
  /** RFC 3339. */
  readonly revokedAt?: string
  readonly invalidityDate?: string
  /** What the status rests on; empty where it is unknown. */
  readonly evidence: readonly EvidenceReport[]
}

/** A CRL or an OCSP response. */
export interface EvidenceReport {
  readonly type: EvidenceType
  /** `crls[n]`, `ocspResponses[n]`, `trustStore:NAME` or `fetched:URL`. */
  readonly source: string
  /** RFC 3339; null where it does not say. */
  readonly thisUpdate: string | null
  readonly nextUpdate: string | null
}

export interface PathEntry {
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string
  /** RFC 4514. */
  readonly subject: string
  readonly issuer: string
  /** The INTEGER's octets in lower-case hex. */
  readonly serialNumber: string
  /** RFC 3339; null where the certificate's own time cannot be read. */
  readonly notBefore: string | null
  readonly notAfter: string | null
  readonly role: Role
  /** `chain[n]`, `intermediates[n]`, `caBundle[n]`, `trustStore:NAME` or `fetched:URL`. */
  readonly source: string
  /** Where the status of this certificate was asked. */
  readonly revocation?: RevocationReport
}

/** A finding as people and clients read it. */
export interface VerdictFinding {
  readonly code: Code
  /** `/errors/CODE`, where the code is explained. */
  readonly type: string
  readonly message: string
  /** An index in the path, end-entity first; null for the path as a whole. */
  readonly certificate: number | null
  readonly reference: string
  /** What a person can do about it. */
  readonly remedy: string
  readonly details: Details
}

export interface TrustAnchorReference {
  readonly fingerprint: string
  readonly subject: string
  readonly source: string
}

export interface StoreReference {
  /** Null for the `caBundle` of the request. */
  readonly name: string | null
  readonly version: string | null
  readonly digest: string
}

/** Which alternative name of the end-entity certificate matched a name that was asked for. */
export interface MatchedName {
  readonly type: 'dns' | 'ip' | 'email' | 'uri'
  /** As the request said it. */
  readonly value: string
  /** The alternative name as the certificate says it, or null where none matched. */
  readonly matched: string | null
}

export interface PrivateKeyReport {
  /** Whether it belongs to the first certificate; null where it is encrypted. */
  readonly matches: boolean | null
  readonly precedesCertificate: boolean
  readonly encrypted: boolean
}

/** What was asked for outside, and what came of it. */
export interface FetchReport {
  readonly url: string
  readonly kind: 'crl' | 'ocsp' | 'issuer'
  /** `kept`: it had been fetched before, by this process or another. */
  readonly outcome: 'fetched' | 'kept' | 'failed'
  /** Why it failed, as the rest of a sentence that begins with the URL. */
  readonly reason?: string
}

export interface Attempt {
  readonly path: readonly PathEntry[]
  readonly outcome: 'valid' | 'invalid' | 'indeterminate'
  readonly errors: readonly VerdictFinding[]
}
