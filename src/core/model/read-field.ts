import type { Place, PrivateKeyBlock } from './bundle.ts'
import type { CrlCandidate } from './crl.ts'
import type { Finding } from './finding.ts'
import type { TrustAnchor } from './trust-store.ts'

/** Fields of a request that hold certificates or CRLs. */
export type MaterialField = 'chain' | 'intermediates' | 'caBundle' | 'crls'

/** What a field of the request holds, read. */
export interface ReadField {
  /** Only those of `caBundle` have constraints: what a TRUSTED CERTIFICATE is trusted for matters where it is an anchor. */
  readonly certificates: readonly TrustAnchor[]
  /** All but the first of them, where they are the very array that an earlier chain had. */
  readonly issuers?: readonly TrustAnchor[]
  readonly crls: readonly CrlCandidate[]
  /** What was meant as a certificate and is none: `source` counts it, as `chain[1]`. */
  readonly unreadable: readonly { readonly source: string; readonly reason: string }[]
  readonly warnings: readonly Finding[]
  /** The first private key, where it stood, and whether that was before the first certificate. */
  readonly privateKey:
    | { readonly block: PrivateKeyBlock; readonly precedesCertificate: boolean; readonly place: Place }
    | undefined
  /** Whether there was any, used or dropped. */
  readonly heldPrivateKey: boolean
  /** How many items were read, of whatever kind. */
  readonly count: number
}
