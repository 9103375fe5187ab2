import {
  alternativeNames,
  basicConstraints,
  certSignAndCrlSign,
  commonName,
  digitalSignature,
  extendedKeyUsage,
  extension,
  type Issued,
  intermediate,
  keyPair,
  keyUsage,
  pemOf,
  root,
  server
} from '../test/support/authority.ts'
import {
  crlNumber,
  crlOf,
  deltaIndicator,
  flag,
  fullName,
  invalidityDate,
  issuingDistributionPoint,
  reasonCode,
  someReasons,
  uri
} from '../test/support/crls.ts'
import { bitString, explicit, integer, oid, sequence, tlv } from '../test/support/der-writer.ts'

/** Sound objects of every kind, from which mutations start. */

const printable = (text: string): Uint8Array => tlv(0x13, Buffer.from(text, 'latin1'))
const rdn = (type: string, value: Uint8Array): Uint8Array => tlv(0x31, sequence(oid(type), value))
const longName = sequence(
  rdn('2.5.4.6', printable('AT')),
  rdn('2.5.4.10', tlv(0x0c, Buffer.from('Beispiel & Söhne', 'utf8'))),
  tlv(0x31, sequence(oid('2.5.4.11'), printable('Unit')), sequence(oid('2.5.4.5'), printable('42'))),
  rdn('0.9.2342.19200300.100.1.25', tlv(0x16, Buffer.from('example'))),
  rdn('2.5.4.3', tlv(0x1e, Buffer.from('\0W\0w\0w')))
)

const policies = extension(
  '2.5.29.32',
  sequence(
    sequence(
      oid('2.23.140.1.2.1'),
      sequence(sequence(oid('1.3.6.1.5.5.7.2.1'), tlv(0x16, Buffer.from('http://cps.example'))))
    ),
    sequence(
      oid('1.3.6.1.4.1.99999.1'),
      sequence(sequence(oid('1.3.6.1.5.5.7.2.2'), sequence(tlv(0x0c, Buffer.from('notice')))))
    )
  )
)
const mappings = extension('2.5.29.33', sequence(sequence(oid('1.2.3.4'), oid('1.2.3.5'))), true)
const policyConstraints = extension(
  '2.5.29.36',
  sequence(tlv(0x80, Uint8Array.of(0)), tlv(0x81, Uint8Array.of(2))),
  true
)
const inhibitAny = extension('2.5.29.54', integer(1), true)
const nameConstraints = extension(
  '2.5.29.30',
  sequence(
    explicit(
      0,
      sequence(tlv(0x82, Buffer.from('example.test'))),
      sequence(tlv(0x87, Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0)))
    ),
    explicit(
      1,
      sequence(tlv(0x81, Buffer.from('.bad.test'))),
      sequence(explicit(4, longName)),
      sequence(tlv(0x86, Buffer.from('.uri.test')))
    )
  ),
  true
)
const access = extension(
  '1.3.6.1.5.5.7.1.1',
  sequence(
    sequence(oid('1.3.6.1.5.5.7.48.1'), uri('http://ocsp.example.test')),
    sequence(oid('1.3.6.1.5.5.7.48.2'), uri('http://ca.example.test/ca.cer'))
  )
)
const points = extension(
  '2.5.29.31',
  sequence(
    sequence(fullName(uri('http://crl.example.test/1.crl')), tlv(0x81, Uint8Array.of(5, 0x60))),
    sequence(explicit(0, explicit(1, sequence(oid('2.5.4.3'), printable('CRL1')))), explicit(2, explicit(4, longName)))
  )
)
const names = alternativeNames([
  'www.example.test',
  '*.example.test',
  tlv(0x81, Buffer.from('a@example.test')),
  tlv(0x86, Buffer.from('spiffe://example.test/a')),
  tlv(0x87, Uint8Array.of(10, 0, 0, 1)),
  explicit(4, longName),
  tlv(0x88, Uint8Array.of(0x2a, 3)),
  explicit(0, oid('1.3.6.1.5.5.7.8.9'), explicit(0, tlv(0x0c, Buffer.from('ü@example.test'))))
])
const tlsFeature = extension('1.3.6.1.5.5.7.1.24', sequence(integer(5)))

const makeAuthority = (): Authority => {
  const anchor = root('Fuzz Root', { subject: longName })
  const issuing = intermediate(anchor, 'Fuzz Issuing', {
    extensions: [
      basicConstraints(true, 0),
      keyUsage(certSignAndCrlSign),
      policies,
      mappings,
      policyConstraints,
      inhibitAny,
      nameConstraints,
      points,
      access
    ]
  })
  const leaf = server(issuing, 'www.example.test', {
    extensions: [
      keyUsage(digitalSignature),
      extendedKeyUsage('1.3.6.1.5.5.7.3.1'),
      names,
      policies,
      access,
      points,
      tlsFeature
    ]
  })
  return { anchor, issuing, leaf }
}

