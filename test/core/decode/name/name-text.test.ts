import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readName } from '#dist/core/decode/name/name.js'
import { attribute, attributeTypes, name, nameDer, rdn } from '../../../support/names.ts'

const { CN, OU, emailAddress } = attributeTypes
const text = (value: string): string => name(['CN', value]).text

describe('the text of a name (RFC 4514)', () => {
  it('has the last RDN first (§2.1)', () => {
    expect(name(['C', 'NZ'], ['O', 'Company'], ['CN', 'Example']).text).toBe('CN=Example,O=Company,C=NZ')
  })

  it('joins the attributes of an RDN by plus signs (§2.2)', () => {
    expect(readName(nameDer(rdn(attribute(OU, 'a'), attribute(CN, 'b')))).text).toBe('OU=a+CN=b')
  })

  it('shows unknown types as OIDs, and their values in hexadecimal (§2.3, §2.4)', () => {
    expect(readName(nameDer(rdn(attribute('1.3.6.1.4.1.1466.0', 'Hi', 4)))).text).toBe('1.3.6.1.4.1.1466.0=#04024869')
    const long = readName(nameDer(rdn(attribute('2.5.4.65', 'x'.repeat(200))))).text
    expect(long).toBe(`2.5.4.65=#0c81c8${'78'.repeat(200)}`)
  })

  it('names emailAddress, which people look for', () => {
    expect(readName(nameDer(rdn(attribute(emailAddress, 'a@b.example', 0x16)))).text).toBe('emailAddress=a@b.example')
  })

  it('escapes what has a meaning (§2.4)', () => {
    expect(text('a,b+c"d\\e<f>g;h')).toBe('CN=a\\,b\\+c\\"d\\\\e\\<f\\>g\\;h')
    expect(text('#a')).toBe('CN=\\#a')
    expect(text(' a ')).toBe('CN=\\ a\\ ')
    expect(text(' ')).toBe('CN=\\ ')
    expect(text('a b=c#')).toBe('CN=a b=c#')
  })

  it('escapes in ASCII each character for itself, and spaces and number signs by their place', () => {
    const special = (character: string): boolean => '\\",+;<>'.includes(character)
    const expected = (value: string): string =>
      [...value]
        .map((character, at) => {
          const edge = character === ' ' ? at === 0 || at === value.length - 1 : character === '#' && at === 0
          return special(character) || edge ? `\\${character}` : character
        })
        .join('')
    const ascii = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) })
    fc.assert(
      fc.property(ascii, (value) => {
        expect(text(value)).toBe(`CN=${expected(value)}`)
      })
    )
  })

  it('escapes what people should not meet raw', () => {
    expect(text('a\u0000b')).toBe('CN=a\\00b')
    expect(text('x\r\n')).toBe('CN=x\\0d\\0a')
    expect(text('\u202emoc')).toBe('CN=\\e2\\80\\aemoc')
    expect(text('a\u200bb\ufeff\u061c')).toBe('CN=a\\e2\\80\\8bb\\ef\\bb\\bf\\d8\\9c')
  })

  it('never has a raw unsafe character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(text(value)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      })
    )
  })
})
