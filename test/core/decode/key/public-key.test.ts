import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPublicKey } from '#dist/core/decode/key/public-key.js'
import { cpuTimeOf } from '../../../support/cpu-time.ts'
import {
  bitString,
  explicit,
  hexBytes,
  integer,
  nullValue,
  oid,
  sequence,
  spkiOf,
  tlv
} from '../../../support/der-writer.ts'

const spkiFrom = (key: KeyObject): Uint8Array => Uint8Array.from(key.export({ type: 'spki', format: 'der' }))
const malformed = (reason: string, reference?: string) => ({
  ok: false,
  fault: { code: 'public-key-malformed', details: { reason }, ...(reference === undefined ? {} : { reference }) }
})
const unsupported = (reason: string, reference?: string) => ({
  ok: false,
  fault: { code: 'public-key-unsupported', details: { reason }, ...(reference === undefined ? {} : { reference }) }
})

const rsaEncryption = '1.2.840.113549.1.1.1'
const rsassaPss = '1.2.840.113549.1.1.10'
const oddOf = (bits: number): bigint => (1n << BigInt(bits - 1)) | 1n
const rsa = (modulus: bigint, exponent: bigint | number): Uint8Array =>
  spkiOf(rsaEncryption, nullValue, sequence(integer(modulus), integer(exponent)))

describe('RSA keys (RFC 3279 §2.3.1, RFC 8017 §3.1)', () => {
  it('reads an rsaEncryption key that node made', () => {
    const spki = spkiFrom(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)
    expect(readPublicKey(spki)).toEqual({
      ok: true,
      value: { type: 'rsa', spki, bits: 2048, exponentBits: 17, pss: undefined }
    })
  })

  it('counts the bits of a modulus, not its octets', () => {
    expect(readPublicKey(rsa(oddOf(2052), 65_537))).toMatchObject({ ok: true, value: { bits: 2052 } })
  })

  it('takes exponents of 3 and of 33 bits', () => {
    expect(readPublicKey(rsa(oddOf(2048), 3))).toMatchObject({ ok: true, value: { type: 'rsa' } })
    expect(readPublicKey(rsa(oddOf(2048), oddOf(33)))).toMatchObject({ ok: true, value: { type: 'rsa' } })
  })

  it.each([
    ['a modulus of 0', rsa(0n, 3), 'the RSA modulus is zero'],
    ['a modulus of 1', rsa(1n, 3), 'the RSA modulus is 1'],
    ['an even modulus', rsa(1n << 2047n, 3), 'the RSA modulus is even'],
    ['an exponent of 0', rsa(oddOf(2048), 0), 'the RSA exponent is zero'],
    ['an exponent of 1', rsa(oddOf(2048), 1), 'the RSA exponent is 1'],
    ['an even exponent', rsa(oddOf(2048), 65_536), 'the RSA exponent is even'],
    [
      'a negative modulus',
      spkiOf(rsaEncryption, nullValue, sequence(tlv(2, hexBytes('81 01')), integer(3))),
      'the RSA modulus is negative'
    ],
    [
      'a modulus with a superfluous octet',
      spkiOf(rsaEncryption, nullValue, sequence(tlv(2, hexBytes('00 71')), integer(3))),
      'the RSA modulus is an INTEGER with a superfluous leading octet'
    ],
    [
      'a third field',
      spkiOf(rsaEncryption, nullValue, sequence(integer(oddOf(2048)), integer(3), integer(3))),
      'the RSA key has octets after its last field'
    ],
    [
      'absent parameters',
      spkiOf(rsaEncryption, undefined, sequence(integer(oddOf(2048)), integer(3))),
      'the parameters of an rsaEncryption key are not NULL'
    ],
    [
      'a NULL that holds an octet',
      spkiOf(rsaEncryption, hexBytes('05 01 00'), sequence(integer(oddOf(2048)), integer(3))),
      'the parameters of an rsaEncryption key are not NULL'
    ]
  ])('refuses %s', (_case, spki, reason) => {
    expect(readPublicKey(spki)).toEqual(malformed(reason))
  })

  it('takes keys of any size and tells the sizes, without computing anything', () => {
    const spki = rsa(oddOf(16_384), oddOf(34))
    const took = cpuTimeOf(() => {
      for (let round = 0; round < 1000; round++) readPublicKey(spki)
    })
    expect(readPublicKey(spki)).toMatchObject({ ok: true, value: { bits: 16_384, exponentBits: 34 } })
    expect(took).toBeLessThan(500)
  })
})

