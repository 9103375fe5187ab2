import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attempt, DerReader, Malformed } from '#dist/core/decode/der/der.js'
import { type GeneralNameUse, readGeneralName, readGeneralNames } from '#dist/core/decode/name/general-name.js'
import { explicit, oid, tlv } from '../../../support/der-writer.ts'
import { attribute, attributeTypes, nameDer, rdn } from '../../../support/names.ts'

const text = (value: string): Uint8Array => Buffer.from(value, 'latin1')
const read = (der: Uint8Array, use: GeneralNameUse = 'name') =>
  readGeneralName(new DerReader(der, 'a name').element(), 'a name', use)
const refusal = (der: Uint8Array, use: GeneralNameUse = 'name'): string => {
  const decoded = attempt(() => read(der, use))
  return decoded.ok ? 'read' : decoded.reason
}

describe('reading a GeneralName (RFC 5280 §4.2.1.6)', () => {
  it('reads names of every type', () => {
    expect(read(tlv(0x81, text('a@b.example')))).toEqual({ type: 'email', value: 'a@b.example' })
    expect(read(tlv(0x82, text('www.example.com')))).toEqual({ type: 'dns', value: 'www.example.com' })
    expect(read(tlv(0x86, text('urn:a')))).toEqual({ type: 'uri', value: 'urn:a' })
    expect(read(tlv(0x87, Uint8Array.of(1, 2, 3, 4)))).toEqual({ type: 'ip', value: Uint8Array.of(1, 2, 3, 4) })
    expect(read(tlv(0x88, oid('1.2.3').subarray(2)))).toEqual({ type: 'registeredId', value: '1.2.3' })
    expect(read(tlv(0xa3, Uint8Array.of(5, 0)))).toMatchObject({ type: 'x400' })
    expect(read(tlv(0xa5, Uint8Array.of(5, 0)))).toMatchObject({ type: 'ediParty' })
    const value = tlv(0x0c, text('x'))
    expect(read(tlv(0xa0, oid('1.2.3'), explicit(0, value)))).toEqual({ type: 'other', oid: '1.2.3', value })
    const name = read(explicit(4, nameDer(rdn(attribute(attributeTypes.CN, 'x')))))
    expect(name.type === 'directory' && name.value.text).toBe('CN=x')
  })

  it.each([0x81, 0x82, 0x86])('refuses octets of an IA5String (tag %i) that are not printable ASCII', (tag) => {
    for (const value of ['a\0b', 'a\nb', 'a\u007fb', 'b\u00fccher', '\u001b[2J']) {
      expect(refusal(tlv(tag, text(value))), JSON.stringify(value)).toContain('not printable ASCII')
    }
  })

  it('reads empty and blank names, which name nothing and as constraints hold everything', () => {
    for (const tag of [0x81, 0x82, 0x86]) {
      expect(read(tlv(tag))).toMatchObject({ value: '' })
      expect(read(tlv(tag, text(' ')))).toMatchObject({ value: ' ' })
      expect(refusal(tlv(tag), 'constraint')).toBe('read')
    }
  })

  it('has addresses of 4 or 16 octets, with a mask in constraints', () => {
    for (const [size, use, isRead] of [
      [4, 'name', true],
      [16, 'name', true],
      [8, 'name', false],
      [32, 'name', false],
      [0, 'name', false],
      [8, 'constraint', true],
      [32, 'constraint', true],
      [4, 'constraint', false],
      [16, 'constraint', false],
      [5, 'constraint', false]
    ] as const) {
      expect(refusal(tlv(0x87, new Uint8Array(size)), use) === 'read', `${size} ${use}`).toBe(isRead)
    }
  })

  it('refuses directory names and otherNames that are malformed inside', () => {
    expect(refusal(explicit(4, Uint8Array.of(0x31, 0)))).toContain('directoryName')
    expect(refusal(tlv(0xa0, oid('1.2.3')))).toContain('otherName')
    expect(refusal(tlv(0xa0, oid('1.2.3'), explicit(0, Uint8Array.of(5, 0)), Uint8Array.of(5, 0)))).toContain(
      'otherName'
    )
  })

  it('refuses tags that are of no GeneralName', () => {
    for (const tag of [0x80, 0x84, 0xa1, 0xa2, 0x0c, 0x30])
      expect(refusal(tlv(tag)), `${tag}`).toContain('no known type')
  })

  it('reads tags beyond those that are defined as names of no known type', () => {
    for (const tag of [0x89, 0xa9, 0x9e]) expect(read(tlv(tag, Uint8Array.of(1)))).toMatchObject({ type: 'unknown' })
  })

  it('throws nothing but Malformed, whatever it reads', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom('name' as const, 'constraint' as const),
        (octets, use) => {
          const decoded = attempt(() => read(octets, use))
          expect(decoded.ok).toBeTypeOf('boolean')
        }
      )
    )
  })
})

describe('reading GeneralNames', () => {
  it('reads all names in their order', () => {
    const names = readGeneralNames(Buffer.concat([tlv(0x82, text('a')), tlv(0x82, text('b'))]), 'names')
    expect(names).toEqual([
      { type: 'dns', value: 'a' },
      { type: 'dns', value: 'b' }
    ])
  })

  it('refuses a list without names', () => {
    expect(() => readGeneralNames(new Uint8Array(), 'names')).toThrow(Malformed)
  })
})
