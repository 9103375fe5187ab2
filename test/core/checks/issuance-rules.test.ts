import { describe, expect, it } from 'vitest'
import { issuanceRules } from '#dist/core/checks/issuance-rules.js'
import { readName } from '#dist/core/decode/name/name.js'
import { type Certificate, keyUsageBits } from '#dist/core/model/certificate.js'
import { extensionOids as oids } from '#dist/core/model/oids.js'
import type { CheckContext } from '#dist/core/model/path.js'
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
import { findingsOf } from '../../support/findings.ts'
import { dns, name } from '../../support/names.ts'
import {
  anchoredPath,
  bareAnchor,
  openPath,
  type PlainFields,
  plainCertificate,
  plainContext,
  withExtensions
} from '../../support/plain-certificate.ts'
import { errorsOf, verdictOn, warningsOf } from '../../support/verdicts.ts'

type Marks = Parameters<typeof withExtensions>[1]

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

  it.each([0x81, 0x82, 0x86])('an empty or blank alternative name of tag %i (§4.2.1.6)', (tag) => {
    for (const blank of [tlv(tag), tlv(tag, hexBytes('20'))]) {
      const extensions = [alternativeNames([blank, 'www.example.test'])]
      expectRule('subject-alternative-name-invalid', 0, ofLeaf({ extensions }))
    }
  })

  it.each(['a_b.example.test', '192.0.2.1', '-a.example.test', '.example.test', 'example..test', 'a*.example.test'])(
    'the DNS name %s, which is not in the preferred syntax (§4.2.1.6)',
    (name) => {
      expectRule('subject-alternative-name-invalid', 0, ofLeaf({ extensions: [alternativeNames([name])] }))
    }
  )
})

