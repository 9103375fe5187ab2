import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNameConstraints } from '#dist/core/decode/certificate/name-constraints.js'
import { attempt } from '#dist/core/decode/der/der.js'
import { explicit, hexBytes, oid, sequence, tlv } from '../../../support/der-writer.ts'

const text = (value: string): Uint8Array => Buffer.from(value, 'latin1')
const dns = (value: string): Uint8Array => tlv(0x82, text(value))
const email = (value: string): Uint8Array => tlv(0x81, text(value))
const uri = (value: string): Uint8Array => tlv(0x86, text(value))
const ip = (hex: string): Uint8Array => tlv(0x87, hexBytes(hex))
const permitted = (...bases: readonly Uint8Array[]): Uint8Array => explicit(0, ...bases.map((base) => sequence(base)))
const excluded = (...bases: readonly Uint8Array[]): Uint8Array => explicit(1, ...bases.map((base) => sequence(base)))

const refusal = (...fields: readonly Uint8Array[]): string => {
  const decoded = attempt(() => readNameConstraints(sequence(...fields)))
  return decoded.ok ? 'read' : decoded.reason
}

describe('reading name constraints (RFC 5280 §4.2.1.10)', () => {
  it('reads both lists, or either', () => {
    const names = {
      permitted: [{ type: 'dns', value: 'a.example' }],
      excluded: [{ type: 'email', value: '.b.example' }],
      encodesDefault: false
    }
    expect(readNameConstraints(sequence(permitted(dns('a.example')), excluded(email('.b.example'))))).toEqual(names)
    expect(readNameConstraints(sequence(permitted(dns('a.example'))))).toEqual({ ...names, excluded: [] })
    expect(readNameConstraints(sequence(excluded(email('.b.example'))))).toEqual({ ...names, permitted: [] })
  })

  it('refuses an empty extension and empty lists', () => {
    expect(refusal()).toBe('NameConstraints is empty')
    expect(refusal(explicit(0))).toBe('permittedSubtrees is empty')
    expect(refusal(permitted(dns('a')), explicit(1))).toBe('excludedSubtrees is empty')
  })

  it('refuses minimum and maximum, and tells of a minimum of zero, which DER leaves out', () => {
    expect(refusal(explicit(0, sequence(dns('a'), tlv(0x80, Uint8Array.of(1)))))).toContain('minimum')
    const zero = sequence(dns('a'), tlv(0x80, Uint8Array.of(0)))
    expect(readNameConstraints(sequence(explicit(0, zero)))).toEqual({
      permitted: [{ type: 'dns', value: 'a' }],
      excluded: [],
      encodesDefault: true
    })
    expect(readNameConstraints(sequence(permitted(dns('b')), explicit(1, zero))).encodesDefault).toBe(true)
    expect(refusal(explicit(0, sequence(dns('a'), tlv(0x81, Uint8Array.of(1)))))).toContain('maximum')
  })

  it('refuses other fields, wrong order and octets behind', () => {
    expect(refusal(excluded(dns('a')), permitted(dns('a')))).toContain('after its last field')
    expect(refusal(explicit(0, sequence(dns('a'), dns('b'))))).not.toBe('read')
    expect(
      attempt(() => readNameConstraints(Buffer.concat([sequence(permitted(dns('a'))), Uint8Array.of(0)]))).ok
    ).toBe(false)
  })

  it('takes the bases that are constraints of their type', () => {
    const bases = [
      ...['', 'com', 'a.example', '.a.example', 'foo_bar.example', 'EXAMPLE.com'].flatMap((each) => [
        dns(each),
        email(each),
        uri(each)
      ]),
      ...['a@b.example', '*@b.example', '"a b"@c.example'].map(email),
      ...['c0a80000 ffff0000', '00000000 00000000', '01020304 ffffffff', 'c0a80102 fffffe00'].map(ip),
      ip(`${'20010db8'}${'0'.repeat(24)}${'ffffffff'}${'0'.repeat(24)}`),
      tlv(0x88, oid('1.2.3').subarray(2))
    ]
    for (const base of bases) expect(refusal(permitted(base)), Buffer.from(base).toString('latin1')).toBe('read')
  })

  it('refuses bases that are none', () => {
    for (const value of ['*.a.example', 'a..b', 'a.', '..a', 'a b']) {
      expect(refusal(permitted(dns(value))), value).toContain('not a domain name')
      expect(refusal(permitted(uri(value))), value).toContain('not a domain name')
      expect(refusal(permitted(email(value))), value).toContain('neither a mailbox')
    }
    for (const value of ['a@b@c.example', '@a.example', 'a@', 'a@*.example', 'a@.example']) {
      expect(refusal(permitted(email(value))), value).toContain('neither a mailbox')
    }
    for (const value of ['https://a.example', 'a.example:80', 'a@a.example']) {
      expect(refusal(permitted(uri(value))), value).toContain('not a domain name')
    }
  })

  it('refuses masks that are not contiguous (RFC 4632)', () => {
    for (const mask of ['ff00ff00', '00ffffff', 'fffffe01', 'fd000000', '00000001']) {
      expect(refusal(permitted(ip(`c0a80000${mask}`))), mask).toContain('not contiguous')
    }
  })

  it('shows what it refuses without unsafe characters', () => {
    expect(refusal(permitted(dns(`*.${'x'.repeat(400)}`))).length).toBeLessThan(300)
  })

  it('throws nothing but Malformed, whatever it reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => {
        expect(attempt(() => readNameConstraints(octets)).ok).toBeTypeOf('boolean')
      })
    )
  })
})
