import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBundle } from '#dist/core/decode/input/bundle.js'
import type { BundleItem } from '#dist/core/model/bundle.js'
import { bitString, explicit, hexBytes, integer, nullValue, oid, sequence, tlv } from '../../../support/der-writer.ts'
import { describeWith } from '../../../support/engines.ts'

const most = 100
const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nullValue)
const name = sequence()
const time = tlv(0x17, Buffer.from('260101000000Z'))
const spki = sequence(algorithm, bitString(Uint8Array.of(1)))
const signed = (tbs: Uint8Array): Uint8Array => sequence(tbs, algorithm, bitString(Uint8Array.of(1, 2, 3)))

const certificate = signed(
  sequence(explicit(0, integer(2)), integer(7), algorithm, name, sequence(time, time), name, spki)
)
const versionOne = signed(sequence(integer(0), algorithm, name, sequence(time, time), name, spki))
const crl = signed(sequence(integer(1), algorithm, name, time))
const versionOneCrl = signed(sequence(algorithm, name, time))
const request = signed(sequence(integer(0), name, spki, explicit(0)))
const pkcs8 = sequence(integer(0), algorithm, tlv(4, Uint8Array.of(1)))
const encryptedPkcs8 = sequence(algorithm, tlv(4, Uint8Array.of(1)))
const pkcs12 = sequence(integer(3), sequence(oid('1.2.840.113549.1.7.1')), sequence())
const ocsp = sequence(tlv(0x0a, Uint8Array.of(0)))
const signedData = (...objects: readonly Uint8Array[]): Uint8Array =>
  sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(integer(1), tlv(0x31), sequence(oid('1.2.840.113549.1.7.1')), explicit(0, ...objects), tlv(0x31))
    )
  )