describe('issuance rules: the findings and their clauses', () => {
  const run = (path: Parameters<typeof issuanceRules.run>[0], context: CheckContext = plainContext()) =>
    findingsOf(issuanceRules, path, context).map(({ certificate, code, details, reference }) => [
      certificate,
      code,
      details,
      reference
    ])
  const identified: PlainFields = {
    authorityKeyIdentifier: { keyIdentifier: '01', issuer: undefined, serialNumber: undefined }
  }
  const keyIdentifiers: Marks = [
    [oids.authorityKeyIdentifier, false],
    [oids.subjectKeyIdentifier, false]
  ]
  const certificate = (marks: Marks = [], fields: PlainFields = {}): Certificate =>
    withExtensions(plainCertificate({ ...identified, ...fields }), [...keyIdentifiers, ...marks])
  const caMark: Marks[number] = [oids.basicConstraints, true]
  const ca = (marks: Marks = [], fields: PlainFields = {}): Certificate =>
    certificate([caMark, ...marks], { basicConstraints: { ca: true, pathLength: undefined }, ...fields })
  const sound = certificate()
  const ofLeafAlone = (marks: Marks, fields: PlainFields = {}) => run(anchoredPath(certificate(marks, fields), ca()))
  const ofCa = (marks: Marks, fields: PlainFields = {}) => run(anchoredPath(sound, ca(marks, fields), ca()))

  it('are none where all is as it should be, and warnings or errors by the rules', () => {
    expect(run(anchoredPath(sound, ca(), ca()))).toEqual([])
    const path = anchoredPath(certificate([], { serialNumber: '00' }), ca())
    const severities = (context: CheckContext) =>
      findingsOf(issuanceRules, path, context).map(({ severity }) => severity)
    expect(severities(plainContext())).toEqual(['warning'])
    expect(severities(plainContext({ certificateRules: 'strict' }))).toEqual(['error'])
    expect(severities(plainContext({ profile: 'webpki' }))).toEqual(['warning'])
  })

  it.each([
    ['00', ['is zero']],
    ['0000', ['is zero']],
    ['', ['is zero']],
    ['01', []],
    ['0100', []],
    ['7f', []],
    ['80', ['is negative']],
    [`01${'00'.repeat(19)}`, []],
    [`01${'00'.repeat(20)}`, ['is longer than 20 octets']],
    [`ff${'00'.repeat(20)}`, ['is negative', 'is longer than 20 octets']]
  ])('of the serial number %s are as §4.1.2.2 has it', (serialNumber, reasons) => {
    const expected = (at: number) =>
      reasons.map((reason) => [at, 'serial-number-invalid', { serialNumber, reason }, undefined])
    expect(ofLeafAlone([], { serialNumber })).toEqual(expected(0))
    expect(ofCa([], { serialNumber })).toEqual(expected(1))
    expect(run(anchoredPath(sound, ca([], { serialNumber })))).toEqual([])
  })

  it('tell 128 digits of a serial number at most', () => {
    const [found] = ofLeafAlone([], { serialNumber: '7f'.repeat(65) })
    expect(found?.[2]).toEqual({ serialNumber: '7f'.repeat(64), reason: 'is longer than 20 octets' })
  })

  it.each([
    ['authorityKeyIdentifier', '§4.2.1.1'],
    ['subjectKeyIdentifier', '§4.2.1.2'],
    ['subjectDirectoryAttributes', '§4.2.1.8'],
    ['freshestCRL', '§4.2.1.15'],
    ['authorityInfoAccess', '§4.2.2.1'],
    ['subjectInfoAccess', '§4.2.2.2']
  ] as const)('ask for %s not to be critical (%s)', (extension, clause) => {
    const marks: Marks = [...keyIdentifiers.filter(([oid]) => oid !== oids[extension]), [oids[extension], true]]
    const odd = withExtensions(plainCertificate(identified), marks)
    expect(run(anchoredPath(odd, ca()))).toEqual([
      [0, 'extension-criticality-wrong', { extension, expected: 'not critical' }, `RFC 5280 ${clause}`]
    ])
    expect(ofLeafAlone([[oids[extension], false]])).toEqual([])
  })

  it.each([
    ['nameConstraints', '§4.2.1.10'],
    ['policyConstraints', '§4.2.1.11'],
    ['inhibitAnyPolicy', '§4.2.1.14']
  ] as const)('ask for %s to be critical (%s)', (extension, clause) => {
    expect(ofCa([[oids[extension], false]])).toEqual([
      [1, 'extension-criticality-wrong', { extension, expected: 'critical' }, `RFC 5280 ${clause}`]
    ])
    expect(ofCa([[oids[extension], true]])).toEqual([])
    const inLeaf = ofLeafAlone([[oids[extension], false]]).filter(([, code]) => code === 'extension-criticality-wrong')
    expect(inLeaf).toHaveLength(1)
  })

  it('ask for the basic constraints of CAs to be critical, and not for those of others (§4.2.1.9)', () => {
    const lax = withExtensions(ca(), [...keyIdentifiers, [oids.basicConstraints, false]])
    expect(run(anchoredPath(sound, lax, ca()))).toEqual([
      [1, 'extension-criticality-wrong', { extension: 'basicConstraints', expected: 'critical' }, 'RFC 5280 §4.2.1.9']
    ])
    const notCa: PlainFields = { basicConstraints: { ca: false, pathLength: undefined } }
    expect(ofLeafAlone([[oids.basicConstraints, false]], notCa)).toEqual([])
    expect(ofLeafAlone([[oids.basicConstraints, false]])).toEqual([])
  })

  it('let name constraints not be critical under webpki, and nothing else (BR 7.1.2.10.8)', () => {
    const lax = ca([
      [oids.nameConstraints, false],
      [oids.policyConstraints, false]
    ])
    expect(run(anchoredPath(sound, lax, ca()), plainContext({ profile: 'webpki' }))).toEqual([
      [1, 'extension-criticality-wrong', { extension: 'policyConstraints', expected: 'critical' }, 'RFC 5280 §4.2.1.11']
    ])
  })

  it('ask for key identifiers (§4.2.1.1, §4.2.1.2)', () => {
    const missing = [0, 'authority-key-identifier-missing', {}, undefined]
    const without = withExtensions(plainCertificate(), [])
    expect(run(anchoredPath(without, ca()))).toEqual([missing])
    const empty = { keyIdentifier: undefined, issuer: undefined, serialNumber: undefined }
    expect(ofLeafAlone([], { authorityKeyIdentifier: empty })).toEqual([missing])
    expect(ofLeafAlone([], { authorityKeyIdentifier: undefined })).toEqual([])
    const caWithout = withExtensions(ca(), [caMark, [oids.authorityKeyIdentifier, false]])
    expect(run(anchoredPath(sound, caWithout, ca()))).toEqual([[1, 'subject-key-identifier-missing', {}, undefined]])
    const leafWithout = withExtensions(sound, [[oids.authorityKeyIdentifier, false]])
    expect(run(anchoredPath(leafWithout, ca()))).toEqual([])
  })

  it('take issuer and serial number in the authority key identifier together (§4.2.1.1)', () => {
    const having = (issuer: [] | undefined, serialNumber: string | undefined) =>
      ofLeafAlone([], { authorityKeyIdentifier: { keyIdentifier: '01', issuer, serialNumber } })
    const reason = 'authorityCertIssuer and authorityCertSerialNumber have to be there both or neither'
    const half = [[0, 'authority-key-identifier-invalid', { reason }, undefined]]
    expect(having([], undefined)).toEqual(half)
    expect(having(undefined, '01')).toEqual(half)
    expect(having([], '01')).toEqual([])
  })

  it('compare keyCertSign, cA and path length with each other (§4.2.1.3, §4.2.1.9)', () => {
    const inconsistent = (at: number, reason: string, clause: string) => [
      at,
      'extension-inconsistent',
      { reason },
      `RFC 5280 ${clause}`
    ]
    const { keyCertSign, cRLSign, digitalSignature: signing } = keyUsageBits
    expect(ofLeafAlone([], { keyUsage: keyCertSign })).toEqual([
      inconsistent(0, 'the key usage asserts keyCertSign, but cA is not TRUE', '§4.2.1.3')
    ])
    expect(ofLeafAlone([], { keyUsage: signing })).toEqual([])
    expect(ofCa([], { keyUsage: keyCertSign })).toEqual([])
    expect(ofLeafAlone([caMark], { basicConstraints: { ca: false, pathLength: 0 } })).toEqual([
      inconsistent(0, 'there is a path length constraint, but cA is not TRUE', '§4.2.1.9')
    ])
    const limited: PlainFields = { basicConstraints: { ca: true, pathLength: 0 } }
    expect(ofCa([], { ...limited, keyUsage: cRLSign })).toEqual([
      inconsistent(1, 'there is a path length constraint, but no keyCertSign', '§4.2.1.9')
    ])
    expect(ofCa([], { ...limited, keyUsage: keyCertSign })).toEqual([])
    expect(ofCa([], limited)).toEqual([])
    expect(ofCa([], { keyUsage: cRLSign })).toEqual([])
  })

  it('let CAs alone constrain names (§4.2.1.10)', () => {
    expect(ofLeafAlone([[oids.nameConstraints, true]])).toEqual([
      [
        0,
        'extension-not-allowed',
        { extension: 'nameConstraints', reason: 'only certificates of CAs may constrain names' },
        'RFC 5280 §4.2.1.10'
      ]
    ])
  })

  it('ask for names: of every issuer, and for the subject of CAs (§4.1.2.4, §4.1.2.6)', () => {
    const nameless = (from: Certificate): Certificate => ({ ...from, subject: name(), issuer: name() })
    const found = run(anchoredPath(nameless(ca()), nameless(ca()), nameless(ca())))
    expect(found.filter(([, code]) => code !== 'subject-alternative-name-missing')).toEqual(
      [0, 1, 2].flatMap((at) => [
        [at, 'issuer-name-empty', {}, undefined],
        [at, 'subject-name-empty', {}, undefined]
      ])
    )
    expect(run(anchoredPath({ ...sound, subject: name() }, ca())).map(([, code]) => code)).toEqual([
      'subject-alternative-name-missing'
    ])
    const unreadable = readName(Uint8Array.of(0x30))
    expect([unreadable.isEmpty, unreadable.malformed]).toEqual([true, expect.any(String)])
    expect(run(anchoredPath(sound, { ...ca(), subject: unreadable, issuer: unreadable }, ca()))).toEqual([])
    expect(run(openPath(sound, { ...sound, subject: name() })).map(([, code]) => code)).toEqual(['subject-name-empty'])
  })

  it('ask for no extensions of versions that have none, nor for alternative names of CAs', () => {
    const old = withExtensions(plainCertificate({ version: 1, serialNumber: '00' }), [])
    expect(run(anchoredPath(old, old)).map(([at, code]) => [at, code])).toEqual([[0, 'serial-number-invalid']])
    const invalid: PlainFields = { subjectAlternativeNames: [dns('a_b')] }
    expect(ofCa([], invalid)).toEqual([])
    const reason = 'is not in the preferred name syntax of DNS'
    expect(ofLeafAlone([], invalid)).toEqual([
      [0, 'subject-alternative-name-invalid', { name: 'a_b', reason }, undefined]
    ])
  })

  it('say nothing of an anchor whose contents do not count', () => {
    const bare = plainContext({ anchorRules: bareAnchor })
    expect(run(anchoredPath(sound, ca([[oids.nameConstraints, false]])), bare)).toEqual([])
  })
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
