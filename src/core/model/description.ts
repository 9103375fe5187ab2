import type { InputFault, PrivateKeyBlock } from './bundle.ts'
import type { Json } from './code-row.ts'
import type { Code } from './codes.ts'
import type { OcspResponseStatus } from './ocsp.ts'

/** What objects say, as plain JSON: the items of `POST /inspect`. Text of the input is safe to show to people. */

/** A name or a constraint; `oid` for an otherName of no known type, whose value is hex, as is that of types without text. */
export interface NameItem {
  readonly type: string
  readonly value: string
  readonly oid?: string
}

/** Something that is wrong with an object by itself, or unusual about it. */
export interface DescribedFault {
  readonly code: Code
  readonly message: string
  readonly reference: string
}

export interface ExtensionItem {
  readonly oid: string
  /** Null for one that is not known here. */
  readonly name: string | null
  readonly critical: boolean
  /** How many octets its OCTET STRING holds. */
  readonly length: number
  /** What it says, in a form of its own for each extension; null where it is not known, cannot be read, or is over 64 KiB. */
  readonly value: Json
  /** The octets in lower-case hex where `value` is null: all of them, or of more than 64 KiB the first 1,024. */
  readonly hex?: string
}

export interface KeyDescription {
  /** As people call it: RSA, P-256, Ed25519, or an OID. */
  readonly algorithm: string
  /** Null where it is not known. */
  readonly bits: number | null
  /** In bits, by NIST SP 800-57 Part 1 §5.6.1.1; null where it is not known. */
  readonly strength: number | null
}

export interface CertificateDescription {
  readonly type: 'certificate'
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string
  /** Lower-case hex; only for comparison with what other tools show. */
  readonly sha1: string
  /** Base64 SHA-256 of the SubjectPublicKeyInfo: RFC 7469 §2.4. */
  readonly spkiPin: string
  readonly version: number
  /** The INTEGER's octets in lower-case hex, the first 1,024 digits. */
  readonly serialNumber: string
  /** RFC 4514. */
  readonly subject: string
  readonly issuer: string
  /** RFC 3339; null where it cannot be read. */
  readonly notBefore: string | null
  readonly notAfter: string | null
  /** By its name, or its OID; null where it cannot be read. */
  readonly signatureAlgorithm: string | null
  /** Null where it cannot be read. */
  readonly publicKey: KeyDescription | null
  /** Whether it may issue certificates: basic constraints with cA TRUE. */
  readonly isCa: boolean
  /** How many CAs may follow; null for any number. */
  readonly pathLength: number | null
  /** Whether subject and issuer are the same. */
  readonly selfIssued: boolean
  /** Whether its own key has signed it; null where that was not tried, for the key or the work it would be. */
  readonly selfSigned: boolean | null
  readonly subjectAlternativeNames: readonly NameItem[]
  /** Null where it has no key usage, and so allows all. */
  readonly keyUsage: readonly string[] | null
  /**
   * What its key usage, extended key usage and basic constraints allow: purposes by name, `certificateSigning`, `crlSigning`. Whether
   * it is valid is another question.
   */
  readonly usableFor: readonly string[]
  /** Extended key usage by name or OID; null where it has none, and so allows all. */
  readonly purposes: readonly string[] | null
  readonly extensions: readonly ExtensionItem[]
  readonly faults: readonly DescribedFault[]
  readonly warnings: readonly DescribedFault[]
  /** Whether some list above has more than the thousand elements that are told. */
  readonly truncated: boolean
}

export interface CrlDescription {
  readonly type: 'crl'
  /** RFC 4514. */
  readonly issuer: string
  /** RFC 3339; null where absent or unreadable. */
  readonly thisUpdate: string | null
  readonly nextUpdate: string | null
  /** By its name, or its OID; null where it cannot be read. */
  readonly signatureAlgorithm: string | null
  readonly isDelta: boolean
  /** How many certificates it lists. */
  readonly entryCount: number
  readonly extensions: readonly ExtensionItem[]
  readonly faults: readonly DescribedFault[]
  /** Whether some list above has more than the thousand elements that are told. */
  readonly truncated: boolean
}

export interface CertificateRequestDescription {
  readonly type: 'certificate-request'
  readonly version: number
  /** RFC 4514. */
  readonly subject: string
  /** Base64 SHA-256 of the SubjectPublicKeyInfo. */
  readonly spkiPin: string
  /** Null where it cannot be read. */
  readonly publicKey: KeyDescription | null
  /** By its name, or its OID; null where it cannot be read. */
  readonly signatureAlgorithm: string | null
  /** Whether its own key has signed it; null where that was not tried, for the key or the work it would be. */
  readonly selfSignatureValid: boolean | null
  /** Names or OIDs: values may be secrets. */
  readonly attributes: readonly string[]
  /** Those that are asked for. */
  readonly extensions: readonly ExtensionItem[]
  readonly truncated: boolean
}

