import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOcspResponse } from '#dist/core/decode/ocsp/ocsp-response.js'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { BasicOcspResponse, ReadSingleResponse } from '#dist/core/model/ocsp.js'
import { commonName, extension, issue, keyPair } from '../../../support/authority.ts'
import { explicit, hexBytes, integer, nullValue, oid, sequence, tlv } from '../../../support/der-writer.ts'
import {
  archiveCutoff,
  certId,
  enumerated,
  generalizedTime,
  good,
  keyHash,
  nonce,
  ocspResponseOf,
  type ResponseSpec,
  responseWith,
  revoked,
  type SingleSpec,
  unknown
} from '../../../support/ocsp.ts'

const issuer = { name: commonName('Test CA'), key: keyPair() }
const make = (spec: Partial<ResponseSpec> = {}): Uint8Array =>
  ocspResponseOf({ issuer, singles: [{ serialNumber: 7n }], ...spec })
const answering = (single: Partial<SingleSpec>): Uint8Array => make({ singles: [{ serialNumber: 7n, ...single }] })

const seconds = (text: string): number => Date.parse(text) / 1000

const basicOf = (der: Uint8Array): BasicOcspResponse => {
  const read = readOcspResponse(der, defaultLimits)
  if (!read.ok) throw new Error(read.reason)
  if (read.value.basic === undefined) throw new Error(read.value.status)
  return read.value.basic
}

const reasons = (der: Uint8Array): readonly string[] => basicOf(der).faults.map(({ details }) => details.reason)
const answer = (der: Uint8Array): ReadSingleResponse | undefined => basicOf(der).find('07')[0]
const refused = (reason: string) => ({ ok: false, reason })

describe('an OCSPResponse (RFC 6960 §4.2.1)', () => {
  it.each([
    [1, 'malformedRequest'],
    [2, 'internalError'],
    [3, 'tryLater'],
    [5, 'sigRequired'],
    [6, 'unauthorized']
  ])('with the status %i says %s, and nothing else', (number, status) => {
    const der = responseWith(number)
    expect(readOcspResponse(der, defaultLimits)).toEqual({ ok: true, value: { der, status, basic: undefined } })
  })

  const basic = sequence(sequence())

  it.each([
    ['has a status that is not defined', responseWith(4), 'its status is none that OCSP has'],
    ['has a status of two octets', sequence(tlv(0x0a, hexBytes('01 00'))), 'its status is none that OCSP has'],
    ['succeeds without a response', responseWith(0), 'its status is successful, and it holds no response'],
    ['fails with a response', responseWith(3, basic), 'its status is tryLater, and it holds a response'],
    ['is of another type', responseWith(0, basic, '1.2.3'), 'it is of the type 1.2.3, which is not understood'],
    [
      'has octets after it',
      Buffer.concat([responseWith(3), nullValue]),
      'the OCSPResponse has octets after its last field'
    ],
    [
      'is something else',
      sequence(oid('1.2.3')),
      'the OCSPResponse has oid in place of its responseStatus (enumerated)'
    ],
    ['is half of one', make().subarray(0, 40), 'the OCSPResponse is cut short: a length leads beyond its end'],
    [
      'is nested without end',
      hexBytes('3080'.repeat(1000)),
      'the OCSPResponse has an indefinite length, which DER does not allow'
    ],
    ['lacks its algorithm', responseWith(0, basic), 'the BasicOCSPResponse ends before its signatureAlgorithm'],
    ['names no responder', make({ responder: nullValue }), 'the ResponseData has no responderID'],
    [
      'has answers of another form',
      make({ alter: (fields) => [...fields.slice(0, 2), nullValue] }),
      'the ResponseData has null in place of its responses (sequence)'
    ],
    [
      'has more than its fields',
      make({ alter: (fields) => [...fields, nullValue] }),
      'the ResponseData has octets after its last field'
    ],
    [
      'has a signature of another form',
      make({ alterBasic: ([data, algorithm]) => [data ?? basic, algorithm ?? basic, nullValue] }),
      'the BasicOCSPResponse has null in place of its signature (bitString)'
    ]
  ])('is refused where it %s', (_what, der, reason) => {
    expect(readOcspResponse(der, defaultLimits)).toEqual(refused(reason))
  })
})