describe('id-RSASSA-PSS keys (RFC 4055 §1.2 and §3.1)', () => {
  const key = sequence(integer(oddOf(2048)), integer(65_537))
  const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'), nullValue)
  const mgf = (hash: Uint8Array): Uint8Array => sequence(oid('1.2.840.113549.1.1.8'), hash)

  it('reads a key without parameters as one without restrictions', () => {
    const spki = spkiOf(rsassaPss, undefined, key)
    expect(readPublicKey(spki)).toEqual({
      ok: true,
      value: { type: 'rsa-pss', spki, bits: 2048, exponentBits: 17, pss: undefined }
    })
  })

  it('reads the parameters that node writes', () => {
    const made = generateKeyPairSync('rsa-pss', {
      modulusLength: 1024,
      hashAlgorithm: 'sha256',
      mgf1HashAlgorithm: 'sha384'
    })
    expect(readPublicKey(spkiFrom(made.publicKey))).toMatchObject({
      ok: true,
      value: { type: 'rsa-pss', bits: 1024, pss: { hash: 'sha256', mgfHash: 'sha384', saltLength: 32 } }
    })
  })

  it('takes SHA-1 and 20 octets where the parameters are empty', () => {
    expect(readPublicKey(spkiOf(rsassaPss, sequence(), key))).toMatchObject({
      ok: true,
      value: { pss: { hash: 'sha1', mgfHash: 'sha1', saltLength: 20 } }
    })
  })

  it('takes defaults that are spelt out, and a hash without NULL', () => {
    const bare = sequence(oid('2.16.840.1.101.3.4.2.1'))
    const sha1 = sequence(oid('1.3.14.3.2.26'))
    const parameters = sequence(
      explicit(0, bare),
      explicit(1, mgf(sha1)),
      explicit(2, integer(20)),
      explicit(3, integer(1))
    )
    expect(readPublicKey(spkiOf(rsassaPss, parameters, key))).toMatchObject({
      ok: true,
      value: { pss: { hash: 'sha256', mgfHash: 'sha1', saltLength: 20 } }
    })
  })

  it.each([
    ['NULL parameters', nullValue, 'the id-RSASSA-PSS key has null in place of its the id-RSASSA-PSS key (sequence)'],
    ['a trailerField of 2', sequence(explicit(3, integer(2))), 'the id-RSASSA-PSS key has a trailerField other than 1'],
    ['a negative salt length', sequence(explicit(2, tlv(2, hexBytes('ff')))), 'saltLength is negative'],
    [
      'fields out of order',
      sequence(explicit(2, integer(32)), explicit(0, sha256)),
      'the id-RSASSA-PSS key has octets after its last field'
    ],
    [
      'an unknown hash',
      sequence(explicit(0, sequence(oid('1.2.3')))),
      'the id-RSASSA-PSS key names a hash that is not known (1.2.3)'
    ],
    [
      'another mask generation function',
      sequence(explicit(1, sequence(oid('1.2.3'), sha256))),
      'the id-RSASSA-PSS key names a mask generation function other than MGF1 (1.2.3)'
    ],
    [
      'MGF1 without a hash',
      sequence(explicit(1, sequence(oid('1.2.840.113549.1.1.8')))),
      'the id-RSASSA-PSS key does not name the hash of MGF1'
    ],
    [
      'a hash with parameters',
      sequence(explicit(0, sequence(oid('1.3.14.3.2.26'), integer(1)))),
      'the id-RSASSA-PSS key gives parameters to a hash that has none'
    ]
  ])('refuses %s', (_case, parameters, reason) => {
    expect(readPublicKey(spkiOf(rsassaPss, parameters, key))).toEqual(malformed(reason))
  })
})

