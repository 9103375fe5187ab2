import { describe, expect, it } from 'vitest'
import {
  alternativeNames,
  basicConstraints,
  type CertificateSpec,
  certSignAndCrlSign,
  commonName,
  digitalSignature,
  dnsName,
  extendedKeyUsage,
  extension,
  intermediate,
  keyUsage,
  root,
  server
} from '../../support/authority.ts'
import { hexBytes, integer, sequence, tlv } from '../../support/der-writer.ts'
import { errorsOf, verdictOn, warningsOf } from '../../support/verdicts.ts'

const top = root()

type Expected = readonly (readonly [string, number | null])[]

/** Under `path` the finding is a warning and the chain valid; under `strict` it is the one error. */
const expectRule = (code: string, at: number, question: Parameters<typeof verdictOn>[0]): void => {
  const expected: Expected = [[code, at]]
  const lenient = verdictOn(question)
  expect(errorsOf(lenient)).toEqual([])
  expect(warningsOf(lenient)).toEqual(expect.arrayContaining([...expected]))
  expect(errorsOf(verdictOn({ ...question, certificateRules: 'strict' }))).toEqual(expected)
}

const ofLeaf = (spec: Partial<CertificateSpec>) => ({ chain: [server(top, 'www.example.test', spec)], caBundle: [top] })
const ofIntermediate = (spec: Partial<CertificateSpec>) => {
  const middle = intermediate(top, 'CA', spec)
  return { chain: [server(middle), middle], caBundle: [top] }
}
const names = alternativeNames(['www.example.test'])

describe('issuance rules (RFC 5280 §4): warnings under path, errors under strict', () => {
  it.each([
    ['zero', hexBytes('00')],
    ['negative', hexBytes('ff')],
    ['of 21 octets', hexBytes(`01${'00'.repeat(20)}`)]
  ])('serial numbers that are %s (§4.1.2.2)', (_what, octets) => {
    expectRule('serial-number-invalid', 0, ofLeaf({ alter: (fields) => fields.with(1, tlv(2, octets)) }))
  })

  it('lets an anchor have the serial number 0', () => {
    const old = root('Old Root', { serialNumber: 0n })
    const verdict = verdictOn({ chain: [server(old)], caBundle: [old], certificateRules: 'strict' })
    expect(errorsOf(verdict)).toEqual([])
  })

  it('an empty issuer, and a CA without a subject (§4.1.2.4, §4.1.2.6)', () => {
    const nameless = root('', { subject: sequence() })
    const question = { chain: [server(nameless)], caBundle: [nameless] }
    expect(errorsOf(verdictOn(question))).toEqual([])
    expect(errorsOf(verdictOn({ ...question, certificateRules: 'strict' }))).toEqual([
      ['issuer-name-empty', 0],
      ['issuer-name-empty', 1],
      ['subject-name-empty', 1]
    ])
  })

  it('basic constraints of a CA that are not critical (§4.2.1.9)', () => {
    const extensions = [basicConstraints(true, undefined, false), keyUsage(certSignAndCrlSign)]
    expectRule('extension-criticality-wrong', 1, ofIntermediate({ extensions }))
  })

  it('policy constraints that are not critical (§4.2.1.11)', () => {
    const constraints = extension('2.5.29.36', sequence(tlv(0x80, hexBytes('05'))))
    const extensions = [basicConstraints(true), keyUsage(certSignAndCrlSign), constraints]
    expectRule('extension-criticality-wrong', 1, ofIntermediate({ extensions }))
  })

  it.each([
    ['subjectKeyIdentifier', '2.5.29.14', tlv(4, hexBytes('0102'))],
    ['authorityKeyIdentifier', '2.5.29.35', sequence(tlv(0x80, hexBytes('0102')))]
  ])('a critical %s (§4.2.1.1, §4.2.1.2)', (_name, id, value) => {
    const identifiers = [
      extension('2.5.29.14', tlv(4, hexBytes('0102')), id === '2.5.29.14'),
      extension('2.5.29.35', sequence(tlv(0x80, hexBytes('0102'))), id === '2.5.29.35')
    ]
    expect(value.length).toBeGreaterThan(0)
    expectRule('extension-criticality-wrong', 0, ofLeaf({ keyIdentifiers: false, extensions: [...identifiers, names] }))
  })

  it('a missing authority key identifier, but not in what is self-signed (§4.2.1.1)', () => {
    expectRule('authority-key-identifier-missing', 0, ofLeaf({ keyIdentifiers: false, extensions: [names] }))
    const identifier = extension('2.5.29.14', tlv(4, hexBytes('0102')))
    const bare = root('Bare Root', {
      keyIdentifiers: false,
      extensions: [basicConstraints(true), keyUsage(certSignAndCrlSign), identifier]
    })
    const verdict = verdictOn({ chain: [server(bare)], caBundle: [bare], certificateRules: 'strict' })
    expect(errorsOf(verdict)).toEqual([])
  })

  it('an authority key identifier with an issuer and no serial number', () => {
    const issuer = tlv(0xa1, tlv(0xa4, commonName('Test Root')))
    const identifier = extension('2.5.29.35', sequence(tlv(0x80, hexBytes('0102')), issuer))
    expectRule(
      'authority-key-identifier-invalid',
      0,
      ofLeaf({ keyIdentifiers: false, extensions: [identifier, names] })
    )
  })

  it('a CA without a subject key identifier (§4.2.1.2)', () => {
    const authority = extension('2.5.29.35', sequence(tlv(0x80, hexBytes('0102'))))
    const extensions = [basicConstraints(true), keyUsage(certSignAndCrlSign), authority]
    expectRule('subject-key-identifier-missing', 1, ofIntermediate({ keyIdentifiers: false, extensions }))
  })

  it.each([
    ['keyCertSign without cA', [keyUsage(certSignAndCrlSign), names]],
    ['a path length without cA', [basicConstraints(false, 0), names]]
  ])('%s (§4.2.1.3, §4.2.1.9)', (_what, extensions) => {
    expectRule('extension-inconsistent', 0, ofLeaf({ extensions }))
  })

  it('name constraints in an end entity (§4.2.1.10)', () => {
    const constraints = extension('2.5.29.30', sequence(tlv(0xa0, sequence(dnsName('example.test')))), true)
    expectRule('extension-not-allowed', 0, ofLeaf({ extensions: [names, constraints] }))
  })

  it('an empty subject whose alternative names are not critical (§4.1.2.6)', () => {
    expectRule('extension-criticality-wrong', 0, ofLeaf({ subject: sequence(), extensions: [names] }))
    const critical = ofLeaf({ subject: sequence(), extensions: [alternativeNames(['www.example.test'], true)] })
    expect(errorsOf(verdictOn({ ...critical, certificateRules: 'strict' }))).toEqual([])
  })

  it.each(['a_b.example.test', '192.0.2.1', '-a.example.test', '.example.test', 'example..test', 'a*.example.test'])(
    'the DNS name %s, which is not in the preferred syntax (§4.2.1.6)',
    (name) => {
      expectRule('subject-alternative-name-invalid', 0, ofLeaf({ extensions: [alternativeNames([name])] }))
    }
  )
})

