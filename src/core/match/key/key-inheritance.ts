import { dsaKeyWith } from '../../decode/key/dsa-key.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { PairMemo } from '../pair-memo.ts'

const inherited = new PairMemo<PublicKey, PublicKey, PublicKey>()

/**
 * The working public key of RFC 5280 §6.1.4 (d) to (f): `key`, but with the DSA parameters of `above`, the working key of
 * the issuer, where it has none of its own and both are DSA keys.
 *
 * The same two keys always give the same object, so that what is remembered by identity stays so.
 */
export const inheritParameters = (key: PublicKey, above: PublicKey | undefined): PublicKey => {
  if (key.type !== 'dsa' || key.parameters !== undefined) return key
  if (above?.type !== 'dsa' || above.parameters === undefined) return key
  const { value } = key
  const { parameters } = above
  return inherited.get(key, above, () => dsaKeyWith(value, parameters) ?? key)
}

/** The working key of each entry of a path, given the entries' own keys, end-entity first. */
export const workingKeys = (keys: readonly (PublicKey | undefined)[]): readonly (PublicKey | undefined)[] => {
  const working = [...keys]
  for (let at = keys.length - 2; at >= 0; at--) {
    const key = keys[at]
    if (key !== undefined) working[at] = inheritParameters(key, working[at + 1])
  }
  return working
}
