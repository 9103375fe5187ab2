import { describe, expect, it } from 'vitest'
import { isPublicSuffix } from '#dist/core/match/name/public-suffix.js'

describe('public suffixes', () => {
  it('are those of the ICANN section and of the private section', () => {
    for (const domain of ['com', 'co.uk', 'github.io', 'foo.ck', 'xn--fiqs8s'])
      expect(isPublicSuffix(domain), domain).toBe(true)
  })

  it('are top-level domains that nobody has listed, and the root', () => {
    for (const domain of ['test', 'localhost', '']) expect(isPublicSuffix(domain), domain).toBe(true)
  })

  it('are no domains below them', () => {
    for (const domain of ['example.com', 'example.co.uk', 'user.github.io', 'www.ck', 'a.foo.ck', 'example.test']) {
      expect(isPublicSuffix(domain), domain).toBe(false)
    }
  })
})
