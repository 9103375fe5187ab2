import type { KeyUsageName } from './certificate.ts'
import type { Allowance, Limits } from './limits.ts'
import type { ValidationMemory } from './memory.ts'
import type { Holding } from './moment.ts'
import type { SecurityLevel } from './options.ts'
import type { TrustStore } from './trust-store.ts'
import type { Verdict } from './verdict.ts'
import type { Gathered, Want } from './wanted.ts'

/**
 * Certificates or CRLs as they came: PEM text, an array of PEM texts and base64 DER, or octets (PEM, DER or a
 * certs-only CMS message).
 */
export type Material = string | readonly string[] | Uint8Array

export type NameType = 'dns' | 'ip' | 'email' | 'uri'

export interface RequestedName {
  readonly type: NameType
  readonly value: string
}

export interface RequestedSubtree {
  readonly type: NameType | 'directory'
  readonly value: string
}

/**
 * What `POST /validate` is asked, as the contract has it: types, enumerations and ranges are checked, what they mean
 * (names, OIDs, times, contradictions) is not yet.
 */
export interface ValidationRequest<M = Material> extends ValidationRequestOptions {
  readonly chain: M
  readonly intermediates?: M
  readonly caBundle?: M
  readonly crls?: M
}

export interface ValidationRequestOptions {
  readonly trustStores?: readonly string[]
  /** RFC 3339. */
  readonly time?: string
  /** Seconds. */
  readonly clockSkew?: number
  readonly hostname?: string
  readonly names?: readonly RequestedName[]
  readonly namesMatch?: 'all' | 'any'
  readonly purpose?: string | readonly string[]
  readonly purposeMatch?: 'all' | 'any'
  readonly keyUsage?: readonly KeyUsageName[]
  readonly profile?: 'rfc5280' | 'webpki'
  readonly certificateRules?: 'path' | 'strict'
  readonly nameConstraints?: {
    readonly permitted?: readonly RequestedSubtree[]
    readonly excluded?: readonly RequestedSubtree[]
  }
  readonly policies?: {
    readonly initial?: readonly string[]
    readonly requireExplicit?: boolean
    readonly inhibitMapping?: boolean
    readonly inhibitAny?: boolean
  }
  readonly anchorRules?: {
    readonly validity?: boolean
    readonly constraints?: boolean
    readonly acceptTarget?: boolean
  }
  readonly maxIntermediates?: number
  readonly securityLevel?: SecurityLevel
  /** Base64. */
  readonly ocspResponses?: readonly string[]
  readonly revocation?: {
    readonly mode?: 'off' | 'prefer' | 'require'
    readonly scope?: 'leaf' | 'chain'
    /** Seconds. */
    readonly maxAge?: number
    readonly fetch?: boolean
  }
  readonly fetchIssuers?: boolean
  readonly preset?: string
  readonly audience?: 'operator' | 'client'
  readonly explain?: 'none' | 'path' | 'all'
}

/** Why a request gets no verdict, from rules that need its meaning. */
export type RefusalCode =
  | 'field-invalid'
  | 'option-conflict'
  | 'chain-empty'
  | 'pem-malformed'
  | 'certificate-malformed'
  | 'crl-malformed'
  | 'ocsp-response-malformed'
  | 'container-unsupported'
  | 'private-key-refused'
  | 'too-many-certificates'
  | 'trust-store-not-found'
  | 'limit-reached'
  | 'overloaded'

/** A place in the request, and what is wrong there. */
export interface RefusalError<C extends string = RefusalCode> {
  /** JSON Pointer (RFC 6901) into the request. */
  readonly pointer: string
  readonly code: C
  readonly detail: string
  /** 1-based line of the block at fault inside PEM text. */
  readonly line?: number
}

export interface Refusal {
  readonly kind: 'refusal'
  readonly status: 400 | 413 | 422 | 503
  readonly code: RefusalCode
  readonly detail: string
  readonly errors: readonly RefusalError[]
}

/** A verdict, and what of outside would help to another one, as far as the request allows it to be fetched. */
export interface Judgement {
  readonly kind: 'verdict'
  readonly verdict: Verdict
  readonly wanted?: readonly Want[]
  /**
   * For which times of the clock the same request gets this very verdict, but for `checkedAt`, from the same stores with the same
   * settings. Left out where it must not be kept: where it came with a private key, rests on what may be fetched, or is open.
   */
  readonly holds?: Holding
}

export type Outcome = Judgement | Refusal

/** What the service brings to a validation beside the request. */
export interface ValidationSettings {
  /** Seconds since 1970-01-01T00:00:00Z: the time of validation where the request names none. */
  readonly now: number
  /** Where the request names none. */
  readonly securityLevel: SecurityLevel
  readonly limits: Limits
  /** Certificates in a request: more are refused with `too-many-certificates` before they are read. */
  readonly maxCertificates: number
  /** Whether somebody fetches what is wanted. Where nobody does, a request that allows fetching gets a warning. */
  readonly fetching?: boolean
  /** Stores of the service that the request does not ask: an explanation may name them. */
  readonly otherStores?: readonly TrustStore[]
  /** What may be remembered from one validation to the next; nothing is, where it is left out. */
  readonly memory?: ValidationMemory | undefined
  /** What may be done; where there is more to do, `AllowanceSpent` is thrown. Nothing is held to it, where it is left out. */
  readonly allowance?: Allowance
}

/**
 * The core: `stores` are those that the request is held to, in their order; its own `caBundle` is not among them. `gathered`
 * is what was fetched of what an earlier judgement of the same request wanted.
 */
export type Validate = (
  request: ValidationRequest,
  stores: readonly TrustStore[],
  settings: ValidationSettings,
  gathered?: Gathered
) => Outcome