describe('a BasicOCSPResponse (RFC 6960 §4.2.1)', () => {
  it('is read with responder, time, nonce, certificates and answers', () => {
    const certificate = issue({ subject: 'Responder' })
    const response = basicOf(make({ extensions: [nonce(hexBytes('0102'))], certificates: [certificate] }))
    expect(response.faults).toEqual([])
    expect(response.responder).toMatchObject({ type: 'name', name: { text: 'CN=Test CA' } })
    expect(response.producedAt).toBe(seconds('2026-01-01T00:00:00Z'))
    expect(response.nonce).toBe('0102')
    expect(response.certificates.map(({ der }) => Buffer.compare(der, certificate.der))).toEqual([0])
    expect(response.signatureAlgorithm).toMatchObject({ oid: '1.2.840.10045.4.3.2' })
    expect(response.count).toBe(1)
    expect(response.find('08')).toEqual([])
  })

  it('may name its responder by key, and leave out what is optional', () => {
    const response = basicOf(make({ responder: 'key' }))
    expect(response.faults).toEqual([])
    expect(response.responder).toEqual({ type: 'key', keyHash: Buffer.from(keyHash(issuer.key)).toString('hex') })
    expect(response.nonce).toBeUndefined()
    expect(response.certificates).toEqual([])
  })

  it('may answer for nobody', () => {
    expect(reasons(make({ singles: [] }))).toEqual([])
    expect(basicOf(make({ singles: [] })).count).toBe(0)
  })

  it('signs the octets that came', () => {
    const der = Buffer.from(make())
    const { tbs } = basicOf(der)
    expect(der.includes(tbs)).toBe(true)
    expect(tbs[0]).toBe(0x30)
  })

  const versioned = (octets: string) => make({ alter: (fields) => [explicit(0, hexBytes(octets)), ...fields] })

  it('may encode its version, which is 1', () => {
    expect(reasons(versioned('02 01 00'))).toEqual([])
    expect(reasons(versioned('02 01 01'))).toEqual(['is malformed: its version is another than 1'])
    expect(reasons(versioned('02 02 01 00'))).toEqual(['is malformed: its version is another than 1'])
  })

  it.each([
    [
      'a responder whose name is malformed',
      make({ responder: explicit(1, nullValue) }),
      'is malformed: the name of its responder: the name has null in place of its the name (sequence)'
    ],
    [
      'a KeyHash that is no SHA-1',
      make({ responder: explicit(2, tlv(4, hexBytes('00'))) }),
      'is malformed: the KeyHash of its responder has 1 octets'
    ],
    [
      'a time that is none',
      make({ producedAt: '20261301000000' }),
      'is malformed: producedAt is no date of the calendar'
    ],
    [
      'an empty nonce',
      make({ extensions: [nonce(new Uint8Array())] }),
      'is malformed: the nonce has 0 octets in place of 1 to 128'
    ],
    [
      'a nonce of 129 octets',
      make({ extensions: [nonce(new Uint8Array(129))] }),
      'is malformed: the nonce has 129 octets in place of 1 to 128'
    ],
    [
      'a critical extension of no known meaning',
      make({ extensions: [extension('1.2.3', nullValue, true)] }),
      'has the critical extension 1.2.3, which is not understood here'
    ],
    [
      'an extension twice',
      make({ extensions: [extension('1.2.3', nullValue), extension('1.2.3', nullValue)] }),
      'has the extension 1.2.3 more than once'
    ],
    [
      'extensions that are none',
      make({ alter: (fields) => [...fields, explicit(1, sequence())] }),
      'is malformed: the list of extensions is empty'
    ],
    [
      'a certificate that is none',
      make({ certificates: [{ der: sequence() }] }),
      'is malformed: certificate 1 that came with it: Certificate ends before its tbsCertificate'
    ],
    [
      'a signature with unused bits',
      make({ alterBasic: ([data, algorithm]) => [data ?? good, algorithm ?? good, tlv(3, hexBytes('01 80'))] }),
      'is malformed: signature is a BIT STRING with unused bits'
    ],
    [
      'an algorithm without an OID',
      make({ alterBasic: ([data, , signature]) => [data ?? good, sequence(nullValue), signature ?? good] }),
      'is malformed: the AlgorithmIdentifier has null in place of its algorithm (oid)'
    ],
    [
      'an answer that is none',
      make({ alter: ([id, at]) => [id ?? good, at ?? good, sequence(sequence(sequence()))] }),
      'is malformed: answer 1: it has no hashAlgorithm'
    ]
  ])('tells of %s', (_what, der, reason) => {
    expect(reasons(der)).toEqual([reason])
  })

  it('takes critical extensions whose meaning is known', () => {
    const extensions = [nonce(hexBytes('00'), true), extension('1.3.6.1.5.5.7.48.1.9', nullValue, true)]
    expect(reasons(make({ extensions }))).toEqual([])
    expect(reasons(make({ extensions: [extension('1.2.3', nullValue)] }))).toEqual([])
    expect(reasons(make({ extensions: [nonce(new Uint8Array(128))] }))).toEqual([])
  })
})

