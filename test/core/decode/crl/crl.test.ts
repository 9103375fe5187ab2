import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCrl } from '#dist/core/decode/crl/crl.js'
import type { Crl } from '#dist/core/model/crl.js'
import { commonName, extension, keyPair } from '../../../support/authority.ts'
import {
  type CrlSpec,
  crlNumber,
  crlOf,
  deltaIndicator,
  flag,
  invalidityDate,
  issuingDistributionPoint,
  reasonCode,
  someReasons,
  uri
} from '../../../support/crls.ts'
import { bitString, explicit, hexBytes, integer, oid, sequence, tlv } from '../../../support/der-writer.ts'

const issuer = { name: commonName('Test CA'), key: keyPair() }
const make = (spec: Partial<CrlSpec> = {}): Uint8Array => crlOf({ issuer, ...spec })

const read = (der: Uint8Array): Crl => {
  const decoded = readCrl(der)
  if (!decoded.ok) throw new Error(decoded.reason)
  return decoded.value
}

const reasons = (der: Uint8Array): readonly string[] => read(der).faults.map(({ details }) => details.reason)

describe('a CRL (RFC 5280 §5.1)', () => {
  it('is read with its issuer, times and number', () => {
    const crl = read(make())
    expect(crl.faults).toEqual([])
    expect(crl.issuer.text).toBe('CN=Test CA')
    expect(crl.thisUpdate).toBe(Date.parse('2026-01-01T00:00:00Z') / 1000)
    expect(crl.nextUpdate).toBe(Date.parse('2026-02-01T00:00:00Z') / 1000)
    expect(crl.extension('2.5.29.20')).toMatchObject({ critical: false })
    expect(crl.entryCount).toBe(0)
    expect(crl.find('01')).toBeUndefined()
    expect(crl.isDelta).toBe(false)
  })

  it('may leave out nextUpdate, entries and extensions, and have version 1', () => {
    const crl = read(make({ version: 1, nextUpdate: null, extensions: [] }))
    expect(crl.faults).toEqual([])
    expect(crl.nextUpdate).toBeUndefined()
    expect(crl.extensions).toEqual([])
  })

  it('tells of a listed certificate when and why it was revoked', () => {
    const der = make({
      entries: [
        { serialNumber: 7n },
        {
          serialNumber: 0x80n,
          revokedAt: '251231235959',
          extensions: [reasonCode(1), invalidityDate('20251224000000')]
        }
      ]
    })
    const crl = read(der)
    expect(crl.faults).toEqual([])
    expect(crl.entryCount).toBe(2)
    expect(crl.find('07')).toEqual({
      revokedAt: Date.parse('2025-06-01T00:00:00Z') / 1000,
      reason: undefined,
      invalidityDate: undefined
    })
    expect(crl.find('0080')).toEqual({
      revokedAt: Date.parse('2025-12-31T23:59:59Z') / 1000,
      reason: 'keyCompromise',
      invalidityDate: Date.parse('2025-12-24T00:00:00Z') / 1000
    })
  })

  it('finds a serial number whose form is longer than need be by its value, and tells negative from positive', () => {
    const crl = read(make({ entries: [{ serialNumber: 3n }, { serialNumber: hexBytes('0201ff') }] }))
    expect(crl.find('0003')).toBeDefined()
    expect(crl.find('ff')).toBeDefined()
    expect(crl.find('ffff')).toBeDefined()
    expect(crl.find('00ff')).toBeUndefined()
    expect(crl.find('')).toBeUndefined()
  })

  it('keeps the first of many entries for one serial number', () => {
    const entries = Array.from({ length: 1_000 }, (_, n) => ({
      serialNumber: 5n,
      extensions: [reasonCode(n === 0 ? 4 : 1)]
    }))
    expect(read(make({ entries })).find('05')).toMatchObject({ reason: 'superseded' })
  })
})