const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`
const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')

const place = (line: number | undefined, element?: number): unknown => ({ element, line })
const certificateAt = (at: unknown, der = certificate): unknown => ({
  type: 'certificate',
  der: Buffer.from(der),
  trust: undefined,
  place: at
})
/** Octets as Buffers, so that they compare by value. */
const read = (material: Parameters<typeof readBundle>[0]): readonly unknown[] =>
  readBundle(material, most).items.map(plain)
const plain = (item: BundleItem): unknown => {
  // What somebody takes it for who does not look into it.
  if (item.type === 'aside') return { ...item.otherwise, place: item.place }
  return 'der' in item ? { ...item, der: Buffer.from(item.der) } : item
}

describe('readBundle: forms', () => {
  it.each([
    ['DER', certificate, undefined],
    ['PEM octets', Buffer.from(pem('CERTIFICATE', certificate)), 1],
    ['PEM octets after a byte order mark', Buffer.from(`\ufeff${pem('CERTIFICATE', certificate)}`), 1],
    [
      'PEM octets between text that is not UTF-8',
      Buffer.concat([hexBytes('e9 ff 0a'), Buffer.from(pem('CERTIFICATE', certificate))]),
      2
    ],
    ['PEM text', pem('CERTIFICATE', certificate), 1],
    [
      'text that begins with the digit 0, as a SEQUENCE does',
      Buffer.from(`0 s:CN = a\n${pem('CERTIFICATE', certificate)}`),
      2
    ],
    ['base64 text', base64(certificate), undefined],
    ['base64 text in octets', Buffer.from(base64(certificate)), undefined],
    ['base64 text in lines', `\ufeff\n ${base64(certificate).replace(/(.{20})/g, '$1\r\n')}`, undefined]
  ])('reads a certificate from %s', (_, material, line) => {
    expect(read(material)).toEqual([certificateAt(place(line))])
  })

  it('reads an array of PEM texts and base64, and names the element of each', () => {
    const texts = [base64(certificate), '', `\n${pem('X509 CERTIFICATE', certificate).repeat(2)}`, pem('X509 CRL', crl)]
    expect(read(texts)).toEqual([
      certificateAt(place(undefined, 0)),
      certificateAt(place(2, 2)),
      certificateAt(place(5, 2)),
      { type: 'crl', der: Buffer.from(crl), place: place(1, 3) }
    ])
  })

  it.each([
    ['nothing', ''],
    ['space', ' \r\n\t'],
    ['no octets', new Uint8Array()],
    ['an empty array', []]
  ])('finds nothing in %s', (_, material) => {
    expect(readBundle(material, most)).toEqual({ items: [], truncated: false })
  })

  it.each([
    ['a certificate of version 1', versionOne, 'certificate'],
    ['a CRL', crl, 'crl'],
    ['a CRL of version 1', versionOneCrl, 'crl'],
    [
      'a SEQUENCE that is cut short, for the reader of certificates',
      Buffer.concat([hexBytes('3081ff'), certificate.subarray(2)]),
      'certificate'
    ]
  ])('takes %s in DER as what it is', (_, der, type) => {
    expect(read(der)).toMatchObject([{ type, der: Buffer.from(der) }])
  })

  it('gives the key, the request and the certificate of one file in their order', () => {
    const text = pem('PRIVATE KEY', pkcs8) + pem('CERTIFICATE REQUEST', request) + pem('CERTIFICATE', certificate)
    expect(read(text)).toEqual([
      {
        type: 'private-key',
        key: { der: Buffer.from(pkcs8), label: 'PRIVATE KEY', encrypted: false },
        place: place(1)
      },
      { type: 'ignored', what: 'a PEM block labelled CERTIFICATE REQUEST', place: place(4) },
      certificateAt(place(7))
    ])
  })

  it.each([
    ['aes256-ctr', true],
    ['none', false]
  ])('tells whether a key of OpenSSH with the cipher %s is encrypted', (cipher, encrypted) => {
    const der = Buffer.concat([Buffer.from('openssh-key-v1\0\0\0\0'), Buffer.of(cipher.length), Buffer.from(cipher)])
    expect(read(pem('OPENSSH PRIVATE KEY', der))).toMatchObject([{ type: 'private-key', key: { encrypted } }])
  })

  it('never shows a label with characters that are not for showing', () => {
    expect(read(pem('<b>\u202e', certificate))).toEqual([
      { type: 'ignored', what: 'a PEM block of an unknown label', place: place(1) }
    ])
  })
})

describe('readBundle: PKCS#7 (RFC 5652 §5.1)', () => {
  it.each([
    ['DER', signedData(certificate, versionOne), undefined],
    ['PEM labelled PKCS7', pem('PKCS7', signedData(certificate, versionOne)), 1],
    ['PEM labelled CMS', pem('CMS', signedData(certificate, versionOne)), 1],
    ['PEM labelled CERTIFICATE', pem('CERTIFICATE', signedData(certificate, versionOne)), 1],
    ['base64', base64(signedData(certificate, versionOne)), undefined]
  ])('gives the certificates of a message in %s, in their order and as they came', (_, material, line) => {
    expect(read(material)).toEqual([certificateAt(place(line)), certificateAt(place(line), versionOne)])
  })

  it('is a certificate that cannot be read where the message has none, or cannot be read itself', () => {
    const reason = 'it is a PKCS#7 message without certificates'
    const fault = { code: 'certificate-malformed', reason }
    expect(read(signedData())).toEqual([{ type: 'fault', object: 'certificate', fault, place: place(undefined) }])
    expect(read(signedData(certificate).subarray(0, -1))).toMatchObject([{ type: 'certificate' }])
    expect(read(pem('PKCS7', signedData(certificate).subarray(0, -1)))).toMatchObject([
      { fault: { reason: 'it is no PKCS#7 message that can be read: it is cut short: a length leads beyond its end' } }
    ])
  })
})

describe('readBundle: what is not taken', () => {
  const wide = (text: string): Uint8Array => Buffer.from(text, 'utf16le')
  it.each([
    ['PKCS#12', pkcs12, 'container-unsupported', /PKCS#12.*openssl pkcs12 -in FILE -nokeys/],
    ['PKCS#12 in base64', base64(pkcs12), 'container-unsupported', /PKCS#12/],
    [
      'a Java key store',
      hexBytes('feedfeed 00000002 00000000'),
      'container-unsupported',
      /keytool -list -rfc -keystore/
    ],
    [
      'a Java key store of type JCEKS',
      hexBytes('cececece 00000002 00000000'),
      'container-unsupported',
      /-storetype JCEKS/
    ],
    ['a private key in DER', pkcs8, 'container-unsupported', /private key in DER.*openssl pkey -inform DER/],
    ['an encrypted private key in DER', encryptedPkcs8, 'container-unsupported', /encrypted private key/],
    ['a request in DER', request, 'container-unsupported', /certificate signing request/],
    ['a public key', spki, 'container-unsupported', /bare public key/],
    ['an OCSP response', ocsp, 'container-unsupported', /ocspResponses/],
    ['a ZIP archive', hexBytes('504b0304 0a00'), 'container-unsupported', /ZIP/],
    ['gzip', hexBytes('1f8b0800'), 'container-unsupported', /gunzip/],
    [
      'UTF-16 with a byte order mark',
      Buffer.concat([hexBytes('fffe'), wide(pem('CERTIFICATE', certificate))]),
      'pem-malformed',
      /UTF-16/
    ],
    ['UTF-16 without one', wide(pem('CERTIFICATE', certificate)), 'pem-malformed', /UTF-16/],
    ['other text', 'hello', 'pem-malformed', /^it holds neither a PEM block nor base64 of DER$/],
    ['other octets', hexBytes('00 01 02'), 'pem-malformed', /neither a PEM block/],
    ['base64 of something else', 'AAAA', 'certificate-malformed', /^it is not DER/]
  ])('refuses %s, and says what it is', (what, material, code, reason) => {
    expect(read(material)).toMatchObject([
      {
        type: 'fault',
        object: /private key/.test(what) ? 'private-key' : 'unknown',
        fault: { code, reason: expect.stringMatching(reason) },
        place: place(undefined)
      }
    ])
  })

  it('gives requests and OCSP responses to whoever looks into them', () => {
    const text = pem('NEW CERTIFICATE REQUEST', request) + pem('OCSP RESPONSE', ocsp)
    const given = [text, request, ocsp].flatMap((material) => readBundle(material, most).items)
    expect(given.map((item) => item.type === 'aside' && [item.object, Buffer.from(item.der), item.place])).toEqual([
      ['certificate-request', Buffer.from(request), place(1)],
      ['ocsp-response', Buffer.from(ocsp), place(4)],
      ['certificate-request', Buffer.from(request), place(undefined)],
      ['ocsp-response', Buffer.from(ocsp), place(undefined)]
    ])
  })

  it('takes a request that is no base64 for a block that nobody reads', () => {
    const text = pem('CERTIFICATE REQUEST', request).replace('M', '!')
    expect(readBundle(text, most).items).toEqual([
      { type: 'ignored', what: 'a PEM block labelled CERTIFICATE REQUEST', place: place(1) }
    ])
  })

  it('never passes over a first certificate that cannot be read', () => {
    const good = pem('CERTIFICATE', certificate)
    const [first, second] = readBundle(good.replace('M', '!') + good, most).items
    expect(first).toMatchObject({
      type: 'fault',
      object: 'certificate',
      fault: { code: 'pem-malformed' },
      place: { line: 1 }
    })
    expect(second).toMatchObject({ type: 'certificate', place: { line: 4 } })
  })

  it('tells a broken key from a broken certificate', () => {
    const text = `${pem('EC PRIVATE KEY', pkcs8).replace('-----END', '----END')}${pem('CERTIFICATE', certificate)}`
    expect(read(text)).toMatchObject([{ type: 'fault', object: 'private-key' }, { type: 'certificate' }])
  })
})

describe('readBundle: the greatest number of items', () => {
  it.each([
    ['PEM blocks', pem('CERTIFICATE', certificate).repeat(most + 1)],
    ['strings', Array.from({ length: most + 1 }, () => base64(certificate))],
    ['certificates of a message', signedData(...Array.from({ length: most + 1 }, () => certificate))],
    ['faults', '-----BEGIN CERTIFICATE-----\n'.repeat(most + 1)]
  ])('stops beyond it, for %s', (_, material) => {
    const { items, truncated } = readBundle(material, most)
    expect([items.length, truncated]).toEqual([most, true])
  })

  it('allows that number itself', () => {
    const { items, truncated } = readBundle(pem('CERTIFICATE', certificate).repeat(most), most)
    expect([items.length, truncated]).toEqual([most, false])
  })
})

describe('readBundle: properties', () => {
  it('never throws, whatever octets come', () => {
    const start = fc.constantFrom('', '30', '3080', '3082ffff', '308006092a864886f70d010702a080', 'feedfeed')
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 80 }), (head, tail) => {
        expect(readBundle(Buffer.concat([hexBytes(head), tail]), most).truncated).toBe(false)
      }),
      { numRuns: 3000 }
    )
  })
})

describeWith('openssl', 'readBundle: files that OpenSSL writes', () => {
  let folder = ''
  const file = (name: string): string => join(folder, name)
  const openssl = (...parameters: readonly string[]): Buffer =>
    execFileSync('openssl', parameters, { cwd: folder, stdio: 'pipe' })
  const derOf = (text: string): Buffer => Buffer.from(text.replaceAll(/-----[^-]*-----|\s/g, ''), 'base64')
  let der: Buffer

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bundle-'))
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/CN=a',
      '-keyout',
      'key.pem',
      '-out',
      'a.pem'
    )
    der = derOf(readFileSync(file('a.pem'), 'utf8'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('splits the trust settings off a trusted certificate', () => {
    const text = openssl(
      'x509',
      '-in',
      'a.pem',
      '-addtrust',
      'serverAuth',
      '-addreject',
      'emailProtection',
      '-setalias',
      'mine'
    ).toString()
    const trust = { trusted: ['1.3.6.1.5.5.7.3.1'], rejected: ['1.3.6.1.5.5.7.3.4'] }
    expect(text).toContain('TRUSTED CERTIFICATE')
    expect(read(text)).toEqual([{ type: 'certificate', der, trust, place: place(1) }])
  })

  it('reads what crl2pkcs7 makes of certificates', () => {
    expect(read(openssl('crl2pkcs7', '-nocrl', '-certfile', 'a.pem'))).toEqual([certificateAt(place(1), der)])
    expect(read(openssl('crl2pkcs7', '-nocrl', '-certfile', 'a.pem', '-outform', 'DER'))).toEqual([
      certificateAt(place(undefined), der)
    ])
  })

  it('reads the certificates of a signed message in BER, of indefinite lengths', () => {
    writeFileSync(file('text'), 'hello')
    const message = openssl(
      'cms',
      '-sign',
      '-stream',
      '-nodetach',
      '-in',
      'text',
      '-signer',
      'a.pem',
      '-inkey',
      'key.pem',
      '-outform',
      'DER'
    )
    expect([...message.subarray(0, 2)]).toEqual([0x30, 0x80])
    expect(read(message)).toEqual([certificateAt(place(undefined), der)])
  })

  it('reads what s_client and pkcs12 write around certificates, and refuses PKCS#12', () => {
    openssl('pkcs12', '-export', '-in', 'a.pem', '-inkey', 'key.pem', '-passout', 'pass:x', '-out', 'a.p12')
    expect(read(readFileSync(file('a.p12')))).toMatchObject([
      { type: 'fault', fault: { code: 'container-unsupported' } }
    ])
    const text = openssl('pkcs12', '-in', 'a.p12', '-passin', 'pass:x', '-nodes').toString()
    expect(text).toContain('Bag Attributes')
    expect(read(text)).toMatchObject([{ type: 'certificate', der }, { type: 'private-key' }])
  })

  it('tells the forms of private keys and requests in DER', () => {
    const forms = [
      ['pkey', '-in', 'key.pem', '-outform', 'DER'],
      ['ec', '-in', 'key.pem', '-outform', 'DER'],
      ['genrsa', '-traditional', '512'],
      ['req', '-new', '-key', 'key.pem', '-subj', '/CN=a', '-outform', 'DER'],
      ['pkcs8', '-topk8', '-in', 'key.pem', '-passout', 'pass:x', '-outform', 'DER']
    ]
    const told = forms.map((parameters) => {
      const output = openssl(...parameters)
      return read(parameters[0] === 'genrsa' ? derOf(output.toString()) : output)
    })
    const fault = (reason: RegExp): unknown => [
      { type: 'fault', fault: { code: 'container-unsupported', reason: expect.stringMatching(reason) } }
    ]
    expect(told).toMatchObject([
      fault(/a private key in DER/),
      fault(/a private key in DER/),
      fault(/a private key in DER/),
      fault(/signing request/),
      fault(/encrypted private key/)
    ])
  })
})
