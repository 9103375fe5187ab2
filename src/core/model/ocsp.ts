import type { AlgorithmIdentifier, Certificate } from './certificate.ts'
import type { RevocationReason } from './crl.ts'
import type { Fault } from './finding.ts'
import type { Name } from './name.ts'

/** Object identifiers of OCSP: RFC 6960 §4.2.1, §4.2.2.2.1 and §4.4. */
export const ocspOids = {
  basicResponse: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  crlReferences: '1.3.6.1.5.5.7.48.1.3',
  noCheck: '1.3.6.1.5.5.7.48.1.5',
  archiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  extendedRevoke: '1.3.6.1.5.5.7.48.1.9'
} as const

/** RFC 6960 §4.2.1: OCSPResponseStatus by its number; 4 is not used. */
export const ocspStatuses = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized'
] as const

export type OcspResponseStatus = Exclude<(typeof ocspStatuses)[number], undefined>

/** The hashes that a CertID may name its issuer by, as node:crypto calls them. */
export type CertIdHash = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/** RFC 6960 §4.1.1: which certificate is asked or answered for. Hashes and the serial number are lower-case hex. */
export interface CertId {
  /** Undefined where the hash is none that is understood. */
  readonly hash: CertIdHash | undefined
  readonly issuerNameHash: string
  readonly issuerKeyHash: string
  readonly serialNumber: string
}

/** RFC 6960 §4.2.1: CertStatus. Times are seconds since 1970-01-01T00:00:00Z. */
export type CertStatus =
  | { readonly type: 'good' }
  | { readonly type: 'revoked'; readonly revokedAt: number; readonly reason: RevocationReason | undefined }
  | { readonly type: 'unknown' }

/** RFC 6960 §4.2.1: what a response says of one certificate. */
export interface SingleResponse {
  readonly certId: CertId
  readonly status: CertStatus
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  /** RFC 5280 §5.3.2, by RFC 6960 §4.4.5. */
  readonly invalidityDate: number | undefined
  /** RFC 6960 §4.4.4: certificates that expired before it are not known any more. */
  readonly archiveCutoff: number | undefined
  /** RFC 6960 §4.4.2: the CRL that the answer was taken from. */
  readonly crl: CrlReference | undefined
  /** OID of a critical extension that is not understood. */
  readonly unknownCritical: string | undefined
}

/** RFC 6960 §4.4.2 */
export interface CrlReference {
  readonly url: string | undefined
  /** The INTEGER's octets in lower-case hex. */
  readonly number: string | undefined
  readonly time: number | undefined
}

/** RFC 6960 §4.2.1: who signed, by name or by the SHA-1 of the key (lower-case hex). */
export type ResponderId =
  | { readonly type: 'name'; readonly name: Name }
  | { readonly type: 'key'; readonly keyHash: string }

/** What is wrong with one answer in a response, or the answer. */
export type ReadSingleResponse =
  | { readonly ok: true; readonly value: SingleResponse }
  | { readonly ok: false; readonly reason: string }

/** RFC 6960 §4.2.1: BasicOCSPResponse, as a lazy and strict view over its DER. Answers are indexed, and read when they are asked for. */
export interface BasicOcspResponse {
  /** The signed octets: ResponseData as it came. */
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier | undefined
  readonly signature: Uint8Array | undefined
  readonly responder: ResponderId | undefined
  readonly producedAt: number | undefined
  /** Lower-case hex of what the responder has taken over from the request: RFC 9654 §2.1. */
  readonly nonce: string | undefined
  /** Those that came to help verify the signature, as far as they can be split. */
  readonly certificates: readonly Certificate[]
  /** How many certificates it answers for. */
  readonly count: number
  /** Every answer about a serial number (lower-case hex of the INTEGER's octets), whoever issued it. */
  find(serialNumber: string): readonly ReadSingleResponse[]
  /** The first `most` answers, in their order. */
  answers(most: number): readonly ReadSingleResponse[]
  /** Everything in it that is not well formed or not understood, but for the answers themselves. */
  readonly faults: readonly Fault<'ocsp-response-invalid'>[]
}

export interface OcspResponse {
  readonly der: Uint8Array
  readonly status: OcspResponseStatus
  /** Undefined where the status is another than successful. */
  readonly basic: BasicOcspResponse | undefined
}

export interface OcspCandidate {
  readonly response: OcspResponse
  /** `ocspResponses[n]` or `fetched:URL` */
  readonly source: string
}

/** Whether evidence is a response that came with the request, as the peer has sent it, by its source. */
export const isStapled = (source: string): boolean => source.startsWith('ocspResponses[')