describe('webpki extensions (Baseline Requirements)', () => {
  const serverAuth = extendedKeyUsage('1.3.6.1.5.5.7.3.1')
  const verdictOnServer = (spec: Partial<CertificateSpec>, issuer = top) =>
    errorsOf(verdictOn({ chain: [server(issuer, 'www.example.test', spec)], caBundle: [issuer], profile: 'webpki' }))

  it('accepts what a public CA would issue', () => {
    expect(verdictOnServer({})).toEqual([])
  })

  it('asks for an extended key usage, not critical and without anyExtendedKeyUsage (BR 7.1.2.7.6, .10)', () => {
    expect(verdictOnServer({ extensions: [names] })).toEqual([['extension-missing', 0]])
    expect(verdictOnServer({ extensions: [names, { ...serverAuth, critical: true }] })).toEqual([
      ['extension-criticality-wrong', 0]
    ])
    const any = extendedKeyUsage('1.3.6.1.5.5.7.3.1', '2.5.29.37.0')
    expect(verdictOnServer({ extensions: [names, any] })).toEqual([['extension-not-allowed', 0]])
  })

  it('asks for alternative names, not critical beside a subject (BR 7.1.2.7.12)', () => {
    expect(verdictOnServer({ extensions: [serverAuth, keyUsage(digitalSignature)] })).toEqual([
      ['subject-alternative-name-missing', 0]
    ])
    const critical = alternativeNames(['www.example.test'], true)
    expect(verdictOnServer({ extensions: [serverAuth, critical] })).toEqual([['extension-criticality-wrong', 0]])
  })

  it('refuses a root with purposes, or with more in its authority key identifier than its own key (BR 7.1.2.1)', () => {
    const caExtensions = [basicConstraints(true), keyUsage(certSignAndCrlSign)]
    const withPurpose = root('Root', { extensions: [...caExtensions, serverAuth] })
    expect(verdictOnServer({}, withPurpose)).toEqual([['extension-not-allowed', 1]])
    const subject = extension('2.5.29.14', tlv(4, hexBytes('0102')))
    const other = extension('2.5.29.35', sequence(tlv(0x80, hexBytes('0103'))))
    const misidentified = root('Root', { keyIdentifiers: false, extensions: [...caExtensions, subject, other] })
    expect(verdictOnServer({}, misidentified)).toEqual([['authority-key-identifier-invalid', 1]])
    const full = sequence(
      tlv(0x80, hexBytes('0102')),
      tlv(0xa1, tlv(0xa4, commonName('Root'))),
      tlv(0x82, integer(1).subarray(2))
    )
    const overfull = root('Root', {
      keyIdentifiers: false,
      extensions: [...caExtensions, subject, extension('2.5.29.35', full)]
    })
    expect(verdictOnServer({}, overfull)).toEqual([['authority-key-identifier-invalid', 1]])
  })

  it('holds nobody to these rules under rfc5280', () => {
    const verdict = verdictOn({ chain: [server(top, 'www.example.test', { extensions: [names] })], caBundle: [top] })
    expect(verdict.valid).toBe(true)
  })
})
