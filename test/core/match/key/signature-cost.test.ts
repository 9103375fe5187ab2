import { describe, expect, it } from 'vitest'
import { signatureCost } from '#dist/core/match/key/signature-cost.js'
import type { PublicKey } from '#dist/core/model/public-key.js'

const spki = new Uint8Array()
const rsa = (bits: number, exponentBits = 17): PublicKey => ({ type: 'rsa', spki, bits, exponentBits, pss: undefined })
const ec = (curve: string, bits: number): PublicKey => ({ type: 'ec', spki, bits, curve, point: spki })
const dsa = (bits: number): PublicKey => ({ type: 'dsa', spki, bits, parameters: spki, value: spki })

describe('what a signature counts', () => {
  it.each<readonly [string, PublicKey, number]>([
    ['RSA of 1,024 bits', rsa(1024), 1],
    ['RSA of 4,096 bits', rsa(4096), 1],
    ['RSA of 8,192 bits', rsa(8192), 4],
    ['RSA of 8,192 bits with a large exponent', rsa(8192, 33), 8],
    ['RSA of 64k bits', rsa(65_536), 32],
    ['P-256', ec('P-256', 256), 1],
    ['secp256k1, for which OpenSSL has no code of its own', ec('secp256k1', 256), 8],
    ['P-384', ec('P-384', 384), 9],
    ['P-521', ec('P-521', 521), 17],
    ['DSA of 1,024 bits', dsa(1024), 2],
    ['DSA of 3,072 bits', dsa(3072), 18],
    ['DSA of 8,192 bits', dsa(8192), 32],
    ['Ed25519', { type: 'ed25519', spki, bits: 255 }, 1],
    ['Ed448', { type: 'ed448', spki, bits: 448 }, 4],
    ['ML-DSA', { type: 'ml-dsa-65', spki, bits: 192 }, 4],
    ['SLH-DSA', { type: 'slh-dsa', spki, bits: 128, parameterSet: 'sha2-128s' }, 32]
  ])('is its cost in signatures with P-256: %s', (_name, key, cost) => {
    expect(signatureCost(key)).toBe(cost)
  })
})
