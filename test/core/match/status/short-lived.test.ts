import { describe, expect, it } from 'vitest'
import { isShortLived } from '#dist/core/match/status/short-lived.js'
import { plainCa, plainCertificate } from '../../../support/plain-certificate.ts'

const day = 86_400
const seconds = (text: string): number => Date.parse(text) / 1000
/** Whether a certificate is short-lived that is valid for so many seconds, both ends counted. */
const shortLived = (from: string, length: number): boolean =>
  isShortLived(plainCertificate({ notBefore: seconds(from), notAfter: seconds(from) + length - 1 }))

describe('short-lived subscriber certificates (BR 1.6.1)', () => {
  it.each([
    ['2024-03-15T00:00:00Z', 10],
    ['2026-03-14T23:59:59Z', 10],
    ['2026-03-15T00:00:00Z', 7],
    ['2030-01-01T00:00:00Z', 7]
  ])('issued at %s are valid for %i days at most, both ends counted', (from, days) => {
    expect(shortLived(from, days * day)).toBe(true)
    expect(shortLived(from, days * day + 1)).toBe(false)
  })

  it('are none from before 15 March 2024', () => {
    expect(shortLived('2024-03-14T23:59:59Z', day)).toBe(false)
  })

  it('are none of CAs, nor those whose period cannot be read', () => {
    const period = { notBefore: seconds('2026-04-01T00:00:00Z'), notAfter: seconds('2026-04-02T00:00:00Z') }
    expect(isShortLived(plainCertificate(period))).toBe(true)
    expect(isShortLived(plainCa(undefined, period))).toBe(false)
    expect(isShortLived(plainCertificate({ ...period, notBefore: undefined }))).toBe(false)
    expect(isShortLived(plainCertificate({ ...period, notAfter: undefined }))).toBe(false)
  })
})
