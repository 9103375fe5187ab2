import type { PublicKey } from '../../model/public-key.ts'

/** What people call a key's kind. */
export const keyName = (key: PublicKey): string => {
  switch (key.type) {
    case 'ec':
      return key.curve
    case 'ed25519':
      return 'Ed25519'
    case 'ed448':
      return 'Ed448'
    case 'other':
      return key.algorithm
    case 'slh-dsa':
      return `SLH-DSA-${key.parameterSet.toUpperCase()}`
    default:
      return key.type.toUpperCase()
  }
}