export interface Authority {
  readonly anchor: Issued
  readonly issuing: Issued
  readonly leaf: Issued
}

export interface Seeds {
  readonly authority: Authority
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  readonly messages: readonly Uint8Array[]
  readonly responses: readonly Uint8Array[]
  readonly texts: readonly string[]
}

export const makeSeeds = (): Seeds => {
  const authority = makeAuthority()
  const { anchor, issuing, leaf } = authority
  const odd = (['rsa2048', 'p384', 'ed25519'] as const).map(
    (kind) => server(anchor, 'other.example.test', { key: keyPair(kind) }).der
  )
  const certificates: Seeds['certificates'] = [
    leaf.der,
    issuing.der,
    anchor.der,
    ...odd,
    root('v1', { version: 1 }).der
  ]
  const crls = [
    crlOf({
      issuer: issuing,
      entries: [
        { serialNumber: 5n, extensions: [reasonCode(1), invalidityDate('20250101000000')] },
        { serialNumber: 70_000n }
      ]
    }),
    crlOf({
      issuer: anchor,
      extensions: [crlNumber(4), deltaIndicator(2)],
      entries: [{ serialNumber: 9n, extensions: [reasonCode(8)] }]
    }),
    crlOf({
      issuer: anchor,
      extensions: [
        crlNumber(7),
        issuingDistributionPoint(fullName(uri('http://crl.example.test/1.crl')), someReasons('05 60'), flag(4))
      ],
      entries: [
        { serialNumber: 3n, extensions: [extension('2.5.29.29', sequence(explicit(4, commonName('Another'))), true)] },
        { serialNumber: 4n }
      ]
    }),
    crlOf({ issuer: issuing, version: 1, extensions: [], nextUpdate: null })
  ]
  const messages: Seeds['messages'] = [
    signedData(certificates.slice(0, 3), crls.slice(0, 1)),
    signedData([leaf.der], [])
  ]
  const pem = [leaf.pem, issuing.pem, anchor.pem].join('')
  const texts: Seeds['texts'] = [
    `subject=www\n${pem}`,
    `${leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' })}${pem}`,
    `${crls
      .slice(0, 1)
      .map((crl) => pemOf(crl, 'X509 CRL'))
      .join('')}${pem.replaceAll('\n', '\r\n')}`,
    messages.map((message) => pemOf(message, 'PKCS7')).join(''),
    Buffer.from(leaf.der).toString('base64')
  ]
  return { authority, certificates, crls, messages, responses: [responseFor(authority)], texts }
}

/** A certs-only CMS message (RFC 5652 §5.1). */
const signedData = (certificates: readonly Uint8Array[], crls: readonly Uint8Array[]): Uint8Array =>
  sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(
        integer(1),
        tlv(0x31),
        sequence(oid('1.2.840.113549.1.7.1')),
        explicit(0, ...certificates),
        ...(crls.length === 0 ? [] : [explicit(1, ...crls)]),
        tlv(0x31)
      )
    )
  )

/** An OCSP response in form; its signature is of nobody. */
const responseFor = ({ issuing, leaf }: Authority): Uint8Array => {
  const sha1 = sequence(oid('1.3.14.3.2.26'), Uint8Array.of(5, 0))
  const moment = tlv(0x18, Buffer.from('20260101000000Z'))
  const single = (status: Uint8Array): Uint8Array =>
    sequence(
      sequence(sha1, tlv(4, new Uint8Array(20)), tlv(4, new Uint8Array(20)), integer(5)),
      status,
      moment,
      explicit(0, moment),
      explicit(1, sequence(sequence(oid('1.3.6.1.5.5.7.48.1.6'), tlv(4, moment))))
    )
  const data = sequence(
    explicit(1, issuing.name),
    moment,
    sequence(single(tlv(0x80)), single(explicit(1, moment, explicit(0, tlv(10, Uint8Array.of(1))))), single(tlv(0x82))),
    explicit(1, sequence(sequence(oid('1.3.6.1.5.5.7.48.1.2'), tlv(4, tlv(4, new Uint8Array(16))))))
  )
  const basic = sequence(
    data,
    sequence(oid('1.2.840.10045.4.3.2')),
    bitString(new Uint8Array(70)),
    explicit(0, sequence(leaf.der))
  )
  return sequence(tlv(10, Uint8Array.of(0)), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), tlv(4, basic))))
}