describe('elliptic-curve keys (RFC 5480 §2.1.1 and §2.2)', () => {
  const ecPublicKey = '1.2.840.10045.2.1'
  const p256 = oid('1.2.840.10045.3.1.7')
  const point = (form: number, octets: number): Uint8Array => Uint8Array.of(form, ...new Uint8Array(octets).fill(7))

  it.each([
    ['prime192v1', 'P-192', 192],
    ['secp224r1', 'P-224', 224],
    ['prime256v1', 'P-256', 256],
    ['secp384r1', 'P-384', 384],
    ['secp521r1', 'P-521', 521],
    ['secp256k1', 'secp256k1', 256],
    ['brainpoolP160r1', 'brainpoolP160r1', 160],
    ['brainpoolP192r1', 'brainpoolP192r1', 192],
    ['brainpoolP224r1', 'brainpoolP224r1', 224],
    ['brainpoolP256r1', 'brainpoolP256r1', 256],
    ['brainpoolP320r1', 'brainpoolP320r1', 320],
    ['brainpoolP384r1', 'brainpoolP384r1', 384],
    ['brainpoolP512r1', 'brainpoolP512r1', 512]
  ])('reads a key of %s that node made', (namedCurve, curve, bits) => {
    const spki = spkiFrom(generateKeyPairSync('ec', { namedCurve }).publicKey)
    const point = spki.subarray(spki.length - 1 - 2 * Math.ceil(bits / 8))
    expect(readPublicKey(spki)).toEqual({ ok: true, value: { type: 'ec', spki, bits, curve, point } })
  })

  it.each([2, 3])('takes a compressed point (0%i)', (form) => {
    expect(readPublicKey(spkiOf(ecPublicKey, p256, point(form, 32)))).toMatchObject({
      ok: true,
      value: { curve: 'P-256' }
    })
  })

  it.each([
    ['the point at infinity', point(0, 0), 'the elliptic-curve point is the point at infinity'],
    ['a hybrid point (06)', point(6, 64), 'the elliptic-curve point is neither uncompressed nor compressed'],
    ['a hybrid point (07)', point(7, 64), 'the elliptic-curve point is neither uncompressed nor compressed'],
    ['no octets', new Uint8Array(), 'the elliptic-curve point is neither uncompressed nor compressed'],
    ['a short point', point(4, 39), 'the elliptic-curve point has 40 octets where its curve needs 65'],
    ['a long point', point(4, 65), 'the elliptic-curve point has 66 octets where its curve needs 65'],
    [
      'a compressed point of full length',
      point(2, 64),
      'the elliptic-curve point has 65 octets where its curve needs 33'
    ]
  ])('refuses %s', (_case, value, reason) => {
    expect(readPublicKey(spkiOf(ecPublicKey, p256, value))).toEqual(malformed(reason))
  })

  it('refuses a key that names no curve', () => {
    expect(readPublicKey(spkiOf(ecPublicKey, undefined, point(4, 64)))).toEqual(
      malformed('the elliptic-curve key does not name its curve')
    )
  })

  it('refuses an implied curve', () => {
    expect(readPublicKey(spkiOf(ecPublicKey, nullValue, point(4, 64)))).toEqual(
      unsupported('its elliptic curve is implied, not named', 'RFC 5480 §2.1.1')
    )
  })

  it('refuses explicit parameters whatever they hold, as a field of 2^(2^31 - 1) elements', () => {
    const field = sequence(
      oid('1.2.840.10045.1.2'),
      sequence(integer(2n ** 31n - 1n), oid('1.2.840.10045.1.2.3.2'), integer(1))
    )
    expect(readPublicKey(spkiOf(ecPublicKey, sequence(integer(1), field), point(4, 64)))).toEqual(
      unsupported('its elliptic curve is spelt out in explicit parameters, not named', 'RFC 5480 §2.1.1')
    )
  })

  it('refuses named curves over fields of characteristic 2', () => {
    expect(readPublicKey(spkiOf(ecPublicKey, oid('1.3.132.0.39'), point(4, 144)))).toEqual(
      unsupported('its elliptic curve (1.3.132.0.39) is not known', 'RFC 5480 §2.1.1')
    )
  })
})

