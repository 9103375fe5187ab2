import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributeKey, decodeText, prepare } from '#dist/core/decode/name/string-preparation.js'

const same = (...texts: readonly string[]): void => {
  const prepared = texts.map(prepare)
  expect(new Set(prepared), JSON.stringify(texts)).toEqual(new Set([prepared[0]]))
  expect(prepared[0]).toBeDefined()
}

const key = (type: string, tag: number, value: Uint8Array): string =>
  attributeKey({ type, tag, value, text: decodeText(tag, value) })
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16()

describe('transcoding (RFC 4518 §2.1)', () => {
  it('reads the string types that it can', () => {
    expect(decodeText(0x0c, utf8('Bücher'))).toBe('Bücher')
    expect(decodeText(0x13, utf8('Example'))).toBe('Example')
    expect(decodeText(0x1e, utf16('Bücher'))).toBe('Bücher')
    expect(decodeText(0x1c, Uint8Array.of(0, 0, 0, 0x41, 0, 1, 0xf6, 0))).toBe('A😀')
    expect(decodeText(0x14, utf8('plain'))).toBe('plain')
  })

  it('reads nothing where octets are not of the type, or the type is no string', () => {
    expect(decodeText(0x0c, Uint8Array.of(0xc3))).toBeUndefined()
    expect(decodeText(0x0c, Uint8Array.of(0xc0, 0x80))).toBeUndefined()
    expect(decodeText(0x13, Uint8Array.of(0xe9))).toBeUndefined()
    expect(decodeText(0x14, Uint8Array.of(0xe9))).toBeUndefined()
    expect(decodeText(0x1e, Uint8Array.of(0))).toBeUndefined()
    expect(decodeText(0x1e, Uint8Array.of(0xd8, 0))).toBeUndefined()
    expect(decodeText(0x1c, Uint8Array.of(0, 0, 0))).toBeUndefined()
    expect(decodeText(0x1c, Uint8Array.of(0, 0x11, 0, 0))).toBeUndefined()
    expect(decodeText(0x1c, Uint8Array.of(0, 0, 0xd8, 0))).toBeUndefined()
    expect(decodeText(0x04, utf8('a'))).toBeUndefined()
  })
})

describe('preparation (RFC 5280 §7.1, RFC 4518 §2)', () => {
  it('folds case, beyond ASCII as well', () => {
    same('Example CA', 'EXAMPLE ca')
    same('Straße', 'STRASSE', 'strasse', 'STRAẞE')
    same('ΟΔΟΣ', 'οδος', 'οδοσ')
    same('ÉCOLE', 'école', 'e\u0301cole')
  })

  it('keeps letters apart that folding does not join', () => {
    expect(prepare('ı')).not.toBe(prepare('i'))
    expect(prepare('é')).not.toBe(prepare('e'))
  })

  it('applies compatibility composition', () => {
    same('ﬁne', 'fine')
    same('Ｅｘ', 'ex')
    same('Å', 'Å', 'å')
  })

  it('drops spaces at the ends and takes runs of them for one', () => {
    same('a b', '  a   b ', 'a\u00a0b', 'a\tb', 'a\u3000\u2003b')
    expect(prepare('ab')).not.toBe(prepare('a b'))
    expect(prepare('   ')).toBe('')
  })

  it('maps characters that show nothing to nothing', () => {
    same('ab', 'a\u00adb', 'a\u200bb', 'a\u0000b', '\ufeffab', 'a\u202eb', 'a\u{e0041}b')
  })

  it('prepares nothing that has prohibited characters', () => {
    for (const text of ['a\ue000', 'a\ufffd', 'a\u{10ffff}', 'a\ufdd0', 'a\u0378'])
      expect(prepare(text)).toBeUndefined()
  })

  it('prepares what is prepared to itself, and never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = prepare(text)
        if (once !== undefined) expect(prepare(once)).toBe(once)
      })
    )
  })

  it('prepares every character to what is prepared already', () => {
    const changed: string[] = []
    for (let point = 0; point <= 0x1ffff; point++) {
      const once = prepare(String.fromCodePoint(point))
      if (once !== undefined && prepare(once) !== once) changed.push(point.toString(16))
    }
    expect(changed).toEqual([])
  })

  it('takes the fast way for ASCII to the same end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        // The first character keeps the text from the fast way, and then vanishes.
        expect(prepare(`\u00ad${text}`)).toBe(prepare(text))
      })
    )
  })
})

describe('what has no prepared string', () => {
  it('is a text with more than 30 marks on end (UAX #15 §13), whose order would take n² steps', () => {
    const start = performance.now()
    expect(prepare(`a${'\u0300\u0316'.repeat(100_000)}`)).toBeUndefined()
    expect(prepare(`a${'\uff9e\u0316'.repeat(100_000)}`)).toBeUndefined()
    expect(performance.now() - start).toBeLessThan(2_000)
  })

  it('is not one of 30', () => {
    expect(prepare(`a${'\u0300\u0316'.repeat(15)}b`)).toBe(
      `\u00e0${'\u0316'.repeat(15)}${'\u0300'.repeat(14)}b`.normalize('NFKC')
    )
    expect(prepare(`a${'\u0316'.repeat(30)}`)).toBeDefined()
  })

  it('is a text longer than any attribute may be (RFC 5280 Appendix A.1, ub-name)', () => {
    expect(prepare('a'.repeat(32_768))).toBeDefined()
    expect(prepare('a'.repeat(32_769))).toBeUndefined()
  })

  it('compares octet for octet', () => {
    const marks = '\u0300\u0316'.repeat(16)
    expect(key('2.5.4.3', 0x0c, utf8(`a${marks}`))).toBe(key('2.5.4.3', 0x0c, utf8(`a${marks}`)))
    expect(key('2.5.4.3', 0x0c, utf8(`a${marks}`))).not.toBe(key('2.5.4.3', 0x0c, utf8(`A${marks}`)))
  })
})

describe('keys of attributes', () => {
  it('are equal for one text in different string types', () => {
    const keys = [
      key('2.5.4.3', 0x0c, utf8('Example')),
      key('2.5.4.3', 0x13, utf8('EXAMPLE')),
      key('2.5.4.3', 0x1e, utf16('example'))
    ]
    expect(new Set(keys).size).toBe(1)
  })

  it('differ by attribute type', () => {
    expect(key('2.5.4.3', 0x0c, utf8('x'))).not.toBe(key('2.5.4.10', 0x0c, utf8('x')))
  })

  it('compare values of other types octet for octet with their tag', () => {
    expect(key('2.5.4.45', 0x03, utf8('A'))).not.toBe(key('2.5.4.45', 0x03, utf8('a')))
    expect(key('2.5.4.45', 0x03, utf8('A'))).not.toBe(key('2.5.4.45', 0x04, utf8('A')))
    expect(key('2.5.4.3', 0x14, Uint8Array.of(0xe9))).not.toBe(key('2.5.4.3', 0x0c, Uint8Array.of(0xe9)))
    expect(key('2.5.4.45', 0x03, utf8('A'))).toBe(key('2.5.4.45', 0x03, utf8('A')))
  })

  it('have no unescaped separator in them, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(key('2.5.4.3', 0x0c, utf8(text)).replaceAll(/\\[\\+,]/g, '')).not.toMatch(/[+,\\]/)
      })
    )
  })
})
