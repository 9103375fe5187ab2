import { expect, it } from 'vitest'
import { extensionItem } from '#dist/core/inspect/parts.js'
import { explicit, hexBytes, integer, oid, sequence, tlv } from '../../support/der-writer.ts'

const text = (value: string, tag = 0x0c): Uint8Array => tlv(tag, Buffer.from(value))
const cps = sequence(oid('1.3.6.1.5.5.7.2.1'), text('http://cps.test', 0x16))
const notice = sequence(
  oid('1.3.6.1.5.5.7.2.2'),
  sequence(sequence(text('Org'), sequence(integer(1), integer(2))), text('read\u202e this'))
)
const years = ['20260101000000Z', '20270101000000Z'].map((digits, at) => tlv(0x80 | at, Buffer.from(digits)))

it.each([
  [
    'certificatePolicies',
    '2.5.29.32',
    sequence(sequence(oid('1.2.3'), sequence(cps, notice, sequence(oid('1.2.4'), Uint8Array.of(5, 0))))),
    [
      {
        policy: '1.2.3',
        qualifiers: [
          { type: 'cps', uri: 'http://cps.test' },
          { type: 'userNotice', organization: 'Org', noticeNumbers: [1, 2], text: 'read\\u{202e} this' },
          { type: 'other', oid: '1.2.4', value: '0500' }
        ]
      }
    ]
  ],
  [
    'privateKeyUsagePeriod',
    '2.5.29.16',
    sequence(...years),
    { notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z' }
  ],
  [
    'subjectDirectoryAttributes',
    '2.5.29.9',
    sequence(
      sequence(oid('1.3.6.1.5.5.7.9.4'), tlv(0x31, text('DE', 0x13))),
      sequence(oid('2.5.4.72'), tlv(0x31, integer(1)))
    ),
    [
      { type: '1.3.6.1.5.5.7.9.4', values: ['DE'] },
      { type: 'role', values: ['020101'] }
    ]
  ],
  [
    'qcStatements',
    '1.3.6.1.5.5.7.1.3',
    sequence(sequence(oid('0.4.0.1862.1.1')), sequence(oid('1.2.3'), integer(1))),
    [
      { statement: 'QcCompliance', info: null },
      { statement: '1.2.3', info: '020101' }
    ]
  ],
  ['netscapeCertType', '2.16.840.1.113730.1.1', hexBytes('030206c0'), ['sslClient', 'sslServer']],
  ['netscapeComment', '2.16.840.1.113730.1.13', text('made by hand', 0x16), 'made by hand'],
  ['microsoftCertificateType', '1.3.6.1.4.1.311.20.2', hexBytes('1e0400430041'), 'CA'],
  ['microsoftCaVersion', '1.3.6.1.4.1.311.21.1', integer(65_537), 65_537],
  [
    'microsoftCertificateTemplate',
    '1.3.6.1.4.1.311.21.7',
    sequence(oid('1.2.3'), integer(100)),
    { template: '1.2.3', majorVersion: 100, minorVersion: null }
  ],
  [
    'microsoftApplicationPolicies',
    '1.3.6.1.4.1.311.21.10',
    sequence(sequence(oid('1.3.6.1.5.5.7.3.1'))),
    ['serverAuth']
  ]
] as const)('%s is what it says', (name, id, value, expected) => {
  expect(extensionItem({ oid: id, critical: false, value })).toEqual({
    oid: id,
    name,
    critical: false,
    length: value.length,
    value: expected
  })
})

it.each([
  ['2.5.29.16', sequence(tlv(0x80, Buffer.from('2026')))],
  ['2.5.29.32', sequence(sequence(oid('1.2.3'), sequence(sequence(oid('1.3.6.1.5.5.7.2.1'), explicit(0)))))],
  ['1.3.6.1.5.5.7.1.3', sequence(integer(1))],
  ['2.16.840.1.113730.1.13', integer(1)]
])('%s that is of another form is a value that can be looked at', (id, value) => {
  const item = extensionItem({ oid: id, critical: true, value })
  const isHex = item.value === null && item.hex === Buffer.from(value).toString('hex')
  expect(isHex || JSON.stringify(item.value).includes('other')).toBe(true)
})
