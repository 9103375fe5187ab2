import type { Fault } from './finding.ts'
import type { GeneralName, Name, Subtrees } from './name.ts'
import type { PublicKey } from './public-key.ts'

/** RFC 5280 §4.1.1.2 */
export interface AlgorithmIdentifier {
  /** The whole SEQUENCE as it came. */
  readonly der: Uint8Array
  readonly oid: string
  /** The parameters as they came, header included; undefined where absent. */
  readonly parameters: Uint8Array | undefined
}

export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** What the OCTET STRING holds. */
  readonly value: Uint8Array
}

/** RFC 5280 §4.2.1.9 */
export interface BasicConstraints {
  readonly ca: boolean
  readonly pathLength: number | undefined
}

/** RFC 5280 §4.2.1.3: bit n of the BIT STRING is `1 << n` here. */
export const keyUsageBits = {
  digitalSignature: 1,
  nonRepudiation: 2,
  keyEncipherment: 4,
  dataEncipherment: 8,
  keyAgreement: 16,
  keyCertSign: 32,
  cRLSign: 64,
  encipherOnly: 128,
  decipherOnly: 256
} as const

export type KeyUsageName = keyof typeof keyUsageBits

/** RFC 5280 §4.2.1.1; key identifiers and serial numbers are lower-case hex. */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: string | undefined
  readonly issuer: readonly GeneralName[] | undefined
  readonly serialNumber: string | undefined
}

/** RFC 5280 §4.2.1.4; `unknownQualifiers` where there are qualifiers other than CPS pointers and user notices. */
export interface PolicyInformation {
  readonly oid: string
  readonly unknownQualifiers: boolean
}

/** RFC 5280 §4.2.1.5 */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string
  readonly subjectDomainPolicy: string
}

/** RFC 5280 §4.2.1.11 */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | undefined
  readonly inhibitPolicyMapping: number | undefined
}

/**
 * A certificate, as a lazy and strict view over its DER: what is not asked for is not read.
 *
 * What cannot be read stands in `faults` (asking for them reads everything) and is undefined in its own place, so a
 * rule that finds nothing has nothing to say, and the faults have it said already.
 */
export interface Certificate {
  readonly der: Uint8Array
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string
  /** The signed octets: TBSCertificate as it came. */
  readonly tbs: Uint8Array
  /** 1, 2 or 3; other numbers as they came, plus one. */
  readonly version: number
  /** The INTEGER's octets in lower-case hex. */
  readonly serialNumber: string
  /** The outer identifier; `innerSignatureAlgorithm` is the signed one. Undefined where it cannot be read. */
  readonly signatureAlgorithm: AlgorithmIdentifier | undefined
  readonly innerSignatureAlgorithm: AlgorithmIdentifier | undefined
  /** The signature's octets; undefined where the BIT STRING has unused bits. */
  readonly signature: Uint8Array | undefined
  readonly issuer: Name
  readonly subject: Name
  /** Equal subject and issuer, by RFC 5280 §7.1. */
  readonly selfIssued: boolean
  /** Seconds since 1970-01-01T00:00:00Z; undefined where malformed. */
  readonly notBefore: number | undefined
  readonly notAfter: number | undefined
  /** SubjectPublicKeyInfo as it came. */
  readonly spki: Uint8Array
  /** Undefined where the key is malformed or of an unsupported kind; the faults say which. */
  readonly publicKey: PublicKey | undefined
  readonly extensions: readonly Extension[]
  /** The first extension of that OID. */
  extension(oid: string): Extension | undefined
  readonly basicConstraints: BasicConstraints | undefined
  /** Bits of `keyUsageBits`. */
  readonly keyUsage: number | undefined
  readonly extendedKeyUsage: readonly string[] | undefined
  readonly subjectAlternativeNames: readonly GeneralName[] | undefined
  readonly nameConstraints: Subtrees | undefined
  readonly certificatePolicies: readonly PolicyInformation[] | undefined
  readonly policyMappings: readonly PolicyMapping[] | undefined
  readonly policyConstraints: PolicyConstraints | undefined
  readonly inhibitAnyPolicy: number | undefined
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined
  /** Lower-case hex. */
  readonly subjectKeyIdentifier: string | undefined
  /** Everything in it that is not well formed, whoever has to say so. Reads the whole certificate. */
  readonly faults: readonly Fault[]
  /** What is unusual about it without being an error, as a GeneralizedTime before 2050. */
  readonly oddities: readonly Fault[]
}
