import { describe, expect, it } from 'vitest'
import { form } from '#dist/core/checks/form.js'
import { type Fault, fault } from '#dist/core/model/finding.js'
import { extensionOids } from '#dist/core/model/oids.js'
import type { CheckContext } from '#dist/core/model/path.js'
import {
  alternativeNames,
  basicConstraints,
  type CertificateSpec,
  certSignAndCrlSign,
  commonName,
  extendedKeyUsage,
  extension,
  type Issued,
  intermediate,
  keyUsage,
  root,
  server,
  utf8
} from '../../support/authority.ts'
import { explicit, hexBytes, integer, oid, sequence, tlv } from '../../support/der-writer.ts'
import { findingsOf } from '../../support/findings.ts'
import {
  anchoredPath,
  bareAnchor,
  plainCa,
  plainCertificate,
  plainContext,
  withExtensions
} from '../../support/plain-certificate.ts'
import { errorsOf, verdictOn, warningsOf } from '../../support/verdicts.ts'

const top = root()

/** The verdict on a server certificate that is unusual in one way. */
const verdictOnOne = (spec: Partial<CertificateSpec>, options: { readonly certificateRules?: 'strict' } = {}) =>
  verdictOn({ chain: [server(top, 'www.example.test', spec)], caBundle: [top], ...options })

const altered = (position: number, replacement: Uint8Array): Partial<CertificateSpec> => ({
  alter: (fields) => fields.with(position, replacement)
})

const withExtension = (id: string, value: Uint8Array, critical = false): Partial<CertificateSpec> => ({
  extensions: [alternativeNames(['www.example.test']), extension(id, value, critical)]
})

describe('form: the frame of a certificate (RFC 5280 §4.1, X.690)', () => {
  it('accepts what is well formed', () => {
    expect(errorsOf(verdictOnOne({}))).toEqual([])
  })

  it.each([
    ['a serial number with a superfluous octet', 1, tlv(2, hexBytes('00 01'))],
    ['a serial number without octets', 1, tlv(2)],
    ['an attribute type that is an empty OID', 5, sequence(tlv(0x31, sequence(tlv(6), utf8('x'))))],
    ['an empty relative distinguished name', 5, sequence(tlv(0x31))],
    ['an OID with an arc beyond 64 bits', 5, sequence(tlv(0x31, sequence(oid('1.2.18446744073709551616'), utf8('x'))))]
  ])('refuses %s', (_what, position, replacement) => {
    expect(errorsOf(verdictOnOne(altered(position, replacement)))).toContainEqual(['certificate-malformed', 0])
  })

  it.each([
    ['a version that does not exist', explicit(0, integer(6))],
    ['version 1 with extensions', explicit(0, integer(0))],
    ['version 2 with extensions', explicit(0, integer(1))]
  ])('refuses %s (§4.1.2.1)', (_what, version) => {
    expect(errorsOf(verdictOnOne(altered(0, version)))).toContainEqual(['version-unsupported', 0])
  })

  it('refuses inner and outer algorithms that differ (§4.1.1.2)', () => {
    const verdict = verdictOnOne(altered(2, sequence(oid('1.2.840.10045.4.3.3'))))
    expect(errorsOf(verdict)).toEqual([['signature-algorithm-mismatch', 0]])
    expect(verdict.errors[0]?.details).toEqual({ outer: 'ecdsa-with-SHA256', inner: 'ecdsa-with-SHA384' })
  })

  it.each([
    ['a UTCTime with an offset', tlv(0x17, Buffer.from('250101000000+0100'))],
    ['a UTCTime without seconds', tlv(0x17, Buffer.from('2501010000Z'))],
    ['a month 13', tlv(0x17, Buffer.from('251301000000Z'))],
    ['a 30th of February', tlv(0x17, Buffer.from('250230000000Z'))],
    ['a second 60', tlv(0x17, Buffer.from('250101000060Z'))],
    ['a fraction of a second', tlv(0x18, Buffer.from('20250101000000.5Z'))],
    ['a time that is no time', utf8('250101000000Z')]
  ])('refuses %s (§4.1.2.5)', (_what, notBefore) => {
    const validity = sequence(notBefore, tlv(0x17, Buffer.from('350101000000Z')))
    expect(errorsOf(verdictOnOne(altered(4, validity)))).toEqual([['validity-malformed', 0]])
  })

  it('warns of a GeneralizedTime before 2050', () => {
    const verdict = verdictOnOne({ notAfter: '20350101000000' })
    expect(errorsOf(verdict)).toEqual([])
    expect(warningsOf(verdict)).toContainEqual(['validity-encoding', 0])
  })
})

