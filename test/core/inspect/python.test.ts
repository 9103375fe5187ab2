import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { getCACertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { pythonView } from '#dist/core/inspect/python.js'
import { alternativeNames, dnsName, issue, pemOf, root, server } from '../../support/authority.ts'
import { explicit, hexBytes, oid, sequence, tlv } from '../../support/der-writer.ts'
import { describeWith } from '../../support/engines.ts'
import { authorityInfoAccess, crlDistributionPoints } from '../../support/locations.ts'
import { attribute, attributeTypes, nameDer, rdn } from '../../support/names.ts'

const viewOf = (der: Uint8Array): unknown => {
  const read = readCertificate(der)
  return read.ok ? pythonView(read.value) : read.reason
}

const ca = root()
const ip = (...octets: readonly number[]): Uint8Array => tlv(0x87, Uint8Array.from(octets))
const ia5 = (tag: number, text: string): Uint8Array => tlv(tag, Buffer.from(text, 'latin1'))
const { CN, O, OU, C, DC, emailAddress } = attributeTypes

const subjects = [
  nameDer(),
  nameDer(rdn(attribute(C, 'CH', 0x13)), rdn(attribute(O, 'Zürich'), attribute(OU, 'b')), rdn(attribute(CN, 'x'))),
  nameDer(rdn(attribute(DC, 'test', 0x16)), rdn(attribute(emailAddress, 'a@b.test', 0x16))),
  nameDer(rdn(attribute('1.2.3.4', 'unknown type')), rdn(attribute('2.5.4.97', 'VATCH-1'))),
  nameDer(rdn(attribute(CN, Uint8Array.of(0x41, 0xe9), 0x14))),
  nameDer(rdn(attribute(CN, hexBytes('00410042'), 0x1e))),
  nameDer(rdn(attribute('1.3.6.1.4.1.311.60.2.1.3', 'DE', 0x13)), rdn(attribute('2.5.4.15', 'Private Organization')))
]

const made = [
  ...subjects.map((subject) => issue({ subject, issuer: ca })),
  ...[0n, 1n, 0x7fn, 0x80n, 0xffn, 0x0a1bn, 2n ** 159n, 2n ** 400n - 1n].map((serialNumber) =>
    issue({ subject: 'serial', issuer: ca, serialNumber })
  ),
  issue({ subject: 'times', issuer: ca, notBefore: '500102030405', notAfter: '20500615000000' }),
  issue({ subject: 'old', issuer: ca, version: 1 }),
  server(ca, 'access.test', {
    extensions: [
      authorityInfoAccess({ ocsp: ['http://ocsp.test/', 'http://two.test/'], caIssuers: ['http://ca.test/ca.cer'] }),
      crlDistributionPoints(['http://crl.test/1.crl', 'ldap://crl.test/'], ['http://crl.test/2.crl'])
    ]
  }),
  issue({
    subject: 'names',
    issuer: ca,
    extensions: [
      alternativeNames([
        dnsName('*.example.test'),
        ia5(0x81, 'someone@example.test'),
        ia5(0x86, 'https://example.test/a?b=c'),
        ip(192, 0, 2, 1),
        ip(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xab, 0xcd),
        tlv(0x88, oid('1.2.3.4').subarray(2)),
        explicit(4, nameDer(rdn(attribute(O, 'Directory')), rdn(attribute(CN, 'Name'))))
      ])
    ]
  })
]

describe('the view of Python’s ssl module', () => {
  it('is null where a name cannot be read', () => {
    expect(viewOf(issue({ subject: nameDer(rdn(attribute(CN, hexBytes('ff'), 0x0c))), issuer: ca }).der)).toBeNull()
  })

  it('has a name of another kind as OpenSSL prints it', () => {
    const other = explicit(0, oid('1.2.3'), explicit(0, sequence()))
    const { der } = issue({ subject: 'x', issuer: ca, extensions: [alternativeNames([other])] })
    expect(viewOf(der)).toMatchObject({ subjectAltName: [['othername', '<unsupported>']] })
  })
})

/** Tuples become arrays in JSON; `null` where Python fails. */
const program = `
import json, sys, _ssl, tempfile, os
def view(pem):
    with tempfile.NamedTemporaryFile('w', suffix='.pem', delete=False) as file: file.write(pem)
    try: return _ssl._test_decode_cert(file.name)
    except Exception: return None
    finally: os.unlink(file.name)
print(json.dumps([view(pem) for pem in json.load(sys.stdin)]))
`

describeWith('python', 'what Python itself says', () => {
  it('is the same of every root of Mozilla’s program, and of certificates with all that the view can hold', () => {
    const ders = [
      ...getCACertificates('bundled').map((pem) => new X509Certificate(pem).raw),
      ...made.map(({ der }) => der)
    ]
    const { stdout, stderr, status } = spawnSync('python3', ['-c', program], {
      input: JSON.stringify(ders.map((der) => pemOf(der))),
      encoding: 'utf8',
      timeout: 60_000
    })
    expect([status, stderr]).toEqual([0, ''])
    const theirs: unknown = JSON.parse(stdout)
    expect(ders.length).toBeGreaterThan(130)
    expect(ders.map(viewOf)).toEqual(theirs)
  })
})
