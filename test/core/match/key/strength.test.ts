import { describe, expect, it } from 'vitest'
import { keyStrength, weakKey, weakSignature } from '#dist/core/match/key/strength.js'
import type { SecurityLevel } from '#dist/core/model/options.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { nullValue } from '../../../support/der-writer.ts'
import { algorithm, pss } from '../../../support/signing.ts'

const spki = new Uint8Array()
const rsa = (bits: number): PublicKey => ({ type: 'rsa', spki, bits, exponentBits: 17, pss: undefined })
const ec = (curve: string, bits: number): PublicKey => ({ type: 'ec', spki, bits, curve, point: spki })
const dsa = (bits: number): PublicKey => ({ type: 'dsa', spki, bits, parameters: undefined, value: spki })
const slhDsa = (parameterSet: string): PublicKey => ({ type: 'slh-dsa', spki, bits: 256, parameterSet })
const other = (name: string): PublicKey => ({ type: 'other', spki, bits: undefined, algorithm: name })

describe('keyStrength (NIST SP 800-57 Part 1 §5.6.1.1)', () => {
  it.each<[string, PublicKey, number]>([
    ['RSA 1023', rsa(1023), 0],
    ['RSA 1024', rsa(1024), 80],
    ['RSA 2047', rsa(2047), 80],
    ['RSA 2048', rsa(2048), 112],
    ['RSA 3072', rsa(3072), 128],
    ['RSA 4096', rsa(4096), 128],
    ['RSA 7680', rsa(7680), 192],
    ['RSA 15360', rsa(15_360), 256],
    ['id-RSASSA-PSS 3072', { type: 'rsa-pss', spki, bits: 3072, exponentBits: 17, pss: undefined }, 128],
    ['DSA 2048', dsa(2048), 112],
    ['P-192', ec('P-192', 192), 80],
    ['P-224', ec('P-224', 224), 112],
    ['P-256', ec('P-256', 256), 128],
    ['P-384', ec('P-384', 384), 192],
    ['P-521', ec('P-521', 521), 256],
    ['Ed25519', { type: 'ed25519', spki, bits: 256 }, 128],
    ['Ed448', { type: 'ed448', spki, bits: 456 }, 224],
    ['ML-DSA-44', { type: 'ml-dsa-44', spki, bits: 10_496 }, 128],
    ['ML-DSA-65', { type: 'ml-dsa-65', spki, bits: 15_616 }, 192],
    ['ML-DSA-87', { type: 'ml-dsa-87', spki, bits: 20_736 }, 256],
    ['SLH-DSA-SHA2-128S', slhDsa('sha2-128s'), 128],
    ['SLH-DSA-SHAKE-192F', slhDsa('shake-192f'), 192],
    ['SLH-DSA-SHAKE-256F', slhDsa('shake-256f'), 256],
    ['X25519', other('X25519'), 128],
    ['ML-KEM-1024', other('ML-KEM-1024'), 256]
  ])('gives %s its bits', (_name, key, bits) => {
    expect(keyStrength(key)).toBe(bits)
  })

  it('knows nothing of other algorithms', () => {
    expect(keyStrength(other('1.2.3'))).toBeUndefined()
  })
})

