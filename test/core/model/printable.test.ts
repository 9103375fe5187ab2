import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable } from '#dist/core/model/printable.js'

describe('printable', () => {
  it('leaves text alone that is shown as it is', () => {
    expect(printable('CN=Bücher & Söhne, 東京 <a href="x">')).toBe('CN=Bücher & Söhne, 東京 <a href="x">')
  })

  it('escapes what changes how text is shown, or shows nothing', () => {
    expect(printable('a\u0000b\u001b[2J')).toBe('a\\u{0}b\\u{1b}[2J')
    expect(printable('\u202emoc\u202c\u2066\u200f\u061c')).toBe('\\u{202e}moc\\u{202c}\\u{2066}\\u{200f}\\u{61c}')
    expect(printable('a\u200bb\ufeff\u2028\u3164\u{e0041}')).toBe('a\\u{200b}b\\u{feff}\\u{2028}\\u{3164}\\u{e0041}')
  })

  it('cuts after 200 characters and says so', () => {
    expect(printable('x'.repeat(200))).toBe('x'.repeat(200))
    expect(printable('x'.repeat(201))).toBe(`${'x'.repeat(200)}…`)
    expect(printable(`${'x'.repeat(199)}😀`)).toBe(`${'x'.repeat(199)}\\u{d83d}…`)
  })

  it('never lets an unsafe character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      })
    )
  })
})
