import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attempt, DerReader } from '#dist/core/decode/der/der.js'
import { isNull, readAlgorithmIdentifier } from '#dist/core/decode/key/algorithm.js'
import { readSignatureAlgorithm, signatureAlgorithmName } from '#dist/core/decode/key/signature-algorithm.js'
import { isSignaturePair } from '#dist/core/decode/key/signature-pair.js'
import { hexBytes, integer, nullValue, oid, sequence } from '../../../support/der-writer.ts'
import { algorithm, type PssHash, pss } from '../../../support/signing.ts'

const read = (der: Uint8Array) => attempt(() => readAlgorithmIdentifier(new DerReader(der, 'the test').element()))

describe('AlgorithmIdentifier (RFC 5280 §4.1.1.2)', () => {
  it('keeps its octets, its OID and its parameters with their header', () => {
    const der = sequence(oid('1.2.840.113549.1.1.11'), nullValue)
    expect(read(der)).toEqual({ ok: true, value: { der, oid: '1.2.840.113549.1.1.11', parameters: nullValue } })
  })

  it('tells absent parameters from NULL', () => {
    expect(read(sequence(oid('1.3.101.112')))).toMatchObject({ ok: true, value: { parameters: undefined } })
    expect(isNull(undefined)).toBe(false)
    expect(isNull(nullValue)).toBe(true)
    expect(isNull(hexBytes('05 01 00'))).toBe(false)
    expect(isNull(hexBytes('04 00'))).toBe(false)
  })

  it.each([
    ['another element than a sequence', nullValue, 'the AlgorithmIdentifier is null in place of a sequence'],
    ['no OID', sequence(), 'the AlgorithmIdentifier ends before its algorithm'],
    [
      'a third field',
      sequence(oid('1.2.3'), nullValue, nullValue),
      'the AlgorithmIdentifier has octets after its last field'
    ]
  ])('refuses %s', (_case, der, reason) => {
    expect(read(der)).toEqual({ ok: false, reason })
  })
})

describe('signature algorithms', () => {
  it('have the names that the standards give them, or their OIDs', () => {
    const names = ['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.10', '1.2.840.113549.1.1.2', '1.2.3'].map(
      signatureAlgorithmName
    )
    expect(names).toEqual(['sha256WithRSAEncryption', 'RSASSA-PSS', 'md2WithRSAEncryption', '1.2.3'])
  })

  it('of RSASSA-PSS say their hashes and salt length (RFC 4055 §3.1)', () => {
    const hashes = fc.constantFrom<PssHash>('sha1', 'sha224', 'sha256', 'sha384', 'sha512')
    fc.assert(
      fc.property(hashes, hashes, fc.nat({ max: 70_000 }), (hash, mgfHash, saltLength) => {
        expect(readSignatureAlgorithm(pss(hash, saltLength, mgfHash))).toEqual({
          ok: true,
          value: { scheme: 'rsa-pss', name: 'RSASSA-PSS', hash, mgfHash, saltLength }
        })
      })
    )
  })

  it('never throw for parameters of any octets', () => {
    const dotted = fc.constantFrom('1.2.840.113549.1.1.10', '1.2.840.113549.1.1.11', '1.3.101.112')
    const sound = pss('sha256', 32).parameters ?? new Uint8Array()
    const changed = fc.tuple(fc.nat(), fc.nat({ max: 255 })).map(([at, octet]) => sound.with(at % sound.length, octet))
    fc.assert(
      fc.property(dotted, fc.oneof(fc.uint8Array({ maxLength: 80 }), changed), (each, parameters) => {
        expect(typeof readSignatureAlgorithm(algorithm(each, parameters)).ok).toBe('boolean')
      })
    )
  })
})

describe('signatures of two numbers (RFC 3279 §2.2.2 and §2.2.3)', () => {
  it('are taken for any two positive numbers in DER', () => {
    const positive = fc.bigInt({ min: 1n, max: 1n << 521n })
    fc.assert(
      fc.property(positive, positive, (r, s) => {
        expect(isSignaturePair(sequence(integer(r), integer(s)))).toBe(true)
      })
    )
  })

  it('are refused with any octet more or less', () => {
    const pair = sequence(integer(5), integer(7))
    expect(isSignaturePair(Uint8Array.of(...pair, 0))).toBe(false)
    expect(isSignaturePair(pair.subarray(0, -1))).toBe(false)
  })
})
