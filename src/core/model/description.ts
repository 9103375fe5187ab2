import type { InputFault, PrivateKeyBlock } from './bundle.ts'
import type { Json } from './code-row.ts'
import type { Code } from './codes.ts'

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
  /** What it says, in a form of its own for each extension; null where it is not known or cannot be read. */
  readonly value: Json
  /** What the OCTET STRING holds, in lower-case hex, where `value` is null. */
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
  /** Extended key usage by name or OID; null where it has none, and so allows all. */
  readonly purposes: readonly string[] | null
  readonly extensions: readonly ExtensionItem[]
  readonly faults: readonly DescribedFault[]
  readonly warnings: readonly DescribedFault[]
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
  | (CertificateDescription & { readonly trust?: TrustItem })
  | CrlDescription
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
      readonly object: 'certificate' | 'crl' | 'private-key' | 'unknown'
      readonly code: InputFault['code'] | 'crl-malformed'
      readonly reason: string
    }
  /** What is neither wrong nor looked into, as a certificate request. */
  | { readonly type: 'other'; readonly what: string }
)