/** What an OCSP response says of one certificate; all but `reason` are null where it cannot be read, which `reason` says. */
export interface OcspAnswerDescription {
  /** The INTEGER's octets in lower-case hex. */
  readonly serialNumber: string | null
  /** As sha1; null where it is not known. */
  readonly hash: string | null
  readonly issuerNameHash: string | null
  readonly issuerKeyHash: string | null
  readonly status: 'good' | 'revoked' | 'unknown' | null
  /** RFC 3339. */
  readonly revokedAt: string | null
  readonly revocationReason: string | null
  readonly thisUpdate: string | null
  readonly nextUpdate: string | null
  readonly reason: string | null
}

export interface OcspResponseDescription {
  readonly type: 'ocsp-response'
  /** RFC 6960 §4.2.1; all else is empty where it is another than `successful`. */
  readonly status: OcspResponseStatus
  /** By its name (RFC 4514), or the SHA-1 of its key in lower-case hex. */
  readonly responder: { readonly name: string | null; readonly keyHash: string | null } | null
  /** RFC 3339. */
  readonly producedAt: string | null
  /** Lower-case hex. */
  readonly nonce: string | null
  readonly signatureAlgorithm: string | null
  readonly answerCount: number
  readonly answers: readonly OcspAnswerDescription[]
  /** Those that came with it. */
  readonly certificates: readonly { readonly fingerprint: string; readonly subject: string }[]
  readonly faults: readonly DescribedFault[]
  readonly truncated: boolean
}

/** A distinguished name as Python's ssl module has it. */
export type PythonName = readonly (readonly (readonly [string, string])[])[]

/** What Python's `ssl.SSLSocket.getpeercert()` gives, as JSON. */
export interface PythonCertificate {
  readonly subject: PythonName
  readonly issuer: PythonName
  readonly version: number
  readonly serialNumber: string
  readonly notBefore: string
  readonly notAfter: string
  readonly subjectAltName?: readonly (readonly [string, string | PythonName])[]
  readonly OCSP?: readonly string[]
  readonly caIssuers?: readonly string[]
  readonly crlDistributionPoints?: readonly string[]
}

/** What a check of validation has to say of a certificate by itself. */
export interface QuestionableItem extends DescribedFault {
  /** What it is in a validation with default options; those of the profile `webpki` in one with that profile. */
  readonly severity: 'error' | 'warning'
  /** The profile that holds it against the certificate: `rfc5280` for all. */
  readonly profile: 'rfc5280' | 'webpki'
}

/** What is told of a certificate beyond what it says. */
export interface CertificateRemarks {
  /** Null where Python would give none either. */
  readonly python: PythonCertificate | null
  readonly questionable: readonly QuestionableItem[]
}

/** Where an item stood in what was sent: its element of an array, and the line of its PEM block (1-based), null where there is none. */
export interface ItemPlace {
  readonly element: number | null
  readonly line: number | null
}

/** What a TRUSTED CERTIFICATE is trusted for and not, by name or OID; null for a list that it does not have. */
export interface TrustItem {
  readonly trusted: readonly string[] | null
  readonly rejected: readonly string[] | null
}

/** One item of what was sent, in its order. */
export type InspectedItem = { readonly place: ItemPlace } & (
  | (CertificateDescription & CertificateRemarks & { readonly trust?: TrustItem })
  | CrlDescription
  | CertificateRequestDescription
  | OcspResponseDescription
  | {
      readonly type: 'private-key'
      /** Of its PEM block. */
      readonly label: PrivateKeyBlock['label']
      readonly encrypted: boolean
      /** Whether it belongs to the first certificate; null where that cannot be told, as of an encrypted one. */
      readonly matches: boolean | null
    }
  /** What cannot be read; `object` is what it would have been, as far as its label tells. */
  | {
      readonly type: 'unreadable'
      readonly object: 'certificate' | 'crl' | 'private-key' | 'certificate-request' | 'ocsp-response' | 'unknown'
      readonly code: InputFault['code'] | 'crl-malformed' | 'ocsp-response-malformed' | 'certificate-request-malformed'
      readonly reason: string
    }
  /** What is neither wrong nor looked into, as parameters of a key. */
  | { readonly type: 'other'; readonly what: string }
)
