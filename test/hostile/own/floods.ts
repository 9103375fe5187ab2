import {
  alternativeNames,
  type ExtensionSpec,
  extension,
  keyUsage,
  pemOf,
  root,
  server
} from '../../support/authority.ts'
import { distributionPoints, fullName, uri } from '../../support/crls.ts'
import { explicit, hexBytes, oid, sequence, tlv } from '../../support/der-writer.ts'
import { base64, joined, json, type OwnCase, pem, times } from './case.ts'

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

const extensions =
  (count: number, make: (n: number) => ExtensionSpec): OwnCase['make'] =>
  () =>
    json({ chain: server(ca, 'www.example.test', { extensions: times(count, make) }).pem, caBundle: ca.pem })

const locations = (count: number): Uint8Array =>
  sequence(joined(count, (n) => sequence(oid('1.3.6.1.5.5.7.48.2'), uri(`http://a.test/${n}`))))

export const floods: readonly OwnCase[] = [
  {
    id: '300,000 unknown extensions',
    allowed: verdict,
    make: extensions(300_000, (n) => extension(`1.3.${n}`, new Uint8Array()))
  },
  {
    id: '200,000 unknown critical extensions',
    allowed: verdict,
    make: extensions(200_000, (n) => extension(`1.3.${n}`, new Uint8Array(), true))
  },
  {
    id: '300,000 extensions of one kind',
    allowed: verdict,
    make: extensions(300_000, () => extension('2.5.29.19', sequence()))
  },
  {
    id: 'an extension of an object identifier of 4 MB',
    allowed: verdict,
    make: () =>
      json({
        chain: server(ca, 'a', {
          alter: (fields) => [
            ...fields.slice(0, -1),
            explicit(3, sequence(sequence(tlv(6, Buffer.alloc(4_000_000, 0x81), Uint8Array.of(1)), tlv(4))))
          ]
        }).pem,
        caBundle: ca.pem
      })
  },
  {
    id: '100,000 distribution points',
    allowed: verdict,
    make: extensions(1, () => distributionPoints(...times(100_000, (n) => [fullName(uri(`http://a.test/${n}`))])))
  },
  {
    id: '120,000 locations of issuers',
    allowed: verdict,
    make: extensions(1, () => extension('1.3.6.1.5.5.7.1.1', locations(120_000)))
  },
  {
    id: '120,000 locations of issuers, fetching allowed',
    allowed: verdict,
    make: () =>
      json({
        chain: server(ca, 'a', { extensions: [extension('1.3.6.1.5.5.7.1.1', locations(120_000))] }).pem,
        caBundle: root('Other').pem,
        fetchIssuers: true
      })
  },
  {
    id: 'a million bits of key usage',
    allowed: verdict,
    make: extensions(1, () => keyUsage(`00${'ff'.repeat(1_000_000)}`))
  },
  {
    id: '1,500 timestamps of 2 KB',
    allowed: verdict,
    make: withExtension('1.3.6.1.4.1.11129.2.4.2', () => tlv(4, timestamps(60_000, 45)))
  },
  {
    id: 'key identifiers of 2 MB',
    allowed: verdict,
    make: () => {
      const identifier = Buffer.alloc(2_000_000, 7)
      const authority = root('Test CA', {
        keyIdentifiers: false,
        extensions: [
          extension('2.5.29.14', tlv(4, identifier)),
          extension('2.5.29.19', hexBytes('30 03 01 01 ff'), true)
        ]
      })
      return json({
        chain: server(authority, 'a', {
          keyIdentifiers: false,
          extensions: [extension('2.5.29.35', sequence(tlv(0x80, identifier)))]
        }).pem,
        caBundle: authority.pem
      })
    }
  },
  {
    id: 'a certificate of 5 MB 1 time, and 1,900 others',
    allowed: verdict,
    make: () =>
      json({
        chain: server(ca, 'a', { extensions: [extension('1.2.3', Buffer.alloc(4_000_000))] }).pem,
        intermediates: pem(times(1_900, (n) => server(ca, `a${n}.test`, { key: ca.key }))),
        caBundle: ca.pem
      })
  },
  {
    id: '300,000 extensions, inspected',
    allowed: ['invalid', 'limit'],
    route: '/inspect',
    make: () => ({
      ...json({
        time: undefined,
        chain: server(ca, 'a', { extensions: times(300_000, (n) => extension(`1.3.${n}`, new Uint8Array())) }).pem
      })
    })
  },
  {
    id: '300,000 alternative names, inspected',
    allowed: ['invalid', 'limit'],
    route: '/inspect',
    make: () =>
      json({
        time: undefined,
        chain: server(ca, 'a', { extensions: [alternativeNames(times(300_000, (n) => `a${n}.test`))] }).pem
      })
  },
  {
    id: '1,900 certificates, inspected',
    allowed: ['invalid', 'limit'],
    route: '/inspect',
    make: () => json({ time: undefined, chain: pem(times(1_900, (n) => server(ca, `a${n}.test`, { key: ca.key }))) })
  }
]

/** RFC 6962 §3.3, as a list of so many. */
const timestamps = (count: number, size: number): Uint8Array => {
  const one = Buffer.concat([Uint8Array.of(0, size), Buffer.alloc(size, 0)])
  const all = Buffer.concat(times(count, () => one)).subarray(0, 65_535)
  return Buffer.concat([Uint8Array.of(all.length >> 8, all.length & 0xff), all])
}

const tinyText = base64(hexBytes('30 00'))

export const tinies: readonly OwnCase[] = [
  {
    id: '100,000 tiny certificates in PEM',
    allowed: answered,
    make: () => json({ chain: pemOf(hexBytes('30 00')).repeat(100_000) })
  },
  {
    id: '99,000 tiny certificates in an array',
    allowed: answered,
    make: () => json({ chain: times(99_000, () => tinyText) })
  },
  {
    id: '1,999 tiny certificates behind one',
    allowed: answered,
    make: () => json({ chain: server(ca).pem + pemOf(hexBytes('30 00')).repeat(1_990), caBundle: ca.pem })
  },
  {
    id: '1,900 certificates twice',
    allowed: verdict,
    make: () => json({ chain: server(ca).pem, intermediates: ca.pem.repeat(1_900), caBundle: ca.pem })
  }
]
