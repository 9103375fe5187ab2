import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importableForm } from '#dist/core/decode/input/private-key.js'
import { readPublicKey } from '#dist/core/decode/key/public-key.js'
import { matchesPrivateKey } from '#dist/core/match/key/private-key.js'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { bitString, explicit, integer, nullValue, oid, sequence, tlv } from '../../../support/der-writer.ts'

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}
type Form = 'pkcs8' | 'pkcs1' | 'sec1'

const labels = { pkcs8: 'PRIVATE KEY', pkcs1: 'RSA PRIVATE KEY', sec1: 'EC PRIVATE KEY' } as const
const rsa: Pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const otherRsa: Pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec: Pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const otherEc: Pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const read = (spki: Uint8Array): PublicKey | undefined => {
  const key = readPublicKey(spki)
  return key.ok ? key.value : undefined
}
const publicOf = ({ publicKey }: Pair): PublicKey | undefined => read(publicKey.export({ format: 'der', type: 'spki' }))
const matches = (key: ReturnType<typeof blockOf>, publicKey: PublicKey | undefined) =>
  matchesPrivateKey(key, publicKey, defaultLimits)
const block = ({ privateKey }: Pair, form: Form = 'pkcs8') => ({
  der: privateKey.export({ format: 'der', type: form }),
  label: labels[form],
  encrypted: false
})
const blockOf = (label: string, der: Uint8Array) => ({ der, label, encrypted: false })

describe('matchesPrivateKey', () => {
  it.each([
    ['RSA in PKCS#8', rsa, 'pkcs8'],
    ['RSA in PKCS#1', rsa, 'pkcs1'],
    ['EC in PKCS#8', ec, 'pkcs8'],
    ['EC in SEC 1', ec, 'sec1'],
    ['RSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2048 }), 'pkcs8'],
    ['DSA', generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }), 'pkcs8'],
    ['Ed25519', generateKeyPairSync('ed25519'), 'pkcs8'],
    ['Ed448', generateKeyPairSync('ed448'), 'pkcs8'],
    ['X25519', generateKeyPairSync('x25519'), 'pkcs8'],
    ['ML-DSA-44', generateKeyPairSync('ml-dsa-44'), 'pkcs8'],
    ['ML-DSA-87', generateKeyPairSync('ml-dsa-87'), 'pkcs8']
  ] satisfies [string, Pair, Form][])('finds that a key belongs to its certificate: %s', (_, pair, form) => {
    expect(matches(block(pair, form), publicOf(pair))).toBe(true)
  })

  it.each([
    ['another RSA key', rsa, otherRsa, 'pkcs8'],
    ['another EC key', ec, otherEc, 'sec1'],
    ['a key of another algorithm', ec, rsa, 'pkcs1']
  ] satisfies [string, Pair, Pair, Form][])('finds that %s does not belong', (_, certificate, key, form) => {
    expect(matches(block(key, form), publicOf(certificate))).toBe(false)
  })

  it('compares a compressed point of the certificate with the key (RFC 5480 §2.2)', () => {
    const uncompressed = ec.publicKey.export({ format: 'der', type: 'spki' })
    const point = uncompressed.subarray(-65)
    const parity = (point.at(-1) ?? 0) & 1
    const compressed = Buffer.concat([Uint8Array.of(2 + parity), point.subarray(1, 33)])
    const spki = sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bitString(compressed))
    expect(createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).asymmetricKeyType).toBe('ec')
    expect(matches(block(ec), read(spki))).toBe(true)
    expect(matches(block(otherEc), read(spki))).toBe(false)
  })

  it('judges a key the same whatever was judged before it', () => {
    const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
    const otherDsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
    const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
    const pairs = [rsa, otherRsa, ec, generateKeyPairSync('ec', { namedCurve: 'P-384' }), dsa, otherDsa, pss]
    const all = [
      ...pairs,
      generateKeyPairSync('ed25519'),
      generateKeyPairSync('x25519'),
      generateKeyPairSync('ml-dsa-65')
    ]
    for (const certificate of all) {
      const expected = all.map((pair) => pair === certificate)
      expect(all.map((pair) => matches(block(pair), publicOf(certificate)))).toEqual(expected)
      expect(matches(blockOf('PRIVATE KEY', Buffer.from('3003020100', 'hex')), publicOf(certificate))).toBe(null)
    }
  })

  it('says nothing of an encrypted key, of a certificate whose key cannot be read, and of labels that are not imported', () => {
    expect(matches({ ...block(rsa), encrypted: true }, publicOf(rsa))).toBe(null)
    expect(matches(block(rsa), undefined)).toBe(null)
    expect(matches(blockOf('OPENSSH PRIVATE KEY', block(rsa).der), publicOf(rsa))).toBe(null)
    expect(matches(blockOf('PRIVATE KEY', block(rsa, 'pkcs1').der), publicOf(rsa))).toBe(null)
  })

  it.each([
    ['that matches', rsa, false],
    ['that does not', otherRsa, false],
    ['that is encrypted', rsa, true]
  ] satisfies [string, Pair, boolean][])('overwrites a key %s', (_, pair, encrypted) => {
    const key = { ...block(pair), encrypted }
    matches(key, publicOf(rsa))
    expect(key.der.every((octet) => octet === 0)).toBe(true)
  })

  it('never throws on a key with octets changed, and overwrites it', () => {
    const change = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 })
    const certificate = publicOf(ec)
    fc.assert(
      fc.property(change, fc.constantFrom<Form>('pkcs8', 'sec1'), (changes, form) => {
        const key = block(ec, form)
        for (const [at, octet] of changes) key.der[at % key.der.length] = octet
        expect([true, false, null]).toContain(matches(key, certificate))
        expect(key.der.every((octet) => octet === 0)).toBe(true)
      }),
      { numRuns: 300 }
    )
  })
})