describe('a CRL that is not well formed', () => {
  it.each([
    ['a serial number with a superfluous zero', hexBytes('0202 0003')],
    ['a serial number with a superfluous FF', hexBytes('0202 ff83')],
    ['a serial number without octets', hexBytes('0200')],
    ['a serial number of a length that is not minimal', hexBytes('028101 03')],
    ['a serial number of over 64 octets', tlv(2, new Uint8Array(65).fill(1))],
    ['a serial number that is no INTEGER', hexBytes('040103')]
  ])('is at fault for %s (§5.1.2.6)', (_, serialNumber) => {
    const crl = read(make({ entries: [{ serialNumber: 9n }, { serialNumber }] }))
    expect(crl.faults).toEqual([
      {
        code: 'crl-invalid',
        reference: 'RFC 5280 §5.1.2.6',
        details: { reason: expect.stringMatching(/^is malformed: entry 2 of the list is malformed: /) }
      }
    ])
  })

  it('is at fault for a revocation date of wrong form (§5.1.2.6)', () => {
    expect(reasons(make({ entries: [{ serialNumber: 1n, revokedAt: '251301000000' }] }))).toEqual([
      expect.stringContaining('entry 1 of the list is malformed')
    ])
  })

  it('is at fault for a critical entry extension that is not understood, on whatever entry (§5.3)', () => {
    const unknown = extension('1.3.6.1.4.1.99999.2', Uint8Array.of(5, 0), true)
    const crl = read(
      make({ entries: [{ serialNumber: 1n }, { serialNumber: 2n, extensions: [unknown] }, { serialNumber: 3n }] })
    )
    expect(crl.entryCount).toBe(3)
    expect(crl.faults).toEqual([
      {
        code: 'crl-invalid',
        reference: 'RFC 5280 §5.3',
        details: { reason: expect.stringContaining('critical extension 1.3.6.1.4.1.99999.2') }
      }
    ])
  })

  it('may have an entry extension that is not understood and not critical (§5.3)', () => {
    const unknown = extension('1.3.6.1.4.1.99999.2', Uint8Array.of(5, 0))
    expect(reasons(make({ entries: [{ serialNumber: 1n, extensions: [unknown, reasonCode(0)] }] }))).toEqual([])
  })

  it('is at fault for a critical extension that is not understood (§5.2)', () => {
    expect(reasons(make({ extensions: [crlNumber(1), extension('2.5.29.46', sequence(), true)] }))).toEqual([
      'has the critical extension freshestCRL, which is not understood here'
    ])
  })

  it.each([7, 11, 255])('is at fault for the reason code %i, which is not defined (§5.3.1)', (reason) => {
    expect(reasons(make({ entries: [{ serialNumber: 1n, extensions: [reasonCode(reason)] }] }))).toEqual([
      expect.stringContaining('its reasonCode is none that is defined')
    ])
  })

  it('is at fault for removeFromCRL where it is complete, and not where it is a delta CRL (§5.3.1)', () => {
    const entries = [{ serialNumber: 1n, extensions: [reasonCode(8)] }]
    expect(reasons(make({ entries }))).toEqual([expect.stringContaining('removeFromCRL')])
    const delta = read(make({ entries, extensions: [crlNumber(2), deltaIndicator(1)] }))
    expect(delta.faults).toEqual([])
    expect(delta.isDelta).toBe(true)
    expect(delta.find('01')).toMatchObject({ reason: 'removeFromCRL' })
  })

  it('is at fault for naming issuers of entries unless it is indirect (§5.3.3)', () => {
    const names = sequence(explicit(4, commonName('Other CA')))
    const entries = [{ serialNumber: 1n, extensions: [extension('2.5.29.29', names, true)] }]
    expect(reasons(make({ entries }))).toEqual(['names issuers of its entries without being an indirect CRL'])
    expect(reasons(make({ entries, extensions: [crlNumber(1), issuingDistributionPoint(flag(4))] }))).toEqual([])
  })

  it('is at fault for extensions in version 1, its own or of an entry (§5.1.2.1)', () => {
    const version = ['has extensions, which only a CRL of version 2 can have']
    expect(reasons(make({ version: 1 }))).toEqual(version)
    const entries = [{ serialNumber: 1n, extensions: [reasonCode(1)] }]
    expect(reasons(make({ version: 1, extensions: [], entries }))).toEqual(version)
    expect(reasons(make({ version: 3 }))).toEqual(['has a version other than 2'])
  })

  it('is at fault for an extension that is there twice, on itself or an entry (§5.2)', () => {
    expect(reasons(make({ extensions: [crlNumber(1), crlNumber(2)] }))).toEqual([
      'has the extension cRLNumber more than once'
    ])
    expect(reasons(make({ entries: [{ serialNumber: 1n, extensions: [reasonCode(1), reasonCode(1)] }] }))).toEqual([
      expect.stringContaining('more than once')
    ])
  })

  it('is at fault for another signature algorithm inside than outside (§5.1.1.2)', () => {
    const alter = ([version, , ...rest]: Uint8Array[]): Uint8Array[] => [
      version ?? integer(1),
      sequence(oid('1.2.840.10045.4.3.3')),
      ...rest
    ]
    expect(reasons(make({ alter }))).toEqual([expect.stringContaining('one signature algorithm in its signed part')])
  })

  it('is unreadable where its outer DER or its signed part cannot be split', () => {
    const whole = make({ entries: [{ serialNumber: 1n }] })
    expect(readCrl(whole.subarray(0, -1))).toMatchObject({ ok: false, reason: expect.stringContaining('cut short') })
    expect(readCrl(Uint8Array.from([...whole, 0]))).toMatchObject({ ok: false })
    expect(readCrl(make({ alter: (fields) => fields.slice(0, 2) }))).toMatchObject({ ok: false })
    expect(readCrl(new Uint8Array())).toMatchObject({ ok: false })
  })
})