describe('keys whose OID says all (RFC 8410, RFC 9881, RFC 9909, RFC 9935)', () => {
  it('reads Ed25519 and Ed448 keys that node made', () => {
    const ed25519 = spkiFrom(generateKeyPairSync('ed25519').publicKey)
    const ed448 = spkiFrom(generateKeyPairSync('ed448').publicKey)
    expect(readPublicKey(ed25519)).toEqual({ ok: true, value: { type: 'ed25519', spki: ed25519, bits: 256 } })
    expect(readPublicKey(ed448)).toEqual({ ok: true, value: { type: 'ed448', spki: ed448, bits: 456 } })
  })

  it('reads X25519 and X448 keys as keys that sign nothing', () => {
    const x25519 = spkiFrom(generateKeyPairSync('x25519').publicKey)
    const x448 = spkiFrom(generateKeyPairSync('x448').publicKey)
    expect(readPublicKey(x25519)).toEqual({
      ok: true,
      value: { type: 'other', spki: x25519, bits: 255, algorithm: 'X25519' }
    })
    expect(readPublicKey(x448)).toEqual({
      ok: true,
      value: { type: 'other', spki: x448, bits: 448, algorithm: 'X448' }
    })
  })

  it.each(['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'] as const)('reads an %s key that node made', (type) => {
    const spki = spkiFrom(generateKeyPairSync(type).publicKey)
    expect(readPublicKey(spki)).toMatchObject({ ok: true, value: { type, spki } })
  })

  it.each(['sha2-128s', 'sha2-128f', 'sha2-192f', 'sha2-256f', 'shake-128f', 'shake-192f', 'shake-256f'] as const)(
    'reads an SLH-DSA key of %s that node made',
    (parameterSet) => {
      const spki = spkiFrom(generateKeyPairSync(`slh-dsa-${parameterSet}`).publicKey)
      expect(readPublicKey(spki)).toMatchObject({ ok: true, value: { type: 'slh-dsa', spki, parameterSet } })
    }
  )

  it('refuses parameters, NULL among them', () => {
    expect(readPublicKey(spkiOf('1.3.101.112', nullValue, new Uint8Array(32)))).toEqual(
      malformed('the Ed25519 key has parameters, which must be absent')
    )
  })

  it('refuses another length', () => {
    expect(readPublicKey(spkiOf('1.3.101.112', undefined, new Uint8Array(33)))).toEqual(
      malformed('the Ed25519 key has 33 octets in place of 32')
    )
    expect(readPublicKey(spkiOf('2.16.840.1.101.3.4.3.18', undefined, new Uint8Array(1312)))).toEqual(
      malformed('the ML-DSA-65 key has 1312 octets in place of 1952')
    )
  })

  it('keeps a key of an unknown algorithm as it is, for end entities', () => {
    const spki = spkiOf('1.2.643.7.1.1.1.1', sequence(oid('1.2.643.2.2.35.1')), tlv(4, new Uint8Array(64)))
    expect(readPublicKey(spki)).toEqual({
      ok: true,
      value: { type: 'other', spki, bits: undefined, algorithm: '1.2.643.7.1.1.1.1' }
    })
  })
})

