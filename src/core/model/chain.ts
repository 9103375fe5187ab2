import type { Refusal, ValidationRequest, ValidationSettings } from './request.ts'
import type { TrustStore } from './trust-store.ts'
import type { Verdict } from './verdict.ts'
import type { Gathered, Want } from './wanted.ts'

/** What `POST /chain` is asked: a validation, and what the chain that is put right should hold. */
export interface ChainRequest<M = ValidationRequest['chain']> extends ValidationRequest<M> {
  /** Whether the root is part of the chain; false by default, since those who trust it have it. */
  readonly includeRoot?: boolean
}

/** A certificate that stands in the chain that was put right, or was left out of it. */
export interface ChainCertificate {
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string
  /** RFC 4514. */
  readonly subject: string
  readonly issuer: string
  /** `chain[n]`, `intermediates[n]`, `caBundle[n]`, `trustStore:NAME` or `fetched:URL`; null where an outsider is not told. */
  readonly source: string | null
}

/** Why something of `chain` was left out. */
export const removalReasons = [
  /** It stands there more than once: the first is kept. */
  'duplicate',
  /** A root, where none was asked for. */
  'root',
  /** It might stand above the end entity by its names, but the path goes another way. */
  'not-needed',
  /** No names lead to it from the end entity. */
  'stranger',
  /** It cannot be read. */
  'unreadable'
] as const

export type RemovalReason = (typeof removalReasons)[number]

/** What was done to `chain`; indices are 0-based: `from` in what was sent, `to` in what is given back. */
export interface ChainChange {
  readonly action: 'moved' | 'added' | 'removed'
  /** Null for what cannot be read. */
  readonly certificate: ChainCertificate | null
  /** Null for what was added. */
  readonly from: number | null
  /** Null for what was removed. */
  readonly to: number | null
  /** Null but for what was removed. */
  readonly reason: RemovalReason | null
  /** A sentence for people; it may change. */
  readonly message: string
}

/** A private key that came in `chain`: nothing of it is told but where it stood and what it belongs to. */
export interface ChainPrivateKey {
  /** Whether it belongs to the end entity; null where it is encrypted, or nothing can be said of it. */
  readonly matches: boolean | null
  readonly precedesCertificate: boolean
  readonly encrypted: boolean
  /** The text of an array that it stood in, and its 1-based line; null where there is none. */
  readonly element: number | null
  readonly line: number | null
}

/** The answer of `POST /chain`, plain JSON. */
export interface RepairedChain {
  /** PEM, end entity first. */
  readonly chain: string
  /** Whether it leads to a trust anchor by itself, without anything that was sent beside it. */
  readonly complete: boolean
  readonly certificates: readonly ChainCertificate[]
  /** Empty where the chain was right as it came. */
  readonly changes: readonly ChainChange[]
  /** Where a private key came in `chain`. */
  readonly privateKey?: ChainPrivateKey
  /** On what is given back alone; sources in it are those of the new order. */
  readonly verdict: Verdict
}

export interface Repair {
  readonly kind: 'chain'
  readonly repaired: RepairedChain
  /** DER, in the order of the chain. */
  readonly certificates: readonly Uint8Array[]
  /** What of outside would help, as far as the request allows it to be fetched. */
  readonly wanted?: readonly Want[]
}

/** The core: arguments are those of `Validate`. */
export type RepairChain = (
  request: ChainRequest,
  stores: readonly TrustStore[],
  settings: ValidationSettings,
  gathered?: Gathered
) => Repair | Refusal
