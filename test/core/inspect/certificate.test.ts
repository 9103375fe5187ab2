import { createHash, X509Certificate } from 'node:crypto'
import { getCACertificates } from 'node:tls'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { encode } from '#dist/core/decode/der/encode.js'
import { certificateDescriber } from '#dist/core/inspect/certificate.js'
import { extensionItem } from '#dist/core/inspect/parts.js'
import type { CertificateDescription } from '#dist/core/model/description.js'
import { defaultLimits, type Limits } from '#dist/core/model/limits.js'
import {
  alternativeNames,
  certSignAndCrlSign,
  dnsName,
  type ExtensionSpec,
  extendedKeyUsage,
  extension,
  type Issued,
  intermediate,
  issue,
  keyUsage,
  root,
  server
} from '../../support/authority.ts'
import { explicit, hexBytes, integer, oid, sequence, tlv } from '../../support/der-writer.ts'
import { attribute, attributeTypes, nameDer, rdn } from '../../support/names.ts'

const describeDer = (der: Uint8Array, limits: Partial<Limits> = {}): CertificateDescription => {
  const read = readCertificate(der)
  if (!read.ok) throw new Error(read.reason)
  return certificateDescriber({ ...defaultLimits, ...limits })(read.value)
}
const ca = root('Root', { key: 'rsa2048' })
const described = (...extensions: readonly ExtensionSpec[]): CertificateDescription =>
  describeDer(issue({ subject: 'x', issuer: ca, keyIdentifiers: false, extensions }).der)
const sayingOf = (made: ExtensionSpec): unknown => described(made).extensions[0]?.value
const uri = (text: string): Uint8Array => tlv(0x86, Buffer.from(text, 'latin1'))

