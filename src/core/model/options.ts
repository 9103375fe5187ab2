import type { Moment } from './moment.ts'
import type { Subtrees } from './name.ts'
import { anyExtendedKeyUsage, isOid } from './oids.ts'

/** An identity that the end-entity certificate must have, normalised and well formed (RFC 9525 §6.1). */
export type ReferenceIdentity =
  /** A-labels in lower case without a trailing dot. `asked` is what the request said. */
  | { readonly type: 'dns'; readonly value: string; readonly asked: string }
  | { readonly type: 'ip'; readonly value: Uint8Array; readonly asked: string }
  | { readonly type: 'email'; readonly value: string; readonly asked: string }
  | { readonly type: 'uri'; readonly value: string; readonly asked: string }

/** RFC 5280 §6.1.1 (c), (e) to (g) */
export interface PolicyInputs {
  /** The user-initial-policy-set; undefined for any-policy. */
  readonly initial: readonly string[] | undefined
  readonly requireExplicit: boolean
  readonly inhibitMapping: boolean
  readonly inhibitAny: boolean
}

export interface AnchorRules {
  /** The anchor's own validity period counts. */
  readonly validity: boolean
  /** What the anchor's certificate says of form, constraints, usages and policies counts (RFC 5937). */
  readonly constraints: boolean
  /** A target that is itself a trust anchor is accepted. */
  readonly acceptTarget: boolean
}

export interface RevocationOptions {
  readonly mode: 'off' | 'prefer' | 'require'
  readonly scope: 'leaf' | 'chain'
  /** Seconds; undefined for any age. */
  readonly maxAge: number | undefined
}

export type SecurityLevel = 0 | 1 | 2 | 3 | 4 | 5

/** The inputs of a validation beside its certificates: RFC 5280 §6.1.1 and what the contract adds. */
export interface ValidationOptions {
  readonly time: Moment
  /** Seconds by which `time` may be off in a certificate's favour. */
  readonly clockSkew: number
  readonly identities: readonly ReferenceIdentity[]
  readonly identitiesMatch: 'all' | 'any'
  /** OIDs; empty where no purpose is judged. */
  readonly purposes: readonly string[]
  readonly purposesMatch: 'all' | 'any'
  /** Bits of `keyUsageBits` that the end-entity must assert where it has the extension. */
  readonly keyUsage: number
  readonly profile: 'rfc5280' | 'webpki'
  readonly certificateRules: 'path' | 'strict'
  /** RFC 5280 §6.1.1 (h), (i): an empty `permitted` permits all. */
  readonly nameConstraints: Subtrees
  readonly policies: PolicyInputs
  readonly anchorRules: AnchorRules
  /** Non-self-issued intermediates at most; undefined for no limit but the path's depth. */
  readonly maxIntermediates: number | undefined
  readonly securityLevel: SecurityLevel
  readonly revocation: RevocationOptions
  readonly explain: 'none' | 'path' | 'all'
  /** The target signs evidence about another certificate: what a trust store says of end entities is not about it. */
  readonly signer: boolean
}

/** RFC 5280 §4.2.1.12 and RFC 6960 §4.2.2.2: the purposes that have names in the contract. */
export const purposeOids = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9'
} as const

const oidByName = new Map<string, string>(Object.entries(purposeOids))

/** The OID of a purpose that is given by its name or its OID; undefined for a text that is neither. */
export const purposeOid = (text: string): string | undefined => oidByName.get(text) ?? (isOid(text) ? text : undefined)

export const purposeRule = `must be one of ${[...oidByName.keys()].join(', ')} or an OID in dotted form`

const nameByOid = new Map<string, string>([
  ...Object.entries(purposeOids).map(([name, oid]) => [oid, name] as const),
  [anyExtendedKeyUsage, 'anyExtendedKeyUsage']
])

/** A purpose by the name that it has in the contract, else by its OID. */
export const purposeName = (oid: string): string => nameByOid.get(oid) ?? oid

export const purposesText = (purposes: readonly string[]): string => purposes.map(purposeName).join(', ')
