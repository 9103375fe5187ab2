import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readCertificatePolicies,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings
} from '#dist/core/decode/certificate/policies.js'
import { attempt } from '#dist/core/decode/der/der.js'
import { hexBytes, integer, oid, sequence, tlv } from '../../../support/der-writer.ts'

const reasonOf = (decode: () => unknown): string => {
  const decoded = attempt(decode)
  return decoded.ok ? 'well formed' : decoded.reason
}

const any = '2.5.29.32.0'
const cps = sequence(oid('1.3.6.1.5.5.7.2.1'), tlv(0x16, Buffer.from('https://cps.example')))

describe('certificatePolicies (RFC 5280 §4.2.1.4)', () => {
  it('reads policies in their order, with and without qualifiers', () => {
    const other = sequence(oid('1.2.4.1'), sequence())
    const qualified = sequence(oid(any), sequence(cps, cps))
    const value = sequence(sequence(oid('1.2.3')), qualified, sequence(oid('1.2.4'), sequence(cps, other)))
    expect(readCertificatePolicies(value)).toEqual([
      { oid: '1.2.3', unknownQualifiers: false },
      { oid: any, unknownQualifiers: false },
      { oid: '1.2.4', unknownQualifiers: true }
    ])
  })

  it.each([
    ['an empty list', sequence(), 'CertificatePolicies lists no policy'],
    [
      'a policy twice',
      sequence(sequence(oid('1.2.3')), sequence(oid('1.2.4')), sequence(oid('1.2.3'))),
      'the policy 1.2.3 twice'
    ],
    ['an empty list of qualifiers', sequence(sequence(oid('1.2.3'), sequence())), 'policyQualifiers is empty'],
    ['a qualifier without a value', sequence(sequence(oid('1.2.3'), sequence(sequence(oid('1.2'))))), 'is cut short'],
    [
      'a qualifier with two values',
      sequence(sequence(oid('1.2.3'), sequence(sequence(oid('1.2'), integer(1), integer(2))))),
      'after its last field'
    ],
    [
      'a field after the qualifiers',
      sequence(sequence(oid('1.2.3'), sequence(cps), integer(1))),
      'after its last field'
    ],
    ['a policy that is no SEQUENCE', sequence(oid('1.2.3')), 'oid in place of its PolicyInformation'],
    [
      'octets after the list',
      Buffer.concat([sequence(sequence(oid('1.2.3'))), Buffer.of(5, 0)]),
      'after its last field'
    ],
    ['nothing', new Uint8Array(), 'ends before']
  ])('refuses %s', (_, value, reason) => {
    expect(reasonOf(() => readCertificatePolicies(value))).toContain(reason)
  })
})

describe('policyMappings (RFC 5280 §4.2.1.5)', () => {
  it('reads mappings in their order', () => {
    const value = sequence(sequence(oid('1.2.3'), oid('1.2.4')), sequence(oid('1.2.3'), oid('1.2.5')))
    expect(readPolicyMappings(value)).toEqual([
      { issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' },
      { issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.5' }
    ])
  })

  it.each([
    ['an empty list', sequence(), 'maps no policy'],
    ['a mapping from anyPolicy', sequence(sequence(oid(any), oid('1.2.4'))), 'maps from anyPolicy'],
    ['a mapping to anyPolicy', sequence(sequence(oid('1.2.4'), oid(any))), 'maps to anyPolicy'],
    ['a mapping to nothing', sequence(sequence(oid('1.2.4'))), 'ends before its subjectDomainPolicy'],
    ['a mapping of three', sequence(sequence(oid('1.2.4'), oid('1.2.5'), oid('1.2.6'))), 'after its last field']
  ])('refuses %s', (_, value, reason) => {
    expect(reasonOf(() => readPolicyMappings(value))).toContain(reason)
  })
})

describe('policyConstraints (RFC 5280 §4.2.1.11)', () => {
  it.each([
    ['30 03 80 01 00', 0, undefined],
    ['30 03 81 01 05', undefined, 5],
    ['30 06 80 01 02 81 01 00', 2, 0]
  ])('reads %s', (value, requireExplicitPolicy, inhibitPolicyMapping) => {
    expect(readPolicyConstraints(hexBytes(value))).toEqual({ requireExplicitPolicy, inhibitPolicyMapping })
  })

  it.each([
    ['an empty sequence', '30 00', 'PolicyConstraints is empty'],
    ['a negative number', '30 03 80 01 ff', 'requireExplicitPolicy is negative'],
    ['a number that is not minimal', '30 04 81 02 00 01', 'superfluous leading octet'],
    ['a number without octets', '30 02 80 00', 'without octets'],
    ['explicit tags', '30 05 a0 03 02 01 00', 'after its last field'],
    ['fields in the wrong order', '30 06 81 01 00 80 01 00', 'after its last field'],
    ['a field twice', '30 06 80 01 00 80 01 00', 'after its last field']
  ])('refuses %s', (_, value, reason) => {
    expect(reasonOf(() => readPolicyConstraints(hexBytes(value)))).toContain(reason)
  })
})

describe('inhibitAnyPolicy (RFC 5280 §4.2.1.14)', () => {
  it('reads a number, and takes one beyond all paths for the greatest', () => {
    expect(readInhibitAnyPolicy(integer(0))).toBe(0)
    expect(readInhibitAnyPolicy(integer(3))).toBe(3)
    expect(readInhibitAnyPolicy(integer(2n ** 70n))).toBe(0x7fffffff)
  })

  it.each([
    ['a negative number', '02 01 80', 'is negative'],
    ['another type', '04 01 00', 'in place of its InhibitAnyPolicy'],
    ['octets after the number', '02 01 00 05 00', 'after its last field']
  ])('refuses %s', (_, value, reason) => {
    expect(reasonOf(() => readInhibitAnyPolicy(hexBytes(value)))).toContain(reason)
  })
})

describe('decoders of policies', () => {
  const arc = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
  const policy = fc.array(arc, { minLength: 1, maxLength: 4 }).map((arcs) => ['1.2', ...arcs].join('.'))

  it('read back every list of policies and mappings', () => {
    fc.assert(
      fc.property(fc.uniqueArray(policy, { minLength: 1, maxLength: 8 }), (policies) => {
        const list = sequence(...policies.map((each) => sequence(oid(each))))
        expect(readCertificatePolicies(list)).toEqual(policies.map((each) => ({ oid: each, unknownQualifiers: false })))
        const mappings = sequence(...policies.map((each) => sequence(oid(each), oid('1.2.3'))))
        expect(readPolicyMappings(mappings)).toEqual(
          policies.map((issuerDomainPolicy) => ({ issuerDomainPolicy, subjectDomainPolicy: '1.2.3' }))
        )
      })
    )
  })

  it('refuse a well-formed value whose octets are cut off or changed, or read another well-formed one', () => {
    const value = sequence(sequence(oid('1.2.3')), sequence(oid(any), sequence(cps)))
    fc.assert(
      fc.property(fc.nat(value.length - 1), fc.nat(255), (at, octet) => {
        expect(attempt(() => readCertificatePolicies(value.subarray(0, at))).ok).toBe(false)
        const decoded = attempt(() => readCertificatePolicies(value.with(at, octet)))
        expect(decoded.ok ? decoded.value.length : decoded.reason.length).toBeGreaterThan(0)
      })
    )
  })
})
