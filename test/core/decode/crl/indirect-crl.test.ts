import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCrl } from '#dist/core/decode/crl/crl.js'
import { mostIssuers, mostSeveral } from '#dist/core/decode/crl/entry-issuers.js'
import { readName } from '#dist/core/decode/name/name.js'
import type { Crl } from '#dist/core/model/crl.js'
import { commonName, extension, keyPair } from '../../../support/authority.ts'
import {
  certificateIssuer,
  crlNumber,
  crlOf,
  type EntrySpec,
  flag,
  invalidityDate,
  issuingDistributionPoint,
  reasonCode,
  uri
} from '../../../support/crls.ts'
import { hexBytes, sequence, tlv } from '../../../support/der-writer.ts'

const key = keyPair()
const own = commonName('CRL issuer')
const [one, two] = [commonName('CA one'), commonName('CA two')]
const keyOf = (name: Uint8Array): string => readName(name).key

const indirect = (entries: readonly EntrySpec[]): Crl => {
  const extensions = [crlNumber(1), issuingDistributionPoint(flag(4))]
  const read = readCrl(crlOf({ issuer: { name: own, key }, entries, extensions }))
  if (!read.ok) throw new Error(read.reason)
  return read.value
}
const entry = (serialNumber: bigint, ...extensions: NonNullable<EntrySpec['extensions']>): EntrySpec => ({
  serialNumber,
  extensions
})
const lists = (crl: Crl, serial: string, name?: Uint8Array): boolean =>
  crl.find(serial, name && keyOf(name)) !== undefined

describe('the issuers of an indirect CRL’s entries (RFC 5280 §5.3.3)', () => {
  it('are the CRL’s own until an entry names another, which holds for those that follow', () => {
    const crl = indirect([
      entry(1n),
      entry(2n, certificateIssuer(one)),
      entry(3n),
      entry(4n, reasonCode(1)),
      entry(5n, certificateIssuer(two)),
      entry(6n)
    ])
    expect(crl.faults).toEqual([])
    expect(crl.entryCount).toBe(6)
    const found = (name?: Uint8Array): readonly string[] =>
      ['01', '02', '03', '04', '05', '06'].filter((serial) => lists(crl, serial, name))
    expect(found()).toEqual(['01'])
    expect(found(own)).toEqual(['01'])
    expect(found(one)).toEqual(['02', '03', '04'])
    expect(found(two)).toEqual(['05', '06'])
    expect(found(commonName('CA three'))).toEqual([])
  })

  it('keep apart certificates of several issuers with one serial number', () => {
    const crl = indirect([
      entry(1n, reasonCode(1)),
      entry(1n, reasonCode(3), certificateIssuer(one)),
      entry(1n, reasonCode(4), certificateIssuer(two)),
      entry(1n, reasonCode(5))
    ])
    expect(crl.find('01')?.reason).toBe('keyCompromise')
    expect(crl.find('01', keyOf(one))?.reason).toBe('affiliationChanged')
    expect(crl.find('01', keyOf(two))?.reason).toBe('superseded')
  })

  it('are compared by RFC 5280 §7.1, and may be the CRL’s own again', () => {
    const crl = indirect([
      entry(1n, certificateIssuer(commonName('ca  ONE', 0x13))),
      entry(2n, certificateIssuer(one)),
      entry(3n, certificateIssuer(own)),
      entry(4n)
    ])
    expect(['01', '02'].every((serial) => lists(crl, serial, one))).toBe(true)
    expect(['03', '04'].every((serial) => lists(crl, serial))).toBe(true)
    expect(lists(crl, '03', one)).toBe(false)
  })

  it('hold on where an entry’s extensions are those of the one before, octet for octet', () => {
    const crl = indirect([
      entry(1n, certificateIssuer(one)),
      entry(2n, certificateIssuer(one)),
      entry(3n, reasonCode(1)),
      entry(4n, reasonCode(1))
    ])
    expect(['01', '02', '03', '04'].every((serial) => lists(crl, serial, one))).toBe(true)
  })

  it('may have several names, each of which is theirs', () => {
    const crl = indirect([entry(1n, certificateIssuer(one, two)), entry(2n), entry(3n, certificateIssuer(two))])
    expect(crl.faults).toEqual([])
    expect([one, two].map((name) => lists(crl, '02', name))).toEqual([true, true])
    expect([one, two].map((name) => lists(crl, '03', name))).toEqual([false, true])
  })

  it.each([
    ['no name at all', sequence()],
    ['no directory name', sequence(uri('http://ca.example.test'))],
    ['a malformed name', sequence(tlv(0xa4, hexBytes('3003 3101 00')))],
    ['something after its names', Uint8Array.from([...sequence(uri('http://ca.example.test')), 5, 0])],
    ['an INTEGER', hexBytes('020101')]
  ])('are a fault where an entry has %s for one', (_, value) => {
    const crl = indirect([entry(1n, extension('2.5.29.29', value, true))])
    expect(crl.faults).toEqual([
      {
        code: 'crl-invalid',
        reference: 'RFC 5280 §5.1.2.6',
        details: { reason: expect.stringMatching(/^is malformed: entry 1 of the list is malformed: /) }
      }
    ])
  })

  it('are not more than a bound', () => {
    const named = (count: number): Crl =>
      indirect(Array.from({ length: count }, (_, n) => entry(BigInt(n), certificateIssuer(commonName(`CA ${n}`)))))
    expect(named(mostIssuers).faults).toEqual([])
    expect(named(mostIssuers + 1).faults).toMatchObject([
      { details: { reason: expect.stringContaining(`it names one more than ${mostIssuers} issuers`) } }
    ])
    const several = (count: number): Crl =>
      indirect(Array.from({ length: count }, (_, n) => entry(BigInt(n), certificateIssuer(one, commonName(`CA ${n}`)))))
    expect(several(mostSeveral).faults).toEqual([])
    expect(several(mostSeveral + 1).faults).toMatchObject([
      { details: { reason: expect.stringContaining('with several issuers') } }
    ])
  })
})

