import { describe, expect, it } from 'vitest'
import { holdsKey, pointerWithoutKeys, withoutKeys } from '#dist/http/key-material.js'

const large = 8_000_000
const key = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgabcDEF0123456789'

describe('texts of megabytes', () => {
  it('are told back without keys, and cut', () => {
    expect(withoutKeys('a'.repeat(large)).length).toBeLessThan(1_100)
    expect(withoutKeys(`x${key}${'.'.repeat(large)}`)).toMatch(/^…\./)
    expect(pointerWithoutKeys(`/${'a'.repeat(large)}`).length).toBeLessThan(1_100)
    expect(pointerWithoutKeys(`/${'~0'.repeat(large)}`).length).toBeLessThan(1_100)
  })

  it('tell nothing of a key where they are cut', () => {
    for (let at = 800; at < 1_100; at++) {
      expect(withoutKeys(`${'. '.repeat(at / 2)}${key}${' '.repeat(100)}`)).not.toContain(key.slice(0, 24))
      expect(pointerWithoutKeys(`${'/.'.repeat(at / 2)}${key}${'/'.repeat(100)}`)).not.toContain(key.slice(0, 24))
    }
  })

  it('tell nothing of it either where much was left out before', () => {
    const lines = Array.from({ length: 100 }, () => key).join(' ')
    for (let at = 0; at < 64; at++) expect(withoutKeys(`${' '.repeat(at)}${lines}`)).not.toMatch(/[A-Za-z0-9]{8}/)
  })

  it('are looked through to their end where they may hold a key', () => {
    expect(holdsKey('a'.repeat(large))).toBe(false)
    expect(holdsKey(`${'a. '.repeat(large / 3)}${key}`)).toBe(true)
  })
})
