import { createPublicKey, ECDH, type KeyObject } from 'node:crypto'
import { subjectPublicKeyOf } from '../../decode/key/public-key.ts'
import { type Fault, fault } from '../../model/finding.ts'
import type { PublicKey } from '../../model/public-key.ts'

const imported = new WeakMap<PublicKey, KeyObject | 'refused'>()

/**
 * The key as node:crypto has it, made once; undefined where OpenSSL refuses it, as a point that is not on its curve.
 *
 * Only what `readPublicKey` found sound comes here, so sizes are bounded and no curve is spelt out.
 */
export const importKey = (key: PublicKey): KeyObject | undefined => {
  let object = imported.get(key)
  if (object === undefined) {
    object = create(key)
    imported.set(key, object)
  }
  return object === 'refused' ? undefined : object
}

const create = (key: PublicKey): KeyObject | 'refused' => {
  try {
    // OpenSSL takes an RSAPublicKey alone in half the time.
    const alone = key.type === 'rsa' ? subjectPublicKeyOf(key.spki) : undefined
    const octets = alone ?? key.spki
    return createPublicKey({
      key: Buffer.from(octets.buffer, octets.byteOffset, octets.length),
      format: 'der',
      type: alone === undefined ? 'spki' : 'pkcs1'
    })
  } catch {
    return 'refused'
  }
}

export const importFault = (key: PublicKey): Fault<'public-key-malformed'> =>
  key.type === 'ec'
    ? fault('public-key-malformed', { reason: `its point does not lie on the curve ${key.curve}` }, 'RFC 5480 §2.2')
    : fault('public-key-malformed', { reason: 'its values do not make a key' })

/**
 * What reading the key could not tell: whether an elliptic-curve point lies on its curve. For keys that verify nothing, as
 * an end entity's; other kinds have nothing left to find without use. Half as dear as to import the key.
 */
export const importable = (key: PublicKey): Fault<'public-key-malformed'> | undefined =>
  key.type === 'ec' && !liesOnCurve(key) ? importFault(key) : undefined

/** What OpenSSL calls the curves that have other names here. */
const opensslNames: ReadonlyMap<string, string> = new Map([
  ['P-192', 'prime192v1'],
  ['P-224', 'secp224r1'],
  ['P-256', 'prime256v1'],
  ['P-384', 'secp384r1'],
  ['P-521', 'secp521r1']
])

const liesOnCurve = (key: PublicKey & { readonly type: 'ec' }): boolean => {
  const known = imported.get(key)
  if (known !== undefined) return known !== 'refused'
  try {
    ECDH.convertKey(key.point, opensslNames.get(key.curve) ?? key.curve)
    return true
  } catch {
    return false
  }
}