describe('an issuing distribution point (RFC 5280 §5.2.5)', () => {
  it('is read with its names, scopes and reasons', () => {
    const point = issuingDistributionPoint(
      explicit(0, explicit(0, uri('http://crl.example.test/1'))),
      flag(1),
      someReasons('05 60')
    )
    expect(read(make({ extensions: [crlNumber(1), point] })).issuingDistributionPoint).toEqual({
      name: { type: 'full', names: [{ type: 'uri', value: 'http://crl.example.test/1' }] },
      onlyContainsUserCerts: true,
      onlyContainsCACerts: false,
      onlyContainsAttributeCerts: false,
      indirectCRL: false,
      onlySomeReasons: 0x06
    })
  })

  it('is at fault for fields out of order', () => {
    expect(reasons(make({ extensions: [crlNumber(1), issuingDistributionPoint(flag(2), flag(1))] }))).toEqual([
      expect.stringContaining('is malformed')
    ])
  })
})

/** Everything that can be asked of a CRL. */
const askAll = (der: Uint8Array): number => {
  const decoded = readCrl(der)
  if (!decoded.ok) return decoded.reason.length
  const { value: crl } = decoded
  void [
    crl.issuer.text,
    crl.thisUpdate,
    crl.nextUpdate,
    crl.signature,
    crl.signatureAlgorithm,
    crl.issuingDistributionPoint
  ]
  void [crl.find('01'), crl.authorityKeyIdentifier, crl.isDelta]
  return crl.entryCount + crl.faults.length
}

describe('reading hostile octets', () => {
  it('never throws for arbitrary octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => askAll(octets) >= 0))
  })

  const whole = make({
    entries: Array.from({ length: 12 }, (_, n) => ({
      serialNumber: BigInt(n) ** 9n,
      extensions: n % 3 === 0 ? [] : [reasonCode(n % 6), invalidityDate('20251224000000')]
    })),
    extensions: [
      crlNumber(1),
      issuingDistributionPoint(explicit(0, explicit(0, uri('http://crl.example.test/1'))), flag(1))
    ]
  })

  it('never throws for a CRL with some octets changed', () => {
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

  it('never finds a serial number that is not listed, nor misses one that is, and reports no fault', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.bigInt({ min: 1n, max: 2n ** 64n }), { maxLength: 60 }),
        fc.bigInt({ min: 1n, max: 2n ** 64n }),
        (serials, other) => {
          const crl = read(make({ entries: serials.map((serialNumber) => ({ serialNumber })) }))
          const finds = (serial: bigint): boolean => {
            const digits = serial.toString(16)
            return crl.find(`00${digits.length % 2 === 0 ? '' : '0'}${digits}`) !== undefined
          }
          return crl.faults.length === 0 && serials.every(finds) && finds(other) === serials.includes(other)
        }
      ),
      { numRuns: 50 }
    )
  })
})

/** An element of any length. */
const long = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(contents)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const octets = length.subarray(length.findIndex((octet) => octet !== 0))
  return Buffer.concat([Uint8Array.of(tag, 0x80 | octets.length), octets, body])
}

describe('a CRL of 200,000 entries', () => {
  const serials = Array.from({ length: 200_000 }, (_, n) => {
    const serial = randomBytes(16)
    serial.writeUInt32BE(0x40000000 + n)
    return serial
  })
  const rest = Buffer.concat([hexBytes('170d 3236303130313030303030305a'), hexBytes('300c300a0603551d1504030a0101')])
  const list = Buffer.concat(serials.map((serial) => Buffer.concat([Uint8Array.of(0x30, 47, 2, 16), serial, rest])))
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'))
  const now = tlv(0x17, Buffer.from('260101000000Z'))
  const tbs = long(0x30, integer(1), algorithm, issuer.name, now, now, long(0x30, list))
  const der = long(0x30, tbs, algorithm, bitString(Uint8Array.of(1)))

  it('is read in bounded time, and each entry is found', () => {
    const start = performance.now()
    const crl = read(der)
    expect(crl.faults).toEqual([])
    expect(performance.now() - start).toBeLessThan(1_500)
    expect(crl.entryCount).toBe(200_000)
    expect(serials.every((serial) => crl.find(serial.toString('hex'))?.reason === 'keyCompromise')).toBe(true)
    expect(crl.find('7f'.repeat(16))).toBeUndefined()
  })
})