describe('DSA keys (RFC 3279 §2.3.2)', () => {
  const dsa = '1.2.840.10040.4.1'
  const parameters = (p: bigint, q: bigint, g: bigint): Uint8Array => sequence(integer(p), integer(q), integer(g))
  const p = oddOf(1024)
  const q = oddOf(160)

  it('reads a key that node made', () => {
    const spki = spkiFrom(generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).publicKey)
    expect(readPublicKey(spki)).toMatchObject({ ok: true, value: { type: 'dsa', spki, bits: 1024 } })
  })

  it.each([
    ['absent', undefined],
    ['NULL (RFC 5280 §6.1.4 (e))', nullValue]
  ])('leaves parameters that are %s to be inherited', (_case, absent) => {
    const spki = spkiOf(dsa, absent, integer(12_345))
    expect(readPublicKey(spki)).toEqual({
      ok: true,
      value: { type: 'dsa', spki, bits: 0, parameters: undefined, value: integer(12_345) }
    })
  })

  it.each([
    ['an even p', parameters(p + 1n, q, 2n), 2, 'a prime of the DSA parameters is even'],
    ['an even q', parameters(p, q + 1n, 2n), 2, 'a prime of the DSA parameters is even'],
    ['a q as long as p', parameters(oddOf(160), q, 2n), 2, 'the DSA prime q is not less than p'],
    ['a generator of 1', parameters(p, q, 1n), 2, 'the DSA generator g is not between 1 and p'],
    ['a generator longer than p', parameters(p, q, 1n << 1024n), 2, 'the DSA generator g is not between 1 and p'],
    ['a public value of 1', parameters(p, q, 2n), 1, 'the DSA public value is not between 1 and p'],
    ['a public value of 0', parameters(p, q, 2n), 0, 'the DSA public value is zero'],
    [
      'a fourth parameter',
      sequence(integer(p), integer(q), integer(2), integer(2)),
      2,
      'the Dss-Parms has octets after its last field'
    ]
  ])('refuses %s', (_case, given, y, reason) => {
    expect(readPublicKey(spkiOf(dsa, given, integer(y)))).toEqual(malformed(reason))
  })

  it('refuses sizes whose arithmetic is not bounded', () => {
    const tooLarge = unsupported('its DSA prime p has 8193 bits, and at most 8192 are accepted')
    expect(readPublicKey(spkiOf(dsa, parameters(oddOf(8193), q, 2n), integer(2)))).toEqual(tooLarge)
    expect(readPublicKey(spkiOf(dsa, undefined, integer(oddOf(8193))))).toEqual(tooLarge)
    expect(readPublicKey(spkiOf(dsa, parameters(p, oddOf(161), 2n), integer(2)))).toEqual(
      unsupported('its DSA prime q has 161 bits', 'RFC 3279 §2.3.2')
    )
  })
})

describe('SubjectPublicKeyInfo (RFC 5280 §4.1.2.7)', () => {
  it('refuses unused bits in the key', () => {
    const spki = sequence(sequence(oid('1.3.101.112')), tlv(3, Uint8Array.of(1), new Uint8Array(32)))
    expect(readPublicKey(spki)).toEqual(malformed('the subjectPublicKey is a BIT STRING with unused bits'))
  })

  it('refuses octets after the key', () => {
    const spki = sequence(sequence(oid('1.3.101.112')), bitString(new Uint8Array(32)), nullValue)
    expect(readPublicKey(spki)).toEqual(malformed('the SubjectPublicKeyInfo has octets after its last field'))
  })

  it('refuses a third field in the AlgorithmIdentifier', () => {
    const spki = sequence(sequence(oid('1.3.101.112'), nullValue, nullValue), bitString(new Uint8Array(32)))
    expect(readPublicKey(spki)).toEqual(malformed('the key’s AlgorithmIdentifier has octets after its last field'))
  })

  it('answers for any octets, and for any change of one octet, without throwing', () => {
    const sound = [rsa(oddOf(1024), 65_537), spkiFrom(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)]
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        expect(typeof readPublicKey(octets).ok).toBe('boolean')
      })
    )
    fc.assert(
      fc.property(fc.constantFrom(...sound), fc.nat(), fc.integer({ min: 1, max: 255 }), (spki, at, flip) => {
        const changed = Uint8Array.from(spki)
        changed[at % spki.length] = (changed[at % spki.length] ?? 0) ^ flip
        const read = readPublicKey(changed)
        expect(read.ok ? read.value.spki : read.fault.details['reason']).toBeTruthy()
      })
    )
  })
})
