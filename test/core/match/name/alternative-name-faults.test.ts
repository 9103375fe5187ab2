import { describe, expect, it } from 'vitest'
import { readName } from '#dist/core/decode/name/name.js'
import { alternativeNameFaults } from '#dist/core/match/name/alternative-name-faults.js'
import type { GeneralName } from '#dist/core/model/name.js'
import { extensionOids as oids } from '#dist/core/model/oids.js'
import { dns, email, ip, name, uri } from '../../../support/names.ts'
import { plainCertificate, withExtensions } from '../../../support/plain-certificate.ts'

const ofNames = (...subjectAlternativeNames: readonly GeneralName[]) => [
  ...alternativeNameFaults(plainCertificate({ subjectAlternativeNames }))
]
const reasonOf = (given: GeneralName): unknown => {
  const [first, ...more] = ofNames(given)
  expect(more).toEqual([])
  return first?.code === 'subject-alternative-name-invalid' ? first.details.reason : first?.code
}

describe('DNS names in the preferred name syntax (RFC 5280 §4.2.1.6)', () => {
  it.each([
    'example.test',
    'EXAMPLE.Test',
    'localhost',
    'a',
    '1.example',
    'a-b--c.example',
    'xn--bcher-kva.example',
    '*.example.test',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.4.example',
    'a1.2.3.4',
    '1234.1.1.1'
  ])('are those as "%s"', (value) => {
    expect(ofNames(dns(value))).toEqual([])
  })

  it.each([
    ['a_b.example', 'is not in the preferred name syntax of DNS'],
    ['-a.example', 'is not in the preferred name syntax of DNS'],
    ['a-.example', 'is not in the preferred name syntax of DNS'],
    ['.example', 'is not in the preferred name syntax of DNS'],
    ['example.', 'is not in the preferred name syntax of DNS'],
    ['a..example', 'is not in the preferred name syntax of DNS'],
    ['a b.example', 'is not in the preferred name syntax of DNS'],
    ['*', 'is not in the preferred name syntax of DNS'],
    ['*.', 'is not in the preferred name syntax of DNS'],
    ['*.*.example', 'is not in the preferred name syntax of DNS'],
    ['a.*.example', 'is not in the preferred name syntax of DNS'],
    ['a*.example', 'is not in the preferred name syntax of DNS'],
    ['1.2.3.4', 'is an IP address written as a DNS name'],
    ['192.0.2.255', 'is an IP address written as a DNS name'],
    ['::1', 'is an IP address written as a DNS name'],
    ['example.test:443', 'is an IP address written as a DNS name'],
    ['', 'is empty'],
    [' ', 'is empty']
  ])('are not those as "%s"', (value, reason) => {
    expect(ofNames(dns(value))).toEqual([
      { code: 'subject-alternative-name-invalid', details: { name: value, reason } }
    ])
  })
})

describe('the length of DNS names (RFC 1034 §3.1)', () => {
  const label = 'a'.repeat(63)
  const three = `${label}.${label}.${label}`

  it('is 63 characters for each label, and 253 in all', () => {
    expect(ofNames(dns(`${label}.example`), dns(`${three}.${'a'.repeat(61)}`))).toEqual([])
    expect(reasonOf(dns(`${label}a.example`))).toBe('is not in the preferred name syntax of DNS')
    expect(reasonOf(dns(`${three}.${'a'.repeat(62)}`))).toBe('is longer than 253 characters')
  })
})

describe('other alternative names (RFC 5280 §4.2.1.6)', () => {
  it('are faulty where an email address or a URI is blank, and no DNS names otherwise', () => {
    for (const blank of [email(''), email(' '), uri(''), uri('  ')]) expect(reasonOf(blank)).toBe('is empty')
    expect(ofNames(email('a_b'), uri('a_b'), ip(1, 2, 3, 4))).toEqual([])
  })

  it('are told of eight times at most', () => {
    const faulty = Array.from({ length: 8 }, (_, at) => dns(`a_${at}`))
    expect(ofNames(...faulty)).toHaveLength(8)
    expect(ofNames(...faulty, dns('a_8'))).toHaveLength(8)
  })
})

describe('the alternative names of a certificate without a subject (RFC 5280 §4.1.2.6)', () => {
  const faultsOf = (subject = name(), marks: Parameters<typeof withExtensions>[1] = []) => [
    ...alternativeNameFaults({ ...withExtensions(plainCertificate(), marks), subject })
  ]

  it('have to be there, and critical', () => {
    expect(faultsOf()).toEqual([
      {
        code: 'subject-alternative-name-missing',
        details: { reason: 'its subject is empty, so nothing says whose it is' }
      }
    ])
    expect(faultsOf(name(), [[oids.subjectAltName, false]])).toEqual([
      {
        code: 'extension-criticality-wrong',
        details: { extension: 'subjectAltName', expected: 'critical' },
        reference: 'RFC 5280 §4.2.1.6'
      }
    ])
    expect(faultsOf(name(), [[oids.subjectAltName, true]])).toEqual([])
  })

  it('are whatever they are beside a subject, or one that cannot be read', () => {
    expect(faultsOf(name(['CN', 'x']))).toEqual([])
    expect(faultsOf(name(['CN', 'x']), [[oids.subjectAltName, false]])).toEqual([])
    expect(faultsOf(readName(Uint8Array.of(0x30)))).toEqual([])
  })
})
