import type { AlgorithmIdentifier, AuthorityKeyIdentifier, Extension } from './certificate.ts'
import type { Fault } from './finding.ts'
import type { GeneralName, Name } from './name.ts'

/** Object identifiers of CRL extensions (RFC 5280 §5.2) and of CRL entry extensions (§5.3). */
export const crlExtensionOids = {
  cRLNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  holdInstructionCode: '2.5.29.23',
  invalidityDate: '2.5.29.24',
  deltaCRLIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  authorityKeyIdentifier: '2.5.29.35'
} as const

/** RFC 5280 §5.3.1: CRLReason by its number; 7 is not used. */
export const revocationReasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise'
] as const

export type RevocationReason = Exclude<(typeof revocationReasons)[number], undefined>

/** RFC 5280 §4.2.1.13: ReasonFlags, bit n as `1 << n`. These are all but bit 0, which is not used. */
export const allReasonFlags = 0x1fe

/** What a CRL says of one certificate: RFC 5280 §5.3. */
export interface RevokedEntry {
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly revokedAt: number | undefined
  /** RFC 5280 §5.3.1; undefined where the entry gives none. */
  readonly reason: RevocationReason | undefined
  readonly invalidityDate: number | undefined
}

/** RFC 5280 §4.2.1.13: names, or one RDN to be added to the CRL issuer's name (the contents of its SET). */
export type DistributionPointName =
  | { readonly type: 'full'; readonly names: readonly GeneralName[] }
  | { readonly type: 'relative'; readonly rdn: Uint8Array }

/** RFC 5280 §4.2.1.13 */
export interface DistributionPoint {
  readonly name: DistributionPointName | undefined
  /** ReasonFlags; undefined for all reasons. */
  readonly reasons: number | undefined
  readonly crlIssuer: readonly GeneralName[] | undefined
}

/** RFC 5280 §5.2.5 */
export interface IssuingDistributionPoint {
  readonly name: DistributionPointName | undefined
  readonly onlyContainsUserCerts: boolean
  readonly onlyContainsCACerts: boolean
  readonly onlyContainsAttributeCerts: boolean
  readonly indirectCRL: boolean
  /** ReasonFlags; undefined for all reasons. */
  readonly onlySomeReasons: number | undefined
}

/** A certificate revocation list, as a lazy and strict view over its DER: entries are indexed, not turned into objects. */
export interface Crl {
  readonly der: Uint8Array
  /** The signed octets: TBSCertList as it came. */
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier | undefined
  readonly signature: Uint8Array | undefined
  readonly issuer: Name
  readonly thisUpdate: number | undefined
  readonly nextUpdate: number | undefined
  readonly extensions: readonly Extension[]
  /** The first extension of that OID. */
  extension(oid: string): Extension | undefined
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined
  /** Undefined where the CRL has none, or one that cannot be read. */
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined
  /** RFC 5280 §5.2.3; undefined where the CRL has none, or one that cannot be read. */
  readonly number: bigint | undefined
  /** Whether it is a delta CRL: RFC 5280 §5.2.4. */
  readonly isDelta: boolean
  /** For a delta CRL, the least number of a complete CRL that it can be combined with. */
  readonly baseNumber: bigint | undefined
  /** How many certificates are listed. */
  readonly entryCount: number
  /**
   * The entry for a serial number (lower-case hex of the INTEGER's octets) of an issuer (the key of its name; the CRL's own
   * issuer by default), or undefined where it is not listed. Of several entries the first. It tells nothing where `faults`
   * is not empty.
   */
  find(serialNumber: string, issuer?: string): RevokedEntry | undefined
  /** Everything in it that is not well formed or not understood, entries included: reads the whole CRL. */
  readonly faults: readonly Fault<'crl-invalid'>[]
}

export interface CrlCandidate {
  readonly crl: Crl
  /** `crls[n]` */
  readonly source: string
}