describe('form: extensions (RFC 5280 §4.2)', () => {
  const names = alternativeNames(['www.example.test'])

  it('refuses the same extension twice', () => {
    const verdict = verdictOnOne({ extensions: [names, names] })
    expect(errorsOf(verdict)).toEqual([['extension-duplicate', 0]])
    expect(verdict.errors[0]?.details).toEqual({ extension: 'subjectAltName', oid: '2.5.29.17' })
  })

  it.each([
    ['octets after a value', '2.5.29.17', hexBytes('30 03 82 01 61 00')],
    ['an empty list of names', '2.5.29.17', sequence()],
    ['a DNS name that is not ASCII', '2.5.29.17', sequence(tlv(0x82, hexBytes('c3 a9')))],
    ['a DNS name with a NUL', '2.5.29.17', sequence(tlv(0x82, hexBytes('61 00 62')))],
    ['an IP address of five octets', '2.5.29.17', sequence(tlv(0x87, hexBytes('01 02 03 04 05')))],
    ['a key usage without bits', '2.5.29.15', hexBytes('03 01 00')],
    ['a key usage with unused bits that are set', '2.5.29.15', hexBytes('03 02 07 81')],
    ['an extended key usage that is empty', '2.5.29.37', sequence()],
    ['a BOOLEAN that is neither 00 nor FF', '2.5.29.19', sequence(hexBytes('01 01 01'))]
  ])('refuses %s', (_what, id, value) => {
    const extensions = id === '2.5.29.17' ? [extension(id, value)] : [names, extension(id, value)]
    expect(errorsOf(verdictOnOne({ extensions }))).toEqual([['extension-malformed', 0]])
  })

  it('takes a malformed extension that validation does not read for the mistake that it is', () => {
    const spec = withExtension('1.3.6.1.5.5.7.1.1', sequence())
    expect(errorsOf(verdictOnOne(spec))).toEqual([])
    expect(warningsOf(verdictOnOne(spec))).toContainEqual(['extension-malformed', 0])
    expect(errorsOf(verdictOnOne(spec, { certificateRules: 'strict' }))).toEqual([['extension-malformed', 0]])
  })

  it('refuses one that is critical, since it cannot be processed (§4.2)', () => {
    const verdict = verdictOnOne(withExtension('2.5.29.18', sequence(), true))
    expect(errorsOf(verdict)).toEqual([['extension-malformed', 0]])
    expect(verdict.errors[0]?.details).toMatchObject({ extension: 'issuerAltName', oid: '2.5.29.18' })
  })

  it.each([
    ['a default value that is encoded', '2.5.29.19', sequence(hexBytes('01 01 00'))],
    ['trailing zero bits, as roots of public CAs have them', '2.5.29.15', hexBytes('03 02 06 80')]
  ])('warns of %s', (_what, id, value) => {
    const spec = withExtension(id, value)
    expect(warningsOf(verdictOnOne(spec))).toContainEqual(['encoding-not-distinguished', 0])
    expect(errorsOf(verdictOnOne(spec, { certificateRules: 'strict' }))).toEqual([])
  })

  it('warns of a minimum of zero that name constraints encode (§4.2.1.10)', () => {
    const subtree = sequence(tlv(0x82, Buffer.from('example.test')), tlv(0x80, Uint8Array.of(0)))
    const constraints = extension('2.5.29.30', sequence(tlv(0xa0, subtree)), true)
    const middle = intermediate(top, 'CA', { extensions: [basicConstraints(true), constraints] })
    const verdict = verdictOn({ chain: [server(middle), middle], caBundle: [top] })
    expect(errorsOf(verdict)).toEqual([])
    expect(warningsOf(verdict)).toContainEqual(['encoding-not-distinguished', 1])
  })

  it('takes key usage with trailing zero bits for what it asserts', () => {
    const middle = intermediate(top, 'CA', {
      extensions: [basicConstraints(true), extension('2.5.29.15', hexBytes('03 02 00 80'), true)]
    })
    const verdict = verdictOn({ chain: [server(middle), middle], caBundle: [top] })
    expect(errorsOf(verdict)).toEqual([['cert-sign-not-allowed', 1]])
  })
})