describe('importableForm: what never reaches OpenSSL', () => {
  const octets = (length: number): Uint8Array => tlv(4, new Uint8Array(length).fill(1))
  const wide = (bits: number): Uint8Array => integer(2n ** BigInt(bits) - 1n)
  const rsaKey = (modulus: Uint8Array, exponent: Uint8Array): Uint8Array => sequence(integer(0), modulus, exponent)
  const curve = oid('1.2.840.10045.3.1.7')
  const pkcs8 = (algorithm: Uint8Array, key: Uint8Array): Uint8Array => sequence(integer(0), algorithm, tlv(4, key))
  const dsaKey = (p: number, q: number, x: number): Uint8Array =>
    pkcs8(sequence(oid('1.2.840.10040.4.1'), sequence(wide(p), wide(q), integer(2))), wide(x))

  it.each([
    ['RSA of 8,192 bits', 'RSA PRIVATE KEY', rsaKey(wide(8192), integer(65537)), 'pkcs1'],
    ['RSA of 8,193 bits', 'RSA PRIVATE KEY', rsaKey(wide(8193), integer(65537)), undefined],
    [
      'RSA of 8,193 bits in PKCS#8',
      'PRIVATE KEY',
      pkcs8(sequence(oid('1.2.840.113549.1.1.1'), nullValue), rsaKey(wide(8193), integer(3))),
      undefined
    ],
    ['an RSA exponent beyond the modulus', 'RSA PRIVATE KEY', rsaKey(wide(2048), wide(2049)), undefined],
    ['a named curve', 'EC PRIVATE KEY', sequence(integer(1), octets(32), explicit(0, curve)), 'sec1'],
    ['a curve that is not named', 'EC PRIVATE KEY', sequence(integer(1), octets(32)), undefined],
    [
      'explicit parameters',
      'EC PRIVATE KEY',
      sequence(integer(1), octets(32), explicit(0, sequence(integer(1)))),
      undefined
    ],
    [
      'explicit parameters in PKCS#8',
      'PRIVATE KEY',
      pkcs8(sequence(oid('1.2.840.10045.2.1'), sequence(integer(1))), sequence(integer(1), octets(32))),
      undefined
    ],
    [
      'explicit parameters within PKCS#8',
      'PRIVATE KEY',
      pkcs8(
        sequence(oid('1.2.840.10045.2.1'), curve),
        sequence(integer(1), octets(32), explicit(0, sequence(integer(1))))
      ),
      undefined
    ],
    ['a scalar of 73 octets', 'EC PRIVATE KEY', sequence(integer(1), octets(73), explicit(0, curve)), undefined],
    ['DSA of 3,072 bits', 'PRIVATE KEY', dsaKey(3072, 256, 255), 'pkcs8'],
    ['DSA of 8,193 bits', 'PRIVATE KEY', dsaKey(8193, 256, 255), undefined],
    ['a DSA exponent beyond q', 'PRIVATE KEY', dsaKey(3072, 256, 257), undefined],
    [
      'an algorithm that is not compared',
      'PRIVATE KEY',
      pkcs8(sequence(oid('1.2.840.113549.1.3.1'), nullValue), integer(1)),
      undefined
    ],
    ['a key over 16 KiB', 'PRIVATE KEY', pkcs8(sequence(oid('1.3.101.112')), new Uint8Array(16_384)), undefined],
    [
      'octets after the key',
      'EC PRIVATE KEY',
      Buffer.concat([sequence(integer(1), octets(32), explicit(0, curve)), Uint8Array.of(0)]),
      undefined
    ]
  ])('judges %s', (_, label, der, form) => {
    expect(importableForm(label, der, 8192)).toBe(form)
  })
})