describe('an answer in a response (RFC 6960 §4.2.1)', () => {
  it('is good, with its CertID and times', () => {
    expect(answer(make())).toEqual({
      ok: true,
      value: {
        certId: {
          hash: 'sha1',
          issuerNameHash: Buffer.from(certId(issuer, 7n).subarray(15, 35)).toString('hex'),
          issuerKeyHash: Buffer.from(keyHash(issuer.key)).toString('hex'),
          serialNumber: '07'
        },
        status: { type: 'good' },
        thisUpdate: seconds('2026-01-01T00:00:00Z'),
        nextUpdate: seconds('2026-02-01T00:00:00Z'),
        invalidityDate: undefined,
        archiveCutoff: undefined,
        crl: undefined,
        unknownCritical: undefined
      }
    })
  })

  it('is revoked, with time and reason, or unknown', () => {
    const revokedAt = seconds('2025-12-01T00:00:00Z')
    const status = (der: Uint8Array) => ({ status: 'ok', ...answer(answering({ status: der })) })
    expect(status(revoked())).toMatchObject({ value: { status: { type: 'revoked', revokedAt, reason: undefined } } })
    expect(status(revoked(undefined, 1))).toMatchObject({ value: { status: { reason: 'keyCompromise' } } })
    expect(status(revoked(undefined, 10))).toMatchObject({ value: { status: { reason: 'aACompromise' } } })
    expect(status(unknown)).toMatchObject({ value: { status: { type: 'unknown' } } })
  })

  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('names its issuer by %s', (hash) => {
    const issuerKeyHash = Buffer.from(keyHash(issuer.key, hash)).toString('hex')
    expect(answer(answering({ hash }))).toMatchObject({ value: { certId: { hash, issuerKeyHash } } })
  })

  const hashedBy = (algorithm: Uint8Array) =>
    answer(answering({ alter: ([, ...rest]) => [sequence(algorithm, tlv(4), tlv(4), integer(7)), ...rest] }))

  it('names no hash that is understood by another OID or other parameters', () => {
    expect(hashedBy(sequence(oid('1.3.14.3.2.26')))).toMatchObject({ value: { certId: { hash: 'sha1' } } })
    expect(hashedBy(sequence(oid('1.3.14.3.2.26'), oid('1.2.3')))).toMatchObject({
      value: { certId: { hash: undefined } }
    })
    expect(hashedBy(sequence(oid('1.2.840.113549.2.5'), nullValue))).toMatchObject({
      value: { certId: { hash: undefined } }
    })
  })

  it('has extensions: archive cut-off, CRL reference, invalidity date', () => {
    const crl = sequence(
      explicit(0, tlv(0x16, Buffer.from('http://crl.example.test/1'))),
      explicit(1, integer(200)),
      explicit(2, generalizedTime('20251231000000'))
    )
    const extensions = [
      archiveCutoff('20200101000000'),
      extension('1.3.6.1.5.5.7.48.1.3', crl),
      extension('2.5.29.24', generalizedTime('20251130000000')),
      extension('1.2.3', nullValue)
    ]
    expect(answer(answering({ extensions }))).toMatchObject({
      value: {
        archiveCutoff: seconds('2020-01-01T00:00:00Z'),
        crl: { url: 'http://crl.example.test/1', number: '00c8', time: seconds('2025-12-31T00:00:00Z') },
        invalidityDate: seconds('2025-11-30T00:00:00Z'),
        unknownCritical: undefined
      }
    })
    expect(answer(answering({ extensions: [extension('1.3.6.1.5.5.7.48.1.3', sequence())] }))).toMatchObject({
      value: { crl: { url: undefined, number: undefined, time: undefined } }
    })
    expect(answer(answering({ extensions: [extension('1.2.3', nullValue, true)] }))).toMatchObject({
      value: { unknownCritical: '1.2.3' }
    })
  })

  it.each([
    ['another status', { status: nullValue }, 'its certStatus is neither good nor revoked nor unknown'],
    ['a status with octets', { status: tlv(0x80, hexBytes('00')) }, 'its certStatus is good, and holds octets'],
    ['an unknown with octets', { status: tlv(0x82, hexBytes('00')) }, 'its certStatus is unknown, and holds octets'],
    ['a reason that is not defined', { status: revoked(undefined, 7) }, 'its revocationReason is none that is defined'],
    [
      'a reason of two octets',
      { status: explicit(1, generalizedTime('20251201000000'), explicit(0, tlv(0x0a, hexBytes('01 00')))) },
      'its revocationReason is none that is defined'
    ],
    [
      'a reason of another type',
      { status: explicit(1, generalizedTime('20251201000000'), explicit(0, integer(1))) },
      'revocationReason has integer in place of its revocationReason (enumerated)'
    ],
    [
      'more than a reason',
      { status: explicit(1, generalizedTime('20251201000000'), explicit(0, enumerated(1), nullValue)) },
      'revocationReason has octets after its last field'
    ],
    [
      'a revocation that says more',
      { status: explicit(1, generalizedTime('20251201000000'), explicit(0, enumerated(1)), nullValue) },
      'RevokedInfo has octets after its last field'
    ],
    [
      'a UTCTime',
      { thisUpdate: '260101000000' },
      'SingleResponse has utcTime in place of its thisUpdate (generalizedTime)'
    ],
    ['a next time of no calendar', { nextUpdate: '20260230000000' }, 'nextUpdate is no date of the calendar'],
    [
      'more than its fields',
      { alter: (fields: Uint8Array[]) => [...fields, nullValue] },
      'SingleResponse has octets after its last field'
    ],
    [
      'a cut-off that is none',
      { extensions: [extension('1.3.6.1.5.5.7.48.1.6', nullValue)] },
      'archiveCutoff has null in place of its archiveCutoff (generalizedTime)'
    ],
    [
      'a CRL reference that is none',
      { extensions: [extension('1.3.6.1.5.5.7.48.1.3', sequence(explicit(0, tlv(0x16, hexBytes('0a')))))] },
      'crlUrl has octets that are not printable ASCII'
    ],
    [
      'an extension twice',
      { extensions: [extension('1.2.3', nullValue), extension('1.2.3', nullValue)] },
      'its extension 1.2.3 is there more than once'
    ]
  ])('is refused by itself where it has %s', (_what, single, reason) => {
    const der = answering(single)
    expect(reasons(der)).toEqual([])
    expect(answer(der)).toEqual(refused(reason))
  })

  it('names its CRL in printable ASCII', () => {
    const referring = (octets: string) =>
      answer(
        answering({
          extensions: [extension('1.3.6.1.5.5.7.48.1.3', sequence(explicit(0, tlv(0x16, hexBytes(octets)))))]
        })
      )
    expect(referring('20 7e')).toMatchObject({ value: { crl: { url: ' ~' } } })
    for (const octets of ['1f', '7f']) {
      expect(referring(octets)).toEqual(refused('crlUrl has octets that are not printable ASCII'))
    }
  })

  it('is one of several about the same serial number, of whatever issuer', () => {
    const other = { name: commonName('Other CA'), key: keyPair() }
    const singles = [
      { serialNumber: 7n },
      { serialNumber: 8n },
      { serialNumber: 7n, issuer: other, status: unknown },
      { serialNumber: 7n, hash: 'sha256', status: revoked() }
    ] as const
    const response = basicOf(make({ singles }))
    expect(response.count).toBe(4)
    expect(response.find('07')).toMatchObject([
      { value: { status: { type: 'good' } } },
      { value: { status: { type: 'unknown' } } },
      { value: { status: { type: 'revoked' } } }
    ])
    expect(response.find('08')).toHaveLength(1)
  })
})

