import { ECDH, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readPublicKey } from '#dist/core/decode/key/public-key.js'
import { importable, importKey } from '#dist/core/match/key/key-import.js'
import type { PublicKey } from '#dist/core/model/public-key.js'

const curves = [
  'prime192v1',
  'secp224r1',
  'prime256v1',
  'secp384r1',
  'secp521r1',
  'secp256k1',
  'brainpoolP160r1',
  'brainpoolP192r1',
  'brainpoolP224r1',
  'brainpoolP256r1',
  'brainpoolP320r1',
  'brainpoolP384r1',
  'brainpoolP512r1'
]

const spkiOn = (namedCurve: string): Buffer =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'der', type: 'spki' })

const read = (spki: Uint8Array): PublicKey => {
  const key = readPublicKey(spki)
  if (!key.ok) throw new Error(key.fault.code)
  return key.value
}

describe.each(curves)('an end entity’s key on %s', (curve) => {
  it('is sound where its point lies on the curve, compressed or not', () => {
    const key = read(spkiOn(curve))
    expect(importable(key)).toBeUndefined()
    if (key.type !== 'ec') throw new Error(key.type)
    const compressed = ECDH.convertKey(key.point, curve, undefined, undefined, 'compressed')
    expect(importable({ ...key, point: Buffer.from(compressed) })).toBeUndefined()
  })

  it('is a fault where it does not, whether its import was tried before or not', () => {
    const spki = spkiOn(curve)
    spki.writeUInt8(spki.readUInt8(spki.length - 1) ^ 1, spki.length - 1)
    const key = read(spki)
    const fault = importable(key)
    expect(fault).toMatchObject({
      code: 'public-key-malformed',
      details: { reason: expect.stringContaining('does not lie on the curve') }
    })
    expect(importKey(key)).toBeUndefined()
    expect(importable(key)).toEqual(fault)
  })
})
