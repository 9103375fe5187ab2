/**
 * A subject public key whose structure was read and found sound, without arithmetic.
 *
 * `spki` is what node:crypto imports. It is the certificate's own octets but for a DSA key, whose parameters may
 * be inherited (RFC 3279 §2.3.2): `parameters` is undefined then and `spki` cannot be imported alone.
 */
export type PublicKey =
  | {
      readonly type: 'rsa' | 'rsa-pss'
      readonly spki: Uint8Array
      readonly bits: number
      readonly exponentBits: number
      readonly pss: PssParameters | undefined
    }
  | {
      readonly type: 'ec'
      readonly spki: Uint8Array
      readonly bits: number
      readonly curve: string
      /** ECPoint (SEC 1 §2.3.3), compressed or not; whether it lies on the curve is not known yet. */
      readonly point: Uint8Array
    }
  | { readonly type: 'ed25519' | 'ed448'; readonly spki: Uint8Array; readonly bits: number }
  | { readonly type: 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87'; readonly spki: Uint8Array; readonly bits: number }
  | { readonly type: 'slh-dsa'; readonly spki: Uint8Array; readonly bits: number; readonly parameterSet: string }
  | {
      readonly type: 'dsa'
      readonly spki: Uint8Array
      readonly bits: number
      /** Dss-Parms as they came, or undefined where they are inherited. */
      readonly parameters: Uint8Array | undefined
      /** The BIT STRING's octets: the INTEGER y. */
      readonly value: Uint8Array
    }
  /** A well-formed key of an algorithm that signs nothing here, as X25519: sound in an end-entity certificate only. */
  | { readonly type: 'other'; readonly spki: Uint8Array; readonly bits: number | undefined; readonly algorithm: string }

/** RFC 4055 §3.1 */
export interface PssParameters {
  readonly hash: string
  readonly mgfHash: string
  readonly saltLength: number
}