describe('the cost of a response', () => {
  const many = make({ singles: Array.from({ length: 5_000 }, (_, n) => ({ serialNumber: BigInt(n) })) })

  it('is bounded: no response answers for more certificates than the limit', () => {
    const read = (singleResponses: number) => {
      const response = readOcspResponse(many, { singleResponses })
      return response.ok ? response.value.basic?.faults.map(({ details }) => details.reason) : response.reason
    }
    expect(read(4_999)).toEqual(['answers for more than 4999 certificates, which is the limit'])
    expect(read(5_000)).toEqual([])
  })

  it('grows with its octets: thousands of answers are found in milliseconds', () => {
    const response = basicOf(many)
    const serialNumbers = Array.from({ length: 5_000 }, (_, n) => Buffer.from(integer(n).subarray(2)).toString('hex'))
    const before = process.cpuUsage()
    expect(response.faults).toEqual([])
    const found = serialNumbers.filter((serialNumber) => response.find(serialNumber).length === 1)
    const { user, system } = process.cpuUsage(before)
    expect(found).toHaveLength(5_000)
    // Time of this process alone, in microseconds: a hundredfold what it takes.
    expect(user + system).toBeLessThan(5_000_000)
  })
})

describe('any octets', () => {
  const askAll = (der: Uint8Array): number => {
    const read = readOcspResponse(der, defaultLimits)
    if (!read.ok) return read.reason.length
    const { basic } = read.value
    return basic === undefined ? 1 : basic.faults.length + basic.find('07').length + basic.certificates.length
  }

  it('give a value or a reason', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => askAll(octets) >= 0))
  })

  const whole = make({
    singles: [
      { serialNumber: 7n, status: revoked(undefined, 1), extensions: [archiveCutoff('20200101000000')] },
      { serialNumber: 9n, hash: 'sha256' }
    ],
    extensions: [nonce(hexBytes('0102'))],
    certificates: [issue({ subject: 'Responder' })]
  })

  it('do so where a sound response is changed', () => {
    const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const der = Uint8Array.from(whole)
        for (const [at, octet] of changes) der[at] = octet
        return askAll(der) >= 0
      }),
      { numRuns: 2_000 }
    )
  })
})