describe('what is said of a certificate', () => {
  it('is each of its fields', () => {
    const leaf = server(ca, 'www.example.test', { serialNumber: 0x0a1bn, notBefore: '260101000000' })
    const { der } = leaf
    const node = new X509Certificate(leaf.pem)
    const { extensions, ...fields } = describeDer(der)
    expect(fields).toEqual({
      type: 'certificate',
      fingerprint: node.fingerprint256.replaceAll(':', '').toLowerCase(),
      sha1: node.fingerprint.replaceAll(':', '').toLowerCase(),
      spkiPin: createHash('sha256').update(leaf.key.spki).digest('base64'),
      version: 3,
      serialNumber: '0a1b',
      subject: 'CN=www.example.test',
      issuer: 'CN=Root',
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2035-01-01T00:00:00Z',
      signatureAlgorithm: 'sha256WithRSAEncryption',
      publicKey: { algorithm: 'P-256', bits: 256, strength: 128 },
      usableFor: ['serverAuth'],
      isCa: false,
      pathLength: null,
      selfIssued: false,
      selfSigned: false,
      subjectAlternativeNames: [{ type: 'dns', value: 'www.example.test' }],
      keyUsage: ['digitalSignature'],
      purposes: ['serverAuth'],
      faults: [],
      warnings: [],
      truncated: false
    })
    expect(extensions.map(({ name }) => name)).toEqual([
      'subjectKeyIdentifier',
      'authorityKeyIdentifier',
      'keyUsage',
      'extKeyUsage',
      'subjectAltName'
    ])
  })

  it('is whether it is a CA, and signed by itself', () => {
    const about = ({ der }: Issued, limits?: Partial<Limits>) => {
      const { isCa, selfIssued, selfSigned } = describeDer(der, limits)
      return { isCa, selfIssued, selfSigned }
    }
    const rollover = issue({ subject: 'Root', issuer: ca })
    expect(about(ca)).toEqual({ isCa: true, selfIssued: true, selfSigned: true })
    expect(about(intermediate(ca))).toEqual({ isCa: true, selfIssued: false, selfSigned: false })
    expect(about(rollover)).toEqual({ isCa: false, selfIssued: true, selfSigned: false })
    expect(about(ca, { signatureChecks: 0 })).toMatchObject({ selfSigned: null })
    expect(about(ca, { rsaModulusBits: 1024 })).toMatchObject({ selfSigned: null })
  })

  it('is what is wrong with it, and what is unusual', () => {
    const { faults, warnings } = describeDer(
      issue({ subject: 'x', extensions: [extension('2.5.29.19', sequence(tlv(2)))], notAfter: '20300101000000' }).der
    )
    expect(faults).toEqual([
      {
        code: 'extension-malformed',
        message: 'The extension basicConstraints cannot be read: pathLenConstraint is an INTEGER without octets.',
        reference: 'RFC 5280 §4.2'
      }
    ])
    expect(warnings).toEqual([
      {
        code: 'validity-encoding',
        message: 'notAfter lies before 2050 and is a GeneralizedTime; it should be a UTCTime.',
        reference: 'RFC 5280 §4.1.2.5'
      }
    ])
  })

  it('shows no character that could change the text around it', () => {
    const hostile = nameDer(rdn(attribute(attributeTypes.CN, 'a\u202eb\u0000\u001b[31m<script>')))
    const text = JSON.stringify(describeDer(issue({ subject: hostile }).der))
    expect([...text].filter((character) => character < ' ' || character === '\u202e')).toEqual([])
    expect(text).not.toContain('\\u00')
    expect(text).toContain('CN=a\\\\e2\\\\80\\\\aeb')
  })

  it('does not grow with lists: of each a thousand elements are told', () => {
    const names = (count: number) => described(alternativeNames(Array.from({ length: count }, () => 'a.test')))
    expect(names(1_000)).toMatchObject({ truncated: false })
    const many = names(1_001)
    expect([many.truncated, many.subjectAlternativeNames.length]).toEqual([true, 1_000])
    const more = described(...Array.from({ length: 1_001 }, (_, at) => extension(`1.2.${at}`, hexBytes('0500'))))
    expect([more.truncated, more.extensions.length]).toEqual([true, 1_000])
  })

  it('does not grow with an extension: of more than 64 KiB the first octets are told', () => {
    const item = (octets: number) => extensionItem({ oid: '1.2.3', critical: false, value: new Uint8Array(octets) })
    expect(item(65_536).hex).toHaveLength(131_072)
    expect(item(65_537)).toMatchObject({ length: 65_537, value: null, hex: '00'.repeat(1_024) })
    const list = encode(4, new Uint8Array(65_536))
    expect(extensionItem({ oid: '2.5.29.14', critical: false, value: list })).toMatchObject({ value: null })
  })

  it('does not grow with a serial number, which is cut', () => {
    const alter = ([version, , ...rest]: Uint8Array[]) =>
      [version, tlv(2, new Uint8Array(2000).fill(1)), ...rest].filter((field) => field !== undefined)
    const { serialNumber } = describeDer(issue({ subject: 'x', alter }).der)
    expect(serialNumber).toHaveLength(1024)
  })
})

