import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { importableForm } from '../../decode/input/private-key.ts'
import type { PrivateKeyBlock } from '../../model/bundle.ts'
import type { Limits } from '../../model/limits.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { importKey } from './key-import.ts'
import { oversized } from './key-size.ts'

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
    if (block.encrypted || publicKey === undefined) return null
    if (oversized(publicKey, limits) !== undefined) return null
    const imported = importKey(publicKey)
    const derived = publicHalf(block, limits.rsaModulusBits)
    return imported === undefined || derived === undefined ? null : equal(imported, derived)
  } finally {
    block.der.fill(0)
  }
}

/** Certificates that a key is held against: each costs the import of its own. */
const mostOwners = 64

/**
 * The first of `publicKeys`, as its index, that a private key belongs to; undefined where it belongs to none of them, and null
 * where nothing can be said of it: it is encrypted, cannot be read, or there are more than are tried.
 *
 * The key's octets are overwritten.
 */
export const privateKeyOwner = (
  block: PrivateKeyBlock,
  publicKeys: readonly (PublicKey | undefined)[],
  limits: Limits
): number | undefined | null => {
  try {
    const derived = block.encrypted ? undefined : publicHalf(block, limits.rsaModulusBits)
    if (derived === undefined) return null
    const owner = publicKeys.slice(0, mostOwners).findIndex((key) => {
      const imported = key === undefined || oversized(key, limits) !== undefined ? undefined : importKey(key)
      return imported !== undefined && equal(imported, derived)
    })
    if (owner >= 0) return owner
    return publicKeys.length > mostOwners ? null : undefined
  } finally {
    block.der.fill(0)
  }
}

/**
 * Types are compared first: `equals` on keys of two types leaves an error in OpenSSL's queue, which the next import of a key
 * (of another request) would fail with.
 */
const equal = (one: KeyObject, other: KeyObject): boolean =>
  one.asymmetricKeyType === other.asymmetricKeyType && one.equals(other)

const publicHalf = ({ label, der }: PrivateKeyBlock, rsaModulusBits: number): KeyObject | undefined => {
  const type = importableForm(label, der, rsaModulusBits)
  if (type === undefined) return undefined
  try {
    const key = Buffer.from(der.buffer, der.byteOffset, der.length)
    return createPublicKey(createPrivateKey({ key, format: 'der', type }))
  } catch {
    // OpenSSL's message could quote the key, and there is nothing to be said of it but that it is unreadable.
    return undefined
  }
}