describe('form: what a fault weighs (RFC 5280 §4.2, §6)', () => {
  const run = (path: Parameters<typeof form.run>[0], context: CheckContext = plainContext()) =>
    findingsOf(form, path, context).map(({ severity, certificate, code }) => `${severity} ${certificate} ${code}`)
  const malformed = (oid: string): Fault =>
    fault('extension-malformed', { extension: oid, oid, reason: 'it is not DER' })
  const having = (...faults: readonly Fault[]) => plainCertificate({ faults })

  it.each([
    'authorityInfoAccess',
    'subjectInfoAccess',
    'cRLDistributionPoints',
    'freshestCRL',
    'issuerAltName'
  ] as const)('is a warning’s in %s, which no step reads, and an error’s under strict rules and webpki', (name) => {
    const path = anchoredPath(having(malformed(extensionOids[name])), plainCa())
    expect(run(path)).toEqual(['warning 0 extension-malformed'])
    for (const options of [{ certificateRules: 'strict' }, { profile: 'webpki' }] as const) {
      expect(run(path, plainContext(options))).toEqual(['error 0 extension-malformed'])
    }
  })

  it.each([
    'basicConstraints',
    'keyUsage',
    'extKeyUsage',
    'subjectAltName',
    'nameConstraints',
    'certificatePolicies',
    'subjectKeyIdentifier',
    'authorityKeyIdentifier'
  ] as const)('is an error’s in %s, wherever it is', (name) => {
    const bad = having(malformed(extensionOids[name]))
    expect(run(anchoredPath(bad, bad, bad))).toEqual([0, 1, 2].map((at) => `error ${at} extension-malformed`))
  })

  it('is a warning’s in policy mappings of an end entity, which §6.1.4 (a) does not come to', () => {
    const reason = 'it maps anyPolicy'
    const invalid = (extension: string): Fault => fault('policy-extension-invalid', { extension, reason })
    const mapping = having(invalid('policyMappings'))
    expect(run(anchoredPath(mapping, mapping, plainCa()))).toEqual([
      'warning 0 policy-extension-invalid',
      'error 1 policy-extension-invalid'
    ])
    expect(run(anchoredPath(mapping, plainCa()), plainContext({ certificateRules: 'strict' }))).toEqual([
      'error 0 policy-extension-invalid'
    ])
    const marked = (critical: boolean) => withExtensions(mapping, [[extensionOids.policyMappings, critical]])
    expect(run(anchoredPath(marked(false), plainCa()))).toEqual(['warning 0 policy-extension-invalid'])
    expect(run(anchoredPath(marked(true), plainCa()))).toEqual(['error 0 policy-extension-invalid'])
    for (const other of [invalid('policyConstraints'), malformed(extensionOids.policyMappings)]) {
      expect(run(anchoredPath(having(other), plainCa()))).toEqual([`error 0 ${other.code}`])
    }
  })

  it('is an error’s in an extension that is there twice, whichever it is', () => {
    const oid = extensionOids.authorityInfoAccess
    const twice = having(fault('extension-duplicate', { extension: 'authorityInfoAccess', oid }))
    expect(run(anchoredPath(twice, plainCa()))).toEqual(['error 0 extension-duplicate'])
  })

  it('is an error’s in what is no extension, whose place decides nothing', () => {
    const field = having(fault('validity-malformed', { reason: 'it is no time' }))
    expect(run(anchoredPath(field, plainCa()))).toEqual(['error 0 validity-malformed'])
  })

  it('is nothing in an anchor whose contents do not count, but for its key (RFC 5937)', () => {
    const key = { reason: 'it is no key' }
    const anchor = having(
      malformed(extensionOids.keyUsage),
      fault('public-key-malformed', key),
      fault('public-key-unsupported', key)
    )
    const bare = plainContext({ anchorRules: bareAnchor })
    expect(run(anchoredPath(plainCertificate(), anchor), bare)).toEqual([
      'error 1 public-key-malformed',
      'error 1 public-key-unsupported'
    ])
    expect(run(anchoredPath(anchor, plainCa()), bare)).toHaveLength(3)
  })

  it('is a warning’s in an oddity, whatever the rules', () => {
    const odd = plainCertificate({ oddities: [fault('validity-encoding', { field: 'notAfter' })] })
    const path = anchoredPath(odd, odd)
    for (const options of [{}, { certificateRules: 'strict' }, { profile: 'webpki' }] as const) {
      expect(run(path, plainContext(options))).toEqual(['warning 0 validity-encoding', 'warning 1 validity-encoding'])
    }
    expect(run(path, plainContext({ anchorRules: bareAnchor }))).toEqual(['warning 0 validity-encoding'])
  })
})

