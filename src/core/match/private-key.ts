import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { PrivateKeyBlock } from '../model/bundle.ts'
import type { Limits } from '../model/limits.ts'
import type { PublicKey } from '../model/public-key.ts'
import { importKey } from './key-import.ts'
import { oversized } from './key-size.ts'

/** No key that people use is larger, and importing one has a price. */
const mostOctets = 16_384

/**
 * Whether a private key belongs to a certificate's public key; null where it is encrypted, or nothing can be said of it.
 *
 * The key's octets are overwritten: nothing can be done with them afterwards.
 */
export const matchesPrivateKey = (
  block: PrivateKeyBlock,
  publicKey: PublicKey | undefined,
  limits: Limits
): boolean | null => {
  try {
    if (block.encrypted || publicKey === undefined || block.der.length > mostOctets) return null
    if (oversized(publicKey, limits) !== undefined) return null
    const imported = importKey(publicKey)
    const derived = publicHalf(block)
    return imported === undefined || derived === undefined ? null : derived.equals(imported)
  } finally {
    block.der.fill(0)
  }
}

/** Forms by PEM label: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017 §A.1.2), SEC 1 (RFC 5915). */
const forms = { 'PRIVATE KEY': 'pkcs8', 'RSA PRIVATE KEY': 'pkcs1', 'EC PRIVATE KEY': 'sec1' } as const

const publicHalf = (block: PrivateKeyBlock): KeyObject | undefined => {
  const type = Object.entries(forms).find(([label]) => label === block.label)?.[1]
  if (type === undefined) return undefined
  try {
    return createPublicKey(
      createPrivateKey({
        key: Buffer.from(block.der.buffer, block.der.byteOffset, block.der.length),
        format: 'der',
        type
      })
    )
  } catch {
    // OpenSSL's message could quote the key, and there is nothing to be said of it but that it is unreadable.
    return undefined
  }
}