describe('looking up entries of indirect CRLs', () => {
  const names = [own, one, two, commonName('CA three')]
  const step = fc.record({
    serial: fc.bigInt({ min: 0n, max: 40n }),
    issuer: fc.option(fc.nat({ max: names.length - 1 }), { nil: undefined }),
    reason: fc.option(fc.constantFrom(1, 3, 4, 5), { nil: undefined }),
    date: fc.option(fc.constantFrom('20250101000000', '20250202000000'), { nil: undefined })
  })

  it('finds what a plain reading of the list finds', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const crl = indirect(
          steps.map(({ serial, issuer, reason, date }) => {
            const name = issuer === undefined ? undefined : names[issuer]
            return entry(
              serial,
              ...(reason === undefined ? [] : [reasonCode(reason)]),
              ...(date === undefined ? [] : [invalidityDate(date)]),
              ...(name === undefined ? [] : [certificateIssuer(name)])
            )
          })
        )
        const expected = new Map<string, number | undefined>()
        let current = 0
        for (const { serial, issuer, reason } of steps) {
          current = issuer ?? current
          const place = `${current} ${serial}`
          if (!expected.has(place)) expected.set(place, reason)
        }
        expect(crl.faults).toEqual([])
        for (const [at, name] of names.entries()) {
          for (let serial = 0; serial <= 40; serial++) {
            const found = crl.find(serial.toString(16).padStart(2, '0'), keyOf(name))
            expect(found !== undefined).toBe(expected.has(`${at} ${serial}`))
            const reason = expected.get(`${at} ${serial}`)
            const codes = [
              undefined,
              'keyCompromise',
              undefined,
              'affiliationChanged',
              'superseded',
              'cessationOfOperation'
            ]
            expect(found?.reason).toBe(reason === undefined ? undefined : codes[reason])
          }
        }
      }),
      { numRuns: 60 }
    )
  })
})

describe('the extensions of an entry (RFC 5280 §5.3)', () => {
  const reasonsOf = (...extensions: NonNullable<EntrySpec['extensions']>): readonly string[] =>
    indirect([entry(1n, ...extensions)]).faults.map(({ details }) => details.reason)
  const raw = (hex: string): readonly string[] => {
    const serial = Uint8Array.of(2, 1, 1)
    const date = tlv(0x17, Buffer.from('250601000000Z'))
    const alter = (fields: Uint8Array[]): Uint8Array[] =>
      fields.map((field, at) => (at === 5 ? sequence(sequence(serial, date, hexBytes(hex))) : field))
    const read = readCrl(crlOf({ issuer: { name: own, key }, entries: [entry(1n)], alter }))
    if (!read.ok) throw new Error(read.reason)
    return read.value.faults.map(({ details }) => details.reason)
  }

  it('are read whatever their order, and each once', () => {
    expect(reasonsOf(invalidityDate('20250101000000'), reasonCode(1), certificateIssuer(one))).toEqual([])
    expect(reasonsOf(reasonCode(1), invalidityDate('20250101000000'), reasonCode(1))[0]).toContain(
      'its extension 2.5.29.21 is there more than once'
    )
  })

  it('are 64 at most', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => extension(`1.3.6.1.4.1.99999.${n + 1}`, Uint8Array.of(5, 0)))
    expect(reasonsOf(...many(64))).toEqual([])
    expect(reasonsOf(...many(65))[0]).toContain('it has more than 64 extensions')
  })

  it.each([
    ['an empty list', '3000', 'its list of extensions is empty'],
    ['no OID', '3005 3003 020101', 'in place of its extnID'],
    ['an OID that is not minimal', '300d 300b 0605 2b80010203 0402 0500', 'superfluous leading octet'],
    ['a BOOLEAN other than 00 or FF', '300f 300d 0603 551d15 010101 0403 0a0101', 'BOOLEAN other than 00 or FF'],
    ['no value', '3007 3005 0603 551d15', 'it is cut short'],
    ['no OCTET STRING', '300c 300a 0603 551d15 0303 0a0101', 'has no value'],
    ['octets after its value', '300e 300c 0603 551d15 0403 0a0101 0500', 'has octets after its value'],
    ['a reason of two octets', '300d 300b 0603 551d15 0404 0a02 0001', 'its reasonCode is none that is defined'],
    ['a reason with octets after it', '300e 300c 0603 551d15 0405 0a0101 0500', 'its reasonCode has octets after'],
    ['a reason that is an INTEGER', '300c 300a 0603 551d15 0403 020101', 'in place of its reasonCode'],
    ['a UTCTime for its invalidity date', `3018 3016 0603 551d18 040f 170d ${'32'.repeat(12)}5a`, 'invalidityDate']
  ])('are a fault with %s', (_, hex, reason) => {
    expect(raw(hex)).toEqual([expect.stringContaining(reason)])
  })

  it('may spell out that they are not critical, or be critical', () => {
    expect(raw('300f 300d 0603 551d15 010100 0403 0a0101')).toEqual([])
    expect(raw('300f 300d 0603 551d15 0101ff 0403 0a0101')).toEqual([])
  })
})