describe('critical extensions (RFC 5280 §6.1.4 (o), §6.1.5 (f))', () => {
  const unknown = '1.3.6.1.4.1.55555.1'

  it('refuses an unknown critical extension in an end entity, and lets one that is not critical pass', () => {
    expect(errorsOf(verdictOnOne(withExtension(unknown, sequence(), true)))).toEqual([
      ['extension-critical-unknown', 0]
    ])
    expect(errorsOf(verdictOnOne(withExtension(unknown, sequence())))).toEqual([])
  })

  it('refuses it in an intermediate and in an anchor, unless what the anchor says does not count', () => {
    const unusual = {
      extensions: [basicConstraints(true), keyUsage(certSignAndCrlSign), extension(unknown, sequence(), true)]
    }
    const middle = intermediate(top, 'CA', unusual)
    expect(errorsOf(verdictOn({ chain: [server(middle), middle], caBundle: [top] }))).toEqual([
      ['extension-critical-unknown', 1]
    ])
    const odd = root('Odd Root', unusual)
    const question = { chain: [server(odd)], caBundle: [odd] }
    expect(errorsOf(verdictOn(question))).toEqual([['extension-critical-unknown', 1]])
    expect(errorsOf(verdictOn({ ...question, anchorRules: { constraints: false } }))).toEqual([])
  })
})

describe('names of no known type', () => {
  const unknown = tlv(0x89, hexBytes('01'))
  const constrainedTo = (...bases: readonly Uint8Array[]) =>
    intermediate(top, 'CA', {
      extensions: [
        basicConstraints(true),
        keyUsage(certSignAndCrlSign),
        extension('2.5.29.30', sequence(tlv(0xa0, ...bases.map((base) => sequence(base)))), true)
      ]
    })
  const names = [tlv(0x82, Buffer.from('www.example.test')), unknown]
  const leafOf = (issuer: Issued): Issued =>
    server(issuer, 'www.example.test', { extensions: [extension('2.5.29.17', sequence(...names))] })

  it('name nothing, and are free where no constraint is on their like', () => {
    const middle = constrainedTo(tlv(0x82, Buffer.from('example.test')))
    expect(errorsOf(verdictOn({ chain: [leafOf(middle), middle], caBundle: [top] }))).toEqual([])
  })

  it('are refused where they are constrained, since nothing can be said of them (RFC 5280 §4.2.1.10)', () => {
    const middle = constrainedTo(unknown)
    const question = { chain: [leafOf(middle), middle], caBundle: [top] }
    expect(errorsOf(verdictOn(question))).toEqual([['name-constraint-unsupported', 0]])
    expect(errorsOf(verdictOn({ chain: [server(middle), middle], caBundle: [top] }))).toEqual([])
  })
})

describe('policy mappings of an end entity (RFC 5280 §6.1.4 (a))', () => {
  const toAny = sequence(sequence(oid('1.2.3'), oid('2.5.29.32.0')))

  it('are not processed, so a mapping to anyPolicy is the issuer’s mistake there', () => {
    expect(errorsOf(verdictOnOne(withExtension('2.5.29.33', toAny)))).toEqual([])
    expect(warningsOf(verdictOnOne(withExtension('2.5.29.33', toAny)))).toContainEqual(['policy-extension-invalid', 0])
    expect(errorsOf(verdictOnOne(withExtension('2.5.29.33', toAny, true)))).toEqual([['policy-extension-invalid', 0]])
    const chain = [server(top, 'www.example.test', withExtension('2.5.29.33', toAny))]
    const verdict = verdictOn({ chain, caBundle: [top], policies: { requireExplicit: true } })
    expect(errorsOf(verdict)).toEqual([['policy-not-acceptable', 0]])
  })

  it('refuse a CA', () => {
    const middle = intermediate(top, 'CA', {
      extensions: [basicConstraints(true), keyUsage(certSignAndCrlSign), extension('2.5.29.33', toAny)]
    })
    expect(errorsOf(verdictOn({ chain: [server(middle), middle], caBundle: [top] }))).toEqual([
      ['policy-extension-invalid', 1]
    ])
  })
})

