import { describe, expect, it } from 'vitest'
import { readOcspResponse } from '#dist/core/decode/input/ocsp-response.js'
import { defaultLimits } from '#dist/core/model/limits.js'
import { readOcspResponses } from '#dist/core/request/ocsp-responses.js'
import { explicit, hexBytes, oid, sequence, tlv } from '../../support/der-writer.ts'

const enumerated = (value: number): Uint8Array => tlv(0x0a, Uint8Array.of(value))
const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
const tryLater = sequence(enumerated(3))
const basic = sequence(enumerated(0), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), tlv(4, sequence()))))

describe('the frame of an OCSP response (RFC 6960 §4.2.1)', () => {
  it('has a status', () => {
    expect(readOcspResponse(tryLater, defaultLimits)).toEqual({ ok: true, value: { status: 'tryLater' } })
    expect(readOcspResponse(basic, defaultLimits)).toEqual({ ok: true, value: { status: 'successful' } })
  })

  it.each([
    ['a status that is not defined', sequence(enumerated(4)), 'its status is none that OCSP has'],
    ['success without a response', sequence(enumerated(0)), 'its status is successful, and it holds no response'],
    ['octets after it', Buffer.concat([tryLater, hexBytes('00')]), 'octets follow after the OCSP response'],
    ['something else', sequence(oid('1.2.3')), 'it is no well-formed OCSP response'],
    ['half of one', basic.subarray(0, 20), 'it is no well-formed OCSP response'],
    ['a thousand nested sequences', hexBytes('3080'.repeat(1000)), 'it is no well-formed OCSP response']
  ])('is refused where it is %s', (_what, octets, reason) => {
    expect(readOcspResponse(octets, defaultLimits)).toEqual({ ok: false, reason })
  })
})

describe('the limits of ASN.1', () => {
  it('hold for the levels and the elements of an OCSP response', () => {
    expect(readOcspResponse(basic, { ...defaultLimits, asn1Depth: 2 }).ok).toBe(false)
    expect(readOcspResponse(basic, { ...defaultLimits, asn1Nodes: 3 }).ok).toBe(false)
  })
})

describe('the OCSP responses of a request', () => {
  it('are warned of as not evaluated', () => {
    const read = readOcspResponses([base64(basic)], defaultLimits)
    expect(read).toMatchObject({ kind: 'read', warnings: [{ code: 'ocsp-not-evaluated', details: { count: 1 } }] })
  })

  it('are left out where unreadable, with their place', () => {
    const read = readOcspResponses([base64(basic), 'AAAA'], defaultLimits)
    expect(read).toMatchObject({
      kind: 'read',
      warnings: [
        { code: 'object-ignored', details: { source: 'ocspResponses[1]' } },
        { code: 'ocsp-not-evaluated', details: { count: 1 } }
      ]
    })
  })

  it('refuse the request where none of them is one', () => {
    expect(readOcspResponses(['AAAA', '?'], defaultLimits)).toMatchObject({
      kind: 'unreadable',
      errors: [
        { pointer: '/ocspResponses/0', code: 'ocsp-response-malformed' },
        { pointer: '/ocspResponses/1', code: 'ocsp-response-malformed' }
      ]
    })
  })

  it('say nothing where there are none', () => {
    expect(readOcspResponses([], defaultLimits)).toEqual({ kind: 'read', warnings: [] })
  })
})
