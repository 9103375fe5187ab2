import {
  alternativeNames,
  type ExtensionSpec,
  extension,
  keyUsage,
  pemOf,
  root,
  server
} from '../../support/authority.ts'
import { explicit, hexBytes, integer, oid, sequence, tlv } from '../../support/der-writer.ts'
import { file, joined, json, type OwnCase } from './case.ts'

const ca = root('Test CA')
const verdict = ['valid', 'invalid'] as const
const answered = [...verdict, 'reject', 'limit'] as const

const withExtension =
  (id: string, value: () => Uint8Array, critical = false): OwnCase['make'] =>
  () => {
    const extensions: readonly ExtensionSpec[] = [
      keyUsage('07 80'),
      alternativeNames(['www.example.test']),
      extension(id, value(), critical)
    ]
    return json({ chain: server(ca, 'www.example.test', { extensions }).pem, caBundle: ca.pem })
  }

export const nestings: readonly OwnCase[] = [1_000, 100_000].flatMap(
  (levels) =>
    [
      {
        id: `${levels} nested sequences in an extension`,
        allowed: answered,
        make: withExtension('1.2.3.4', () => deep(levels))
      },
      {
        id: `${levels} nested sequences in an extension that is read`,
        allowed: answered,
        make: withExtension('2.5.29.35', () => deep(levels))
      },
      {
        id: `${levels} nested general names`,
        allowed: answered,
        make: withExtension('2.5.29.18', () => sequence(deep(levels, 0xa4)))
      },
      {
        id: `${levels} nested sequences in a name`,
        allowed: answered,
        make: () =>
          json({
            chain: server(ca, 'www', { subject: sequence(tlv(0x31, sequence(oid('2.5.4.3'), deep(levels)))) }).pem,
            caBundle: ca.pem
          })
      },
      {
        id: `${levels} nested sequences in a CMS message`,
        allowed: answered,
        make: () => file('application/pkcs7-mime', message(deep(levels)))
      },
      {
        id: `${levels} nested sequences in CMS messages within CMS messages`,
        allowed: answered,
        make: () => file('application/pkcs7-mime', deep(levels, 0xa0))
      },
      {
        id: `${levels} nested sequences in place of a certificate`,
        allowed: answered,
        make: () => json({ chain: pemOf(deep(levels)) })
      },
      {
        id: `${levels} nested elements of indefinite length`,
        allowed: answered,
        make: () => file('application/pkcs7-mime', Buffer.concat([indefinite(levels), Buffer.alloc(2 * levels)]))
      },
      {
        id: `${levels} nested elements of indefinite length in a CMS message`,
        allowed: answered,
        make: () =>
          file('application/pkcs7-mime', message(Buffer.concat([indefinite(levels), Buffer.alloc(2 * levels)])))
      }
    ] satisfies readonly OwnCase[]
)

/** The same as `nested`, written from the inside in one buffer. */
function deep(levels: number, tag = 0x30): Uint8Array {
  const octets = Buffer.alloc(levels * 5)
  let at = octets.length
  for (let level = 0; level < levels; level++) {
    const length = octets.length - at
    const head =
      length < 0x80
        ? [tag, length]
        : length < 0x10000
          ? [tag, 0x82, length >> 8, length & 0xff]
          : [tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff]
    at -= head.length
    octets.set(head, at)
  }
  return octets.subarray(at)
}

const indefinite = (levels: number): Uint8Array => Buffer.from('3080'.repeat(levels), 'hex')

/** A CMS message (RFC 5652 §5.1) with that among its certificates. */
const message = (certificates: Uint8Array): Uint8Array =>
  sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(integer(1), tlv(0x31), sequence(oid('1.2.840.113549.1.7.1')), explicit(0, certificates), tlv(0x31))
    )
  )

const octetStrings = (count: number): Uint8Array =>
  Buffer.concat([hexBytes('24 80'), Buffer.from('040161'.repeat(count), 'hex'), Buffer.alloc(2)])

const signedEmpty = sequence(sequence(), sequence(), hexBytes('03 01 00'))

export const messages: readonly OwnCase[] = [
  {
    id: 'a CMS message of 50,000 certificates',
    allowed: answered,
    make: () => file('application/pkcs7-mime', message(joined(50_000, () => signedEmpty)))
  },
  {
    id: 'a CMS message of a million empty sequences',
    allowed: answered,
    make: () => file('application/pkcs7-mime', message(joined(1_000_000, () => sequence())))
  },
  {
    id: 'a CMS message of a million pieces of an octet string',
    allowed: answered,
    make: () =>
      file(
        'application/pkcs7-mime',
        sequence(
          oid('1.2.840.113549.1.7.2'),
          explicit(
            0,
            sequence(
              integer(1),
              tlv(0x31),
              sequence(oid('1.2.840.113549.1.7.1'), explicit(0, octetStrings(1_000_000))),
              explicit(0, signedEmpty)
            )
          )
        )
      )
  },
  {
    id: 'a CMS message of 60,000 algorithms',
    allowed: answered,
    make: () =>
      file(
        'application/pkcs7-mime',
        sequence(
          oid('1.2.840.113549.1.7.2'),
          explicit(
            0,
            sequence(
              integer(1),
              tlv(
                0x31,
                joined(600_000, () => sequence(oid('1.2.3')))
              ),
              sequence(oid('1.2.840.113549.1.7.1')),
              explicit(0, signedEmpty)
            )
          )
        )
      )
  },
  { id: '8 MB of nothing', allowed: answered, make: () => file('application/pkix-cert', Buffer.alloc(8_388_608)) },
  {
    id: '8 MB of end-of-contents',
    allowed: answered,
    make: () => file('application/pkcs7-mime', Buffer.concat([hexBytes('30 80'), Buffer.alloc(8_000_000)]))
  },
  {
    id: 'a length of 127 octets',
    allowed: answered,
    make: () => file('application/pkix-cert', Buffer.concat([hexBytes('30 ff'), Buffer.alloc(8_000_000, 0xff)]))
  },
  { id: 'a tag of 8 MB', allowed: answered, make: () => file('application/pkix-cert', Buffer.alloc(8_000_000, 0xbf)) }
]