describe('what is said of an extension', () => {
  it.each([
    ['keyUsage', keyUsage(certSignAndCrlSign), ['keyCertSign', 'cRLSign']],
    ['extKeyUsage', extendedKeyUsage('1.3.6.1.5.5.7.3.2', '1.2.3'), ['clientAuth', '1.2.3']],
    ['basicConstraints', extension('2.5.29.19', sequence(hexBytes('0101ff'), integer(1))), { ca: true, pathLength: 1 }],
    [
      'subjectAltName',
      alternativeNames([
        'a.test',
        tlv(0x81, Buffer.from('a@b.test')),
        uri('https://a.test/?q=<b>'),
        tlv(0x87, Uint8Array.of(192, 0, 2, 1)),
        explicit(4, nameDer(rdn(attribute(attributeTypes.CN, 'd')))),
        tlv(0x88, Uint8Array.of(0x2a, 3)),
        tlv(0xa0, oid('1.2.3'), explicit(0, Uint8Array.of(5, 0)))
      ]),
      [
        { type: 'dns', value: 'a.test' },
        { type: 'email', value: 'a@b.test' },
        { type: 'uri', value: 'https://a.test/?q=<b>' },
        { type: 'ip', value: '192.0.2.1' },
        { type: 'directory', value: 'CN=d' },
        { type: 'registeredId', value: '1.2.3' },
        { type: 'other', value: '0500', oid: '1.2.3' }
      ]
    ],
    [
      'nameConstraints',
      extension(
        '2.5.29.30',
        sequence(
          explicit(0, sequence(dnsName('a.test'))),
          explicit(1, sequence(tlv(0x87, hexBytes('0a000000 ff000000'))))
        )
      ),
      { permitted: [{ type: 'dns', value: 'a.test' }], excluded: [{ type: 'ip', value: '10.0.0.0/8' }] }
    ],
    [
      'certificatePolicies',
      extension('2.5.29.32', sequence(sequence(oid('1.2.3')), sequence(oid('2.5.29.32.0')))),
      [
        { policy: '1.2.3', qualifiers: [] },
        { policy: '2.5.29.32.0', qualifiers: [] }
      ]
    ],
    [
      'policyMappings',
      extension('2.5.29.33', sequence(sequence(oid('1.2.3'), oid('1.2.4')))),
      [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }]
    ],
    [
      'policyConstraints',
      extension('2.5.29.36', sequence(tlv(0x80, Uint8Array.of(2)))),
      { requireExplicitPolicy: 2, inhibitPolicyMapping: null }
    ],
    ['inhibitAnyPolicy', extension('2.5.29.54', integer(3)), 3],
    ['subjectKeyIdentifier', extension('2.5.29.14', tlv(4, hexBytes('0a0b'))), '0a0b'],
    [
      'authorityKeyIdentifier',
      extension(
        '2.5.29.35',
        sequence(tlv(0x80, hexBytes('0a0b')), tlv(0xa1, dnsName('a.test')), tlv(0x82, hexBytes('07')))
      ),
      { keyIdentifier: '0a0b', issuer: [{ type: 'dns', value: 'a.test' }], serialNumber: '07' }
    ],
    [
      'cRLDistributionPoints',
      extension(
        '2.5.29.31',
        sequence(
          sequence(explicit(0, explicit(0, uri('http://a.test/1.crl'))), tlv(0x81, hexBytes('0560'))),
          sequence(explicit(0, tlv(0xa1, attribute(attributeTypes.CN, 'r'))), tlv(0xa2, dnsName('a.test')))
        )
      ),
      [
        {
          names: [{ type: 'uri', value: 'http://a.test/1.crl' }],
          reasons: ['keyCompromise', 'cACompromise'],
          crlIssuer: null
        },
        {
          names: null,
          relativeName: Buffer.from(attribute(attributeTypes.CN, 'r')).toString('hex'),
          reasons: null,
          crlIssuer: [{ type: 'dns', value: 'a.test' }]
        }
      ]
    ],
    [
      'authorityInfoAccess',
      extension(
        '1.3.6.1.5.5.7.1.1',
        sequence(
          sequence(oid('1.3.6.1.5.5.7.48.1'), uri('http://ocsp.test')),
          sequence(oid('1.3.6.1.5.5.7.48.2'), uri('http://ca.test/ca.cer')),
          sequence(oid('1.2.3'), dnsName('a.test'))
        )
      ),
      [
        { method: 'ocsp', location: { type: 'uri', value: 'http://ocsp.test' } },
        { method: 'caIssuers', location: { type: 'uri', value: 'http://ca.test/ca.cer' } },
        { method: '1.2.3', location: { type: 'dns', value: 'a.test' } }
      ]
    ],
    [
      'tlsFeature',
      extension('1.3.6.1.5.5.7.1.24', sequence(integer(5), integer(17), integer(9))),
      ['status_request', 'status_request_v2', 9]
    ],
    ['noRevAvail', extension('2.5.29.56', Uint8Array.of(5, 0)), true],
    ['ocspNoCheck', extension('1.3.6.1.5.5.7.48.1.5', Uint8Array.of(5, 0)), true]
  ] as const)('%s is what it says', (name, made, value) => {
    expect(sayingOf(made)).toEqual(value)
    expect(described(made).extensions).toEqual([
      { oid: made.oid, name, critical: made.critical, length: made.value.length, value }
    ])
  })

  it('signedCertificateTimestamps are their logs and times (RFC 6962 §3.3)', () => {
    const log = 'ab'.repeat(32)
    const timestamp = Buffer.alloc(8)
    timestamp.writeBigUInt64BE(1_700_000_000_123n)
    const vector = (octets: Uint8Array): Uint8Array =>
      Buffer.concat([Buffer.of(octets.length >> 8, octets.length & 255), octets])
    const one = Buffer.concat([Buffer.of(0), hexBytes(log), timestamp, hexBytes('0000 0403 0001 aa')])
    const never = Buffer.concat([Buffer.of(0), hexBytes(log), hexBytes('ffffffffffffffff')])
    const list = vector(Buffer.concat([vector(one), vector(Buffer.of(3)), vector(never)]))
    const made = extension('1.3.6.1.4.1.11129.2.4.2', tlv(4, list))
    expect(sayingOf(made)).toEqual([
      { version: 1, logId: log, timestamp: '2023-11-14T22:13:20Z' },
      { version: 4, logId: null, timestamp: null },
      { version: 1, logId: log, timestamp: null }
    ])
    for (const broken of [
      list.subarray(0, -1),
      Buffer.concat([list, Buffer.of(0)]),
      vector(Buffer.of()),
      vector(vector(Buffer.of())),
      vector(vector(Buffer.of(0, 1))),
      Buffer.of(0)
    ]) {
      const wrong = extension('1.3.6.1.4.1.11129.2.4.2', tlv(4, broken))
      expect(described(wrong).extensions).toMatchObject([
        { name: 'signedCertificateTimestamps', value: null, hex: Buffer.from(wrong.value).toString('hex') }
      ])
    }
  })

  it('that is not known, or cannot be read, is its octets', () => {
    const unknown = extension('1.2.3.4', hexBytes('0c0141'), true)
    expect(
      described(unknown, extension('2.5.29.14', hexBytes('30')), extension('2.5.29.9', hexBytes('3000'))).extensions
    ).toEqual([
      { oid: '1.2.3.4', name: null, critical: true, length: 3, value: null, hex: '0c0141' },
      { oid: '2.5.29.14', name: 'subjectKeyIdentifier', critical: false, length: 1, value: null, hex: '30' },
      { oid: '2.5.29.9', name: 'subjectDirectoryAttributes', critical: false, length: 2, value: null, hex: '3000' }
    ])
  })

  it('that is there twice is told twice, each as it is', () => {
    expect(described(extension('2.5.29.54', integer(3)), extension('2.5.29.54', integer(4))).extensions).toMatchObject([
      { value: 3 },
      { value: 4 }
    ])
  })
})

describe('any certificate', () => {
  it('of Mozilla’s program is told whole', () => {
    const describer = certificateDescriber(defaultLimits)
    for (const pem of getCACertificates('bundled')) {
      const read = readCertificate(new X509Certificate(pem).raw)
      if (!read.ok) throw new Error(read.reason)
      const { isCa, selfSigned, subject, extensions, faults, publicKey } = describer(read.value)
      expect([selfSigned, faults], subject).toEqual([true, []])
      expect(isCa || read.value.version < 3, subject).toBe(true)
      expect(publicKey?.strength, subject).toBeGreaterThanOrEqual(112)
      const unread = extensions.filter(({ value, name }) => value === null && name !== null)
      expect(unread, subject).toEqual([])
    }
  })

  it('that can be split is told, whatever octets of it were changed', () => {
    const { der } = server(ca, 'www.example.test')
    const describer = certificateDescriber(defaultLimits)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: der.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const changed = Uint8Array.from(der)
          for (const [at, octet] of changes) changed[at] = octet
          const read = readCertificate(changed)
          if (!read.ok) return
          const description = describer(read.value)
          expect(JSON.parse(JSON.stringify(description))).toEqual(description)
        }
      ),
      { numRuns: 2000 }
    )
  })
})
