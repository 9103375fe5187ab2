import { type Fault, fault } from '../../model/finding.ts'
import type { Limits } from '../../model/limits.ts'
import type { PublicKey } from '../../model/public-key.ts'

/** The limit that an RSA key exceeds, if it does. To be asked before anything is computed with the key. */
export const oversized = (
  key: PublicKey,
  { rsaModulusBits, rsaExponentBits }: Limits
): Fault<'limit-reached'> | undefined => {
  if (key.type !== 'rsa' && key.type !== 'rsa-pss') return undefined
  if (key.bits > rsaModulusBits) return fault('limit-reached', { limit: 'rsaModulusBits', allowed: rsaModulusBits })
  if (key.exponentBits > rsaExponentBits)
    return fault('limit-reached', { limit: 'rsaExponentBits', allowed: rsaExponentBits })
  return undefined
}
