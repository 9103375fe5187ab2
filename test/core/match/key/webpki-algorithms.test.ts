import { describe, expect, it } from 'vitest'
import { webpkiHashFault, webpkiKeyFault, webpkiSignatureFault } from '#dist/core/match/key/webpki-algorithms.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { nullValue } from '../../../support/der-writer.ts'
import { algorithm, pss } from '../../../support/signing.ts'

const spki = new Uint8Array()
const rsa = (bits: number): PublicKey => ({ type: 'rsa', spki, bits, exponentBits: 17, pss: undefined })
const ec = (curve: string, bits: number): PublicKey => ({ type: 'ec', spki, bits, curve, point: spki })

describe('keys under profile webpki (BR 6.1.5, 7.1.3.1)', () => {
  it.each<[string, PublicKey]>([
    ['RSA 2048', rsa(2048)],
    ['RSA 4096', rsa(4096)],
    ['P-256', ec('P-256', 256)],
    ['P-384', ec('P-384', 384)],
    ['P-521', ec('P-521', 521)]
  ])('accepts %s', (_name, key) => {
    expect(webpkiKeyFault(key)).toBeUndefined()
  })

  it.each<[PublicKey, string, string]>([
    [rsa(2040), 'its RSA modulus has 2040 bits, and at least 2048 are required', 'BR 6.1.5'],
    [rsa(2052), 'its RSA modulus has 2052 bits, which is not a multiple of 8', 'BR 6.1.5'],
    [
      { type: 'rsa-pss', spki, bits: 2048, exponentBits: 17, pss: undefined },
      'RSA keys have to be marked as rsaEncryption, not id-RSASSA-PSS',
      'BR 7.1.3.1.1'
    ],
    [ec('P-192', 192), 'its curve is P-192, not P-256, P-384 or P-521', 'BR 6.1.5'],
    [ec('secp256k1', 256), 'its curve is secp256k1, not P-256, P-384 or P-521', 'BR 6.1.5'],
    [{ type: 'ed25519', spki, bits: 256 }, 'it is Ed25519, neither RSA nor ECDSA', 'BR 6.1.5'],
    [{ type: 'dsa', spki, bits: 3072, parameters: spki, value: spki }, 'it is DSA, neither RSA nor ECDSA', 'BR 6.1.5']
  ])('refuses %o: %s', (key, reason, reference) => {
    expect(webpkiKeyFault(key)).toEqual({ code: 'public-key-unsupported', details: { reason }, reference })
  })
})

describe('signatures under profile webpki (BR 7.1.3.2)', () => {
  const sha256WithRsa = algorithm('1.2.840.113549.1.1.11', nullValue)
  const ecdsaWithSha384 = algorithm('1.2.840.10045.4.3.3')

  it('accepts RSA and ECDSA with SHA-256, SHA-384 and SHA-512', () => {
    for (const identifier of [sha256WithRsa, ecdsaWithSha384, pss('sha512', 64)]) {
      expect(webpkiSignatureFault(identifier)).toBeUndefined()
    }
  })

  it.each([
    ['sha1WithRSAEncryption', algorithm('1.2.840.113549.1.1.5', nullValue)],
    ['ecdsa-with-SHA224', algorithm('1.2.840.10045.4.3.1')],
    ['dsa-with-sha256', algorithm('2.16.840.1.101.3.4.3.2')],
    ['Ed25519', algorithm('1.3.101.112')]
  ])('refuses %s', (name, identifier) => {
    expect(webpkiSignatureFault(identifier)).toEqual({
      code: 'signature-algorithm-unsupported',
      details: {
        algorithm: name,
        reason: 'the Baseline Requirements allow RSA and ECDSA with SHA-256, SHA-384 or SHA-512 only'
      },
      reference: 'BR 7.1.3.2'
    })
  })

  it('leaves what cannot be accepted under any profile to the verification', () => {
    expect(webpkiSignatureFault(algorithm('1.2.3'))).toBeUndefined()
  })

  it('finds a hash that does not go with the signing key’s curve', () => {
    expect(webpkiHashFault(ecdsaWithSha384, ec('P-384', 384))).toBeUndefined()
    expect(webpkiHashFault(ecdsaWithSha384, ec('P-256', 256))).toEqual({
      code: 'signature-hash-mismatch',
      details: { algorithm: 'ecdsa-with-SHA384', key: 'P-256', expected: 'sha256' }
    })
    expect(webpkiHashFault(ecdsaWithSha384, ec('secp256k1', 256))).toBeUndefined()
    expect(webpkiHashFault(sha256WithRsa, ec('P-256', 256))).toBeUndefined()
    expect(webpkiHashFault(ecdsaWithSha384, rsa(2048))).toBeUndefined()
  })
})
