import { describe, expect, it } from 'vitest'
import { keyCodes } from '#dist/core/model/codes/keys.js'

describe('codes of keys and signatures', () => {
  it('say what is wrong with the values of the case', () => {
    const messages = [
      keyCodes['signature-invalid'].message({ algorithm: 'Ed25519' }),
      keyCodes['signature-invalid'].message({ algorithm: 'Ed25519', reason: 'it has 63 octets in place of 64' }),
      keyCodes['signature-algorithm-unsupported'].message({ algorithm: '1.2.3', reason: 'it is not known' }),
      keyCodes['signature-algorithm-weak'].message({ algorithm: 'ecdsa-with-SHA1', bits: 63, level: 2, required: 112 }),
      keyCodes['signature-algorithm-mismatch'].message({ inner: 'Ed25519', outer: 'Ed448' }),
      keyCodes['signature-hash-mismatch'].message({ algorithm: 'ecdsa-with-SHA384', key: 'P-256', expected: 'sha256' }),
      keyCodes['public-key-weak'].message({ key: 'RSA', bits: 1024, strength: 80, level: 2, required: 112 }),
      keyCodes['public-key-malformed'].message({ reason: 'the RSA modulus is even' }),
      keyCodes['public-key-unsupported'].message({ reason: 'its RSA modulus has 16384 bits' })
    ]
    expect(messages).toEqual([
      'The signature (Ed25519) does not verify under the issuer’s key.',
      'The signature (Ed25519) does not verify under the issuer’s key: it has 63 octets in place of 64.',
      'The signature algorithm 1.2.3 cannot be accepted: it is not known.',
      'The signature algorithm ecdsa-with-SHA1 has a strength of 63 bits; security level 2 needs 112.',
      'The signed part names the signature algorithm Ed25519, the signature itself Ed448.',
      'The signature is made by a P-256 key with ecdsa-with-SHA384; the Baseline Requirements have sha256 for that curve.',
      'The RSA key of 1024 bits has a strength of 80 bits; security level 2 needs 112.',
      'The public key is not well formed: the RSA modulus is even.',
      'The public key cannot be accepted: its RSA modulus has 16384 bits.'
    ])
  })

  it('weigh what time or another level mends less than what an issuer must make anew', () => {
    const distances = Object.fromEntries(Object.entries(keyCodes).map(([code, { distance }]) => [code, distance]))
    expect(distances).toEqual({
      'signature-invalid': 40,
      'signature-algorithm-unsupported': 20,
      'signature-algorithm-weak': 4,
      'signature-algorithm-mismatch': 20,
      'signature-hash-mismatch': 1,
      'public-key-weak': 4,
      'public-key-malformed': 20,
      'public-key-unsupported': 10
    })
  })
})
