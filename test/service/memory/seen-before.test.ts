import { describe, expect, it } from 'vitest'
import { SeenBefore } from '#dist/service/memory/seen-before.js'

describe('what was seen before', () => {
  it('is known from the second time on', () => {
    const seen = new SeenBefore<string>()
    expect(seen.test('one')).toBe(false)
    expect(seen.test('two')).toBe(false)
    expect(seen.test('one')).toBe(true)
  })

  it('is remembered over thousands of others, and forgotten after twice as many', () => {
    const seen = new SeenBefore<string>()
    seen.test('early')
    for (let at = 0; at < 8_192; at++) seen.test(`a${at}`)
    expect(seen.test('early')).toBe(true)
    seen.test('late')
    for (let at = 0; at < 16_384; at++) seen.test(`b${at}`)
    expect(seen.test('late')).toBe(false)
  })
})
