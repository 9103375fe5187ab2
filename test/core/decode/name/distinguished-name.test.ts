import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDistinguishedName } from '#dist/core/decode/name/distinguished-name.js'
import { readName } from '#dist/core/decode/name/name.js'
import { attribute, attributeTypes, name, nameDer, rdn } from '../../../support/names.ts'

const parsed = (text: string) => {
  const read = parseDistinguishedName(text)
  if (!read.ok) throw new Error(read.reason)
  return read.value
}

const reason = (text: string): string => {
  const read = parseDistinguishedName(text)
  return read.ok ? 'read' : read.reason
}

const { CN, O, OU } = attributeTypes

describe('parsing RFC 4514 text', () => {
  it('takes the first RDN of the text for the last of the name', () => {
    expect(parsed('CN=Example,O=Company,C=NZ').key).toBe(name(['C', 'NZ'], ['O', 'Company'], ['CN', 'Example']).key)
  })

  it('reads the empty text as the empty name', () => {
    expect(parsed('').isEmpty).toBe(true)
  })

  it('takes types by name without case, and by OID', () => {
    expect(parsed('cn=x').key).toBe(parsed('2.5.4.3=x').key)
    expect(parsed('EMAILADDRESS=a@b.example').rdns[0]?.[0]?.type).toBe(attributeTypes.emailAddress)
  })

  it('reads multi-valued RDNs', () => {
    expect(parsed('OU=b+CN=a,O=c').key).toBe(
      readName(nameDer(rdn(attribute(O, 'c')), rdn(attribute(CN, 'a'), attribute(OU, 'b')))).key
    )
  })

  it('reads escaped characters and octets of UTF-8 (§2.4)', () => {
    expect(parsed('CN=James \\"Jim\\" Smith\\, III').rdns[0]?.[0]?.text).toBe('James "Jim" Smith, III')
    expect(parsed('CN=Lu\\C4\\8Di\\C4\\87').rdns[0]?.[0]?.text).toBe('Lučić')
    expect(parsed('CN=\\ a\\ ').rdns[0]?.[0]?.text).toBe(' a ')
    expect(parsed('CN=\\#a').rdns[0]?.[0]?.text).toBe('#a')
    expect(parsed('CN=').rdns[0]?.[0]?.text).toBe('')
  })

  it('reads values in hexadecimal as the elements they are', () => {
    expect(parsed('1.3.6.1.4.1.1466.0=#04024869').rdns[0]?.[0]).toMatchObject({ tag: 4, value: Buffer.from('Hi') })
  })

  it.each([
    ['CN', 'equals sign'],
    ['FOO=x', 'no known attribute type'],
    ['3.1=x', 'no known attribute type'],
    ['=x', 'no known attribute type'],
    ['CN=a,', 'no known attribute type'],
    ['CN=a,,CN=b', 'no known attribute type'],
    ['CN=a;CN=b', 'special character'],
    ['CN="a"', 'special character'],
    ['CN=a\\', 'special character'],
    ['CN=a\\zz', 'special character'],
    ['CN= a', 'starts with a space'],
    ['CN=a ', 'ends in an unescaped space'],
    ['CN=#zz', 'starts with a space or number sign'],
    ['CN=#0405', 'cut short']
  ])('refuses %s and says why', (text, why) => {
    expect(reason(text)).toContain(why)
  })

  it('reads back what is written of any name', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 12 })
    const types = fc.constantFrom('CN' as const, 'O' as const, 'DC' as const)
    fc.assert(
      fc.property(fc.array(fc.tuple(types, value), { maxLength: 4 }), (attributes) => {
        const written = name(...attributes)
        expect(
          parsed(written.text)
            .rdns.flat()
            .map(({ text }) => text)
        ).toEqual(attributes.map(([, text]) => text))
      })
    )
  })

  it('never fails in any other way than by a reason', () => {
    const bits = fc.constantFrom('CN', '=', ',', '+', '\\', '#', '"', ' ', '2.5.4.3', '41', 'é', '\0')
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 12 }), (parts) => {
        expect(parseDistinguishedName(parts.join('')).ok).toBeTypeOf('boolean')
      })
    )
  })
})
