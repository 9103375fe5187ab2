import type { PublicKey } from '../../model/public-key.ts'

/** Beyond this, a public exponent costs as much as the modulus has bits. */
const usualExponentBits = 17
/** OpenSSL is slower with all others. */
const usualCurves: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521'])
/** However slow: eight signatures that are slower than any others must not use up a validation. */
const most = 32

/**
 * What verifying a signature costs, in units of one with P-256, Ed25519 or RSA of 4,096 bits: a tenth of a millisecond, or
 * somewhat more. Roughly, by OpenSSL's figures, and never less than one.
 */
export const signatureCost = (key: PublicKey): number => {
  switch (key.type) {
    case 'rsa':
    case 'rsa-pss':
      return atMost((key.bits / 4096) ** 2 * (key.exponentBits > usualExponentBits ? 2 : 1))
    case 'dsa':
      return atMost(8 * (key.bits / 2048) ** 2)
    case 'ec':
      return key.curve === 'P-256' ? 1 : atMost((key.bits / 128) ** 2 * (usualCurves.has(key.curve) ? 1 : 2))
    case 'ed448':
    case 'ml-dsa-44':
    case 'ml-dsa-65':
    case 'ml-dsa-87':
      return 4
    case 'slh-dsa':
      return most
    default:
      return 1
  }
}

const atMost = (cost: number): number => Math.min(most, Math.max(1, Math.round(cost)))
