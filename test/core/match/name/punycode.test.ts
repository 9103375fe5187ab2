import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePunycode, isSoundLabel } from '#dist/core/match/name/punycode.js'

describe('decoding Punycode (RFC 3492 §6.2)', () => {
  it.each([
    ['bcher-kva', 'bücher'],
    ['fiqs8s', '中国'],
    ['n3h', '☃'],
    ['egbpdaj6bu4bxfgehfvwxn', 'ليهمابتكلموشعربي؟'],
    ['-> $1.00 <--', '-> $1.00 <-'],
    ['fa-hia', 'faß']
  ])('decodes %s', (encoded, decoded) => {
    expect(decodePunycode(encoded)).toBe(decoded)
  })

  it.each(['99999999', 'a-!', 'kva-', 'é', 'zzzzzzzzzzzzzzzzzzzzzzz'])('decodes nothing from %s', (encoded) => {
    expect(isSoundLabel(`xn--${encoded}`)).toBe(false)
  })

  it('decodes what the platform encodes', () => {
    const letters = fc.array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(letters, (points) => {
        const text = String.fromCodePoint(...points)
        expect(decodePunycode(domainToASCII(text).slice(4))).toBe(text)
      })
    )
  })

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 63 }), (text) => {
        expect(['string', 'undefined']).toContain(typeof decodePunycode(text))
      })
    )
  })
})

describe('sound labels (RFC 5890 §2.3.2.1)', () => {
  it('are those that are no A-labels, and A-labels that their U-labels encode to', () => {
    for (const label of ['www', 'a--b', 'xn-a', 'xn--bcher-kva', 'xn--628h', 'xn--fa-hia'])
      expect(isSoundLabel(label), label).toBe(true)
  })

  it('are no A-labels of ASCII alone, of nothing, or with what does not decode', () => {
    for (const label of ['xn--', 'xn--a-', 'xn--abc-', `xn--${'9'.repeat(50)}`, 'xn--a', `xn--${'a'.repeat(600)}`]) {
      expect(isSoundLabel(label), label).toBe(false)
    }
  })
})
