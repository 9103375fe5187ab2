import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCertificateEntries } from '#dist/core/decode/tls/certificate-message.js'
import { beginsAsTls } from '#dist/core/decode/tls/records.js'
import { readServerFlight } from '#dist/core/decode/tls/server-flight.js'
import {
  certificateEntries,
  certificateList,
  certificateStatus,
  message,
  number,
  record,
  serverHello,
  tlsExtension,
  vector
} from '../../../support/tls-writer.ts'

const certificates = [Buffer.from('first'), Buffer.from('second'), Buffer.from('first')]
const flight = (...messages: readonly Uint8Array[]): Uint8Array => record(22, Buffer.concat(messages))
const tls13 = tlsExtension(43, number(0x0304, 2))
const sent = (ocspResponse?: Uint8Array): unknown => ({
  ok: true,
  value: certificates.map((der, at) => ({ der, ocspResponse: at === 0 ? ocspResponse : undefined }))
})

describe('what a server sent up to TLS 1.2 (RFC 5246 §7.4)', () => {
  it('gives the certificates as they were sent, each as often', () => {
    expect(readServerFlight(flight(serverHello(0x0303), certificateList(...certificates)), undefined)).toEqual(sent())
    expect(readServerFlight(flight(serverHello(0x0301), certificateList()), undefined)).toEqual({ ok: true, value: [] })
  })

  it('gives the OCSP response to the first (RFC 6066 §8)', () => {
    const all = (type: number): Uint8Array =>
      flight(
        serverHello(0x0303),
        certificateList(...certificates),
        message(22, certificateStatus(Buffer.from('staple'), type))
      )
    expect(readServerFlight(all(1), undefined)).toEqual(sent(Buffer.from('staple')))
    expect(readServerFlight(all(2), undefined)).toEqual(sent())
  })

  it('puts together messages that are spread over records, and reads none that are sealed', () => {
    const whole = Buffer.concat([serverHello(0x0303), certificateList(...certificates)])
    const pieces = Array.from({ length: Math.ceil(whole.length / 7) }, (_, at) =>
      record(22, whole.subarray(at * 7, at * 7 + 7))
    )
    const changed = [record(20, Uint8Array.of(1)), flight(certificateList(Buffer.from('other')))]
    expect(readServerFlight(Buffer.concat([...pieces, ...changed]), undefined)).toEqual(sent())
  })

  it.each([
    ['nothing', Buffer.alloc(0), 'the server sent no ServerHello'],
    ['an alert', record(21, Uint8Array.of(2, 40)), 'the server sent no ServerHello'],
    ['no certificate', flight(serverHello(0x0303), message(14, Buffer.alloc(0))), 'the server sent no certificate'],
    [
      'half a message',
      flight(serverHello(0x0303), certificateList(...certificates).subarray(0, -1)),
      'the server sent no certificate'
    ],
    ['a list that is too short', flight(serverHello(0x0303), message(11, vector(3, number(9, 3)))), /ends before/],
    [
      'something after the list',
      flight(serverHello(0x0303), message(11, Buffer.concat([vector(3), Uint8Array.of(0)]))),
      'the Certificate message goes on after its list'
    ],
    ['TLS 1.3 of which nobody knows the secret', flight(serverHello(0x0303, tls13)), 'the server sent no certificate']
  ])('says why there is none: %s', (_, received, reason) => {
    expect(readServerFlight(received, undefined)).toEqual({
      ok: false,
      reason: reason instanceof RegExp ? expect.stringMatching(reason) : reason
    })
  })
})

describe('the Certificate message of TLS 1.3 (RFC 8446 §4.4.2)', () => {
  const [first, second] = [Buffer.from('first'), Buffer.from('second')]

  it('gives each certificate with its own OCSP response', () => {
    const stapled = tlsExtension(5, certificateStatus(Buffer.from('staple')))
    const other = tlsExtension(18, Buffer.from('timestamps'))
    const body = certificateEntries(
      { der: first, extensions: other },
      { der: second, extensions: Buffer.concat([other, stapled, tlsExtension(5, Buffer.from('again'))]) }
    )
    expect(readCertificateEntries(body)).toEqual([
      { der: first, ocspResponse: undefined },
      { der: second, ocspResponse: Buffer.from('staple') }
    ])
  })

  it.each([
    [Uint8Array.of(0), 'the Certificate message ends before what it announces'],
    [certificateEntries({ der: first }).subarray(0, -1), 'the Certificate message ends before what it announces'],
    [
      certificateEntries({ der: first, extensions: Uint8Array.of(0, 5) }),
      /^the extensions of a certificate ends before/
    ]
  ])('refuses what is cut', (body, reason) => {
    expect(() => readCertificateEntries(body)).toThrow(reason)
  })
})

describe('a status that cannot be read (RFC 6066 §8)', () => {
  it('is none, and hides no certificate', () => {
    const der = Buffer.of(0x30, 0)
    const body = certificateEntries({ der, extensions: tlsExtension(5, Uint8Array.of(1, 0, 0, 9)) })
    expect(readCertificateEntries(body)).toEqual([{ der, ocspResponse: undefined }])
  })
})

describe('any octets', () => {
  const secret = fc.option(fc.uint8Array({ minLength: 32, maxLength: 48 }), { nil: undefined })

  it('give certificates or a reason, and never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), secret, (octets, key) => void readServerFlight(octets, key))
    )
  })

  it('do so as the octets of messages as well, sealed or not', () => {
    const body = fc.uint8Array({ maxLength: 60 })
    const type = fc.constantFrom(2, 11, 22, 25)
    const messages = fc.array(fc.tuple(type, body), { maxLength: 6 })
    const sealed = fc.array(body, { maxLength: 3 })
    const version = fc.constantFrom(undefined, tls13)
    fc.assert(
      fc.property(version, messages, sealed, secret, (extension, clear, fragments, key) => {
        const received = Buffer.concat([
          flight(serverHello(0x0303, extension), ...clear.map((each) => message(...each))),
          ...fragments.map((fragment) => record(23, fragment))
        ])
        const read = readServerFlight(received, key)
        expect(read.ok || read.reason !== '').toBe(true)
      }),
      { numRuns: 2_000 }
    )
  })

  it('are told from TLS by their beginning', () => {
    expect(
      ['\u0016\u0003\u0003', '\u0015\u0003\u0001', 'HTTP/1.1', '220 ', '\u0016\u0002'].map((text) =>
        beginsAsTls(Buffer.from(text))
      )
    ).toEqual([true, true, false, false, false])
  })
})
