import { isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatIpAddress, parseIpAddress, parseIpv4, parseIpv6 } from '#dist/core/match/name/ip-address.js'
import { hexBytes } from '../../../support/der-writer.ts'

const hex = (octets: Uint8Array | undefined): string | undefined => octets && Buffer.from(octets).toString('hex')

describe('parsing IP addresses', () => {
  it('reads dotted decimal of four numbers without leading zeros (RFC 3986 §3.2.2)', () => {
    expect(hex(parseIpv4('192.0.2.1'))).toBe('c0000201')
    for (const text of [
      '',
      '1.2.3',
      '1.2.3.4.5',
      '256.1.1.1',
      '01.2.3.4',
      '0x7f.0.0.1',
      '1.2.3.',
      '1.2.3.4 ',
      '１.2.3.4',
      '127.1'
    ]) {
      expect(parseIpv4(text), text).toBeUndefined()
    }
  })

  it('reads the three forms of RFC 4291 §2.2', () => {
    expect(hex(parseIpv6('2001:DB8:0:0:8:800:200C:417A'))).toBe('20010db80000000000080800200c417a')
    expect(hex(parseIpv6('2001:db8::1'))).toBe('20010db8000000000000000000000001')
    expect(hex(parseIpv6('::'))).toBe('0'.repeat(32))
    expect(hex(parseIpv6('1::'))).toBe(`0001${'0'.repeat(28)}`)
    expect(hex(parseIpv6('::ffff:192.0.2.1'))).toBe('00000000000000000000ffffc0000201')
  })

  it('refuses zones, brackets, and what has too few or too many groups', () => {
    for (const text of [
      '',
      ':',
      ':::',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1::2::3',
      '::1%eth0',
      '[::1]',
      '1.2.3.4::',
      '12345::',
      '::1.2.3',
      '1:2:3:4:5:6:7::8',
      '::g'
    ]) {
      expect(parseIpv6(text), text).toBeUndefined()
    }
  })

  it('agrees with the platform about what an address is', () => {
    const parts = fc.array(fc.constantFrom('0', '1', 'ff', 'abcd', '12345', ':', '::', '.', '127.0.0.1', 'g'), {
      maxLength: 12
    })
    fc.assert(
      fc.property(parts, (list) => {
        const text = list.join('')
        expect(parseIpAddress(text) !== undefined, text).toBe(isIPv4(text) || isIPv6(text))
      })
    )
  })
})

describe('writing IP addresses (RFC 5952 §4)', () => {
  it.each([
    ['c0000201', '192.0.2.1'],
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['20010000000000010000000000000001', '2001:0:0:1::1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['00010000000000000000000000000000', '1::'],
    ['00000000000000000000ffffc0000201', '::ffff:192.0.2.1'],
    ['c00002', 'c00002']
  ])('writes %s as %s', (octets, text) => {
    expect(formatIpAddress(hexBytes(octets))).toBe(text)
  })

  it('writes what it reads again', () => {
    const octets = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 })
    )
    fc.assert(
      fc.property(octets, (address) => {
        expect(hex(parseIpAddress(formatIpAddress(address)))).toBe(hex(address))
      })
    )
  })
})