describe('weakKey', () => {
  it('takes the curves P-256, P-384 and P-521 above level 0', () => {
    for (const key of [ec('P-256', 256), ec('P-384', 384), ec('P-521', 521)]) expect(weakKey(key, 3)).toBeUndefined()
    expect(weakKey(ec('P-224', 224), 1)).toMatchObject({ code: 'public-key-unsupported' })
  })

  it.each<[SecurityLevel, number, number]>([
    [1, 1024, 80],
    [2, 2048, 112],
    [3, 3072, 128],
    [4, 7680, 192],
    [5, 15_360, 256]
  ])('asks for level %i an RSA modulus of %i bits', (level, bits, required) => {
    expect(weakKey(rsa(bits), level)).toBeUndefined()
    expect(weakKey(rsa(bits - 1), level)).toMatchObject({
      code: 'public-key-weak',
      details: { key: 'RSA', bits: bits - 1, level, required }
    })
  })

  it('tells how strong the key is', () => {
    expect(weakKey(ec('P-256', 256), 4)).toEqual({
      code: 'public-key-weak',
      details: { key: 'P-256', bits: 256, strength: 128, level: 4, required: 192 }
    })
  })

  it.each<[string, PublicKey]>([
    ['DSA', dsa(3072)],
    ['secp256k1', ec('secp256k1', 256)],
    ['P-224', ec('P-224', 224)],
    ['brainpoolP512r1', ec('brainpoolP512r1', 512)]
  ])('refuses %s above level 0, however strong', (name, key) => {
    expect(weakKey(key, 0)).toBeUndefined()
    expect(weakKey(key, 1)).toEqual({
      code: 'public-key-unsupported',
      details: { reason: `${name} keys are accepted at security level 0 only` }
    })
  })

  it('refuses a key of unknown strength above level 0', () => {
    expect(weakKey(other('1.2.3'), 0)).toBeUndefined()
    expect(weakKey(other('1.2.3'), 1)).toEqual({
      code: 'public-key-unsupported',
      details: {
        reason: 'the strength of its algorithm (1.2.3) is not known, which is accepted at security level 0 only'
      }
    })
  })

  it('accepts newer algorithms up to their strength', () => {
    expect(weakKey({ type: 'ed25519', spki, bits: 256 }, 3)).toBeUndefined()
    expect(weakKey(slhDsa('sha2-256s'), 5)).toBeUndefined()
    expect(weakKey({ type: 'ml-dsa-65', spki, bits: 15_616 }, 5)).toMatchObject({
      details: { key: 'ML-DSA-65', strength: 192 }
    })
  })
})

describe('weakSignature (OpenSSL’s figures)', () => {
  const rsaWith = (arc: number) => algorithm(`1.2.840.113549.1.1.${arc}`, nullValue)

  it.each<[string, ReturnType<typeof algorithm>, number, SecurityLevel]>([
    ['md5WithRSAEncryption', rsaWith(4), 39, 0],
    ['sha1WithRSAEncryption', rsaWith(5), 63, 0],
    ['ecdsa-with-SHA1', algorithm('1.2.840.10045.4.1'), 63, 0],
    ['dsa-with-sha1', algorithm('1.2.840.10040.4.3'), 63, 0],
    ['sha224WithRSAEncryption', rsaWith(14), 112, 2],
    ['sha256WithRSAEncryption', rsaWith(11), 128, 3],
    ['sha384WithRSAEncryption', rsaWith(12), 192, 4],
    ['RSASSA-PSS', pss('sha256', 32), 128, 3],
    ['Ed25519', algorithm('1.3.101.112'), 128, 3],
    ['Ed448', algorithm('1.3.101.113'), 224, 4],
    ['ML-DSA-44', algorithm('2.16.840.1.101.3.4.3.17'), 128, 3],
    ['SLH-DSA-SHAKE-192S', algorithm('2.16.840.1.101.3.4.3.28'), 192, 4]
  ])('accepts %s up to the level of its strength, and not above', (name, identifier, bits, highest) => {
    const levels: readonly SecurityLevel[] = [0, 1, 2, 3, 4, 5]
    const required = [0, 80, 112, 128, 192, 256]
    expect(weakSignature(identifier, highest)).toBeUndefined()
    const above = levels[highest + 1] ?? 5
    expect(weakSignature(identifier, above)).toEqual({
      code: 'signature-algorithm-weak',
      details: { algorithm: name, bits, level: above, required: required[above] }
    })
  })

  it('accepts SHA-512 at every level', () => {
    expect(weakSignature(rsaWith(13), 5)).toBeUndefined()
  })

  it('leaves what cannot be accepted at any level to the verification', () => {
    expect(weakSignature(rsaWith(2), 5)).toBeUndefined()
  })
})