describe('policy qualifiers (RFC 5280 §4.2.1.4)', () => {
  const policies = (critical: boolean, qualifier: string): Partial<CertificateSpec> =>
    withExtension(
      '2.5.29.32',
      sequence(sequence(oid('1.2.3'), sequence(sequence(oid(qualifier), tlv(0x16, Buffer.from('https://cps.test')))))),
      critical
    )

  it('have to be understood where the extension is critical', () => {
    expect(errorsOf(verdictOnOne(policies(true, '1.2.3.4')))).toEqual([['policy-extension-invalid', 0]])
    expect(errorsOf(verdictOnOne(policies(false, '1.2.3.4')))).toEqual([])
    expect(errorsOf(verdictOnOne(policies(true, '1.3.6.1.5.5.7.2.1')))).toEqual([])
  })
})

describe('validity (RFC 5280 §4.1.2.5, §6.1.3 (a)(2))', () => {
  const leaf = server(top, 'www.example.test', { notBefore: '260601000000', notAfter: '260701000000' })
  const at = (time: string, clockSkew = 0, chain: readonly Issued[] = [leaf]) =>
    errorsOf(verdictOn({ chain, caBundle: [top], time, clockSkew }))

  it.each([
    ['2026-06-01T00:00:00Z', []],
    ['2026-07-01T00:00:00Z', []],
    ['2026-07-01T00:00:00.999Z', []],
    ['2026-05-31T23:59:59.999Z', [['not-yet-valid', 0]]],
    ['2026-07-01T00:00:01Z', [['expired', 0]]],
    ['2026-07-01T02:00:00+02:00', []]
  ])('holds both ends of the period, in whole seconds, at %s', (time, expected) => {
    expect(at(time)).toEqual(expected)
  })

  it('widens the period by the clock skew on both sides', () => {
    expect(at('2026-07-01T00:05:00Z', 300)).toEqual([])
    expect(at('2026-07-01T00:05:01Z', 300)).toEqual([['expired', 0]])
    expect(at('2026-05-31T23:55:00Z', 300)).toEqual([])
    expect(at('2026-05-31T23:54:59Z', 300)).toEqual([['not-yet-valid', 0]])
  })

  it('tells since when, in words', () => {
    const verdict = verdictOn({ chain: [leaf], caBundle: [top], time: '2026-07-23T00:00:00Z' })
    expect(verdict.errors[0]?.message).toContain('expired on 2026-07-01T00:00:00Z, 22 days before')
  })

  it('holds the anchor to its period unless the request says otherwise', () => {
    const old = root('Old Root', { notAfter: '260101000000' })
    const question = { chain: [server(old)], caBundle: [old] }
    expect(errorsOf(verdictOn(question))).toEqual([['expired', 1]])
    expect(errorsOf(verdictOn({ ...question, anchorRules: { validity: false } }))).toEqual([])
  })
})

describe('name chaining (RFC 5280 §6.1.3 (a)(4), §7.1)', () => {
  it('takes names for equal that differ in string type, case and space alone', () => {
    const issuer = root('Test  ROOT')
    const leaf = server(issuer, 'www.example.test', { issuerName: commonName(' test root ', 0x13) })
    expect(errorsOf(verdictOn({ chain: [leaf], caBundle: [issuer] }))).toEqual([])
  })

  it('does not take a certificate of another name for the issuer', () => {
    const leaf = server(top, 'www.example.test', { issuerName: commonName('Somebody Else') })
    expect(errorsOf(verdictOn({ chain: [leaf], caBundle: [top] }))).toEqual([['issuer-not-found', 0]])
  })
})

describe('purposes along the path', () => {
  it('are not judged where none is asked for', () => {
    const leaf = server(top, 'www.example.test', { extensions: [extendedKeyUsage('1.3.6.1.5.5.7.3.2')] })
    expect(errorsOf(verdictOn({ chain: [leaf], caBundle: [top] }))).toEqual([])
    expect(errorsOf(verdictOn({ chain: [leaf], caBundle: [top], purpose: 'serverAuth' }))).toEqual([
      ['purpose-not-allowed', 0]
    ])
  })
})
