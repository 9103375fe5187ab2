import type { Certificate } from './certificate.ts'
import type { Signed } from './path.ts'
import type { PublicKey } from './public-key.ts'
import type { MaterialField, ReadField } from './read-field.ts'
import type { TrustAnchor } from './trust-store.ts'

/** What came of a signature: `key-refused` where OpenSSL does not take the key. */
export type SignatureOutcome = 'verifies' | 'fails' | 'key-refused'

/**
 * What may be remembered from one validation to the next, by whoever serves them. It changes how soon an answer comes, and
 * never the answer: what it gives depends on nothing but the octets that it is asked about, and whatever a validation
 * spends is spent all the same.
 */
export interface ValidationMemory {
  /** The certificate of these octets, which nothing may change; undefined where they are none. */
  certificate(der: Uint8Array): Certificate | undefined
  /** What came of a signature under a key; `find` finds it out. What `find` throws is not remembered. */
  signature(signed: Signed, key: PublicKey, find: () => SignatureOutcome): SignatureOutcome
  /** What was read of the field that held this very text last, by its name, to be replaced; undefined where that is not remembered. */
  fieldsOf?(text: string): Map<MaterialField, ReadField> | undefined
  /** What stood after the first certificate in the texts of chains. */
  readonly issuers?: IssuersMemory
}

/**
 * The rests of chains' texts, each from the end of the first certificate's block on, with the certificates in them. These have
 * their places in the chain as `source`, from `chain[1]` on.
 */
export interface IssuersMemory {
  get(rest: string): readonly TrustAnchor[] | undefined
  /** Whether it remembers that text with these certificates from this time on. To be asked once each time that it comes and is not known. */
  takes(rest: string, certificates: readonly TrustAnchor[]): boolean
  /** Remembers what it takes: a text of these certificates, and of nothing else. */
  set(rest: string, certificates: readonly TrustAnchor[]): void
}
