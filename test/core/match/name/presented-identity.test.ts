import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dnsMatches, matchingName, misplacedWildcard, namesOfType } from '#dist/core/match/name/presented-identity.js'
import { parseIdentity } from '#dist/core/match/name/reference-identity.js'
import type { GeneralName } from '#dist/core/model/name.js'
import type { ReferenceIdentity } from '#dist/core/model/options.js'
import { cpuTimeOf } from '../../../support/cpu-time.ts'
import { directory, dns, email, ip, name, smtpUtf8Mailbox, uri } from '../../../support/names.ts'
import { plainCertificate } from '../../../support/plain-certificate.ts'

const certificate = (...subjectAlternativeNames: readonly GeneralName[]) =>
  plainCertificate({ subjectAlternativeNames })

const identity = (type: ReferenceIdentity['type'], text: string): ReferenceIdentity => {
  const read = parseIdentity(type, text)
  if (!read.ok) throw new Error(read.reason)
  return read.value
}

const matches = (type: ReferenceIdentity['type'], asked: string, ...names: readonly GeneralName[]): boolean =>
  matchingName(certificate(...names), identity(type, asked)) !== undefined

describe('DNS names (RFC 9525 §6.3)', () => {
  it('match without case, label for label', () => {
    expect(dnsMatches('www.example.com', 'www.example.com')).toBe(true)
    expect(matches('dns', 'www.EXAMPLE.com', dns('WWW.example.com'))).toBe(true)
    for (const presented of [
      'example.com',
      'a.www.example.com',
      'ww.example.com',
      'wwww.example.com',
      '.www.example.com',
      'www.example.com.'
    ]) {
      expect(dnsMatches(presented, 'www.example.com'), presented).toBe(false)
    }
  })

  it('let a wildcard stand for exactly one label, the whole left-most', () => {
    expect(dnsMatches('*.example.com', 'www.example.com')).toBe(true)
    expect(dnsMatches('*.example.com', 'xn--bcher-kva.example.com')).toBe(true)
    expect(dnsMatches('*.com', 'example.com')).toBe(true)
    for (const reference of ['example.com', 'a.b.example.com', 'com', 'www.example.org']) {
      expect(dnsMatches('*.example.com', reference), reference).toBe(false)
    }
  })

  it('give no meaning to asterisks elsewhere', () => {
    for (const presented of [
      '*',
      '*.',
      'w*.example.com',
      '*w.example.com',
      'www.*.com',
      '**.example.com',
      '*.*.com',
      'xn--*.example.com',
      '*www.example.com',
      '*.example.com.'
    ]) {
      expect(dnsMatches(presented, 'www.example.com'), presented).toBe(false)
      expect(dnsMatches(presented, 'com'), presented).toBe(false)
    }
  })

  it('are no part of a subject, and no other type of name', () => {
    const names = [directory(name(['CN', 'www.example.com'])), email('www.example.com'), uri('https://www.example.com')]
    const { subjectAlternativeNames } = certificate(...names)
    const subject = name(['CN', 'www.example.com'])
    expect(
      matchingName({ ...plainCertificate(), subject, subjectAlternativeNames }, identity('dns', 'www.example.com'))
    ).toBeUndefined()
    expect(matchingName(plainCertificate(), identity('dns', 'www.example.com'))).toBeUndefined()
  })

  it('match as a naive comparison of labels says', () => {
    const label = fc.constantFrom('a', 'b', '*', 'a*', 'www')
    const reference = fc.array(fc.constantFrom('a', 'b', 'www'), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), reference, (presented, asked) => {
        const plain = presented.length === asked.length && presented.every((each, at) => each === asked[at])
        const wild =
          presented.length === asked.length &&
          asked.length > 1 &&
          presented[0] === '*' &&
          presented.slice(1).every((each, at) => each === asked[at + 1])
        expect(dnsMatches(presented.join('.'), asked.join('.'))).toBe(plain || wild)
      })
    )
  })
})

describe('IP addresses (RFC 9525 §6.4)', () => {
  it('match octet for octet', () => {
    expect(matches('ip', '192.0.2.1', ip(192, 0, 2, 2), ip(192, 0, 2, 1))).toBe(true)
    expect(matches('ip', '192.0.2.1', dns('192.0.2.1'))).toBe(false)
    expect(matches('ip', '::1', ip(...new Array(15).fill(0), 1))).toBe(true)
  })

  it('do not match across families', () => {
    const mapped = ip(...new Array(10).fill(0), 255, 255, 192, 0, 2, 1)
    expect(matches('ip', '192.0.2.1', mapped)).toBe(false)
    expect(matches('ip', '::ffff:192.0.2.1', ip(192, 0, 2, 1))).toBe(false)
    expect(matches('ip', '::ffff:192.0.2.1', mapped)).toBe(true)
  })
})

describe('email addresses (RFC 5280 §7.5, RFC 9598 §5)', () => {
  it('match with the local part exactly and the host without case', () => {
    expect(matches('email', 'Jo@example.com', email('Jo@EXAMPLE.com'))).toBe(true)
    expect(matches('email', 'jo@example.com', email('Jo@example.com'))).toBe(false)
    expect(matches('email', 'jo@example.com', email('jo@www.example.com'))).toBe(false)
    expect(matches('email', 'jo@bücher.example', email('jo@xn--bcher-kva.example'))).toBe(true)
  })

  it('match an SmtpUTF8Mailbox where the local part is beyond ASCII, and only there', () => {
    expect(matches('email', '用户@example.com', smtpUtf8Mailbox('用户@example.com'))).toBe(true)
    expect(matches('email', '用户@example.com', smtpUtf8Mailbox('用戶@example.com'))).toBe(false)
    expect(matches('email', 'jo@example.com', smtpUtf8Mailbox('jo@example.com'))).toBe(false)
  })

  it('do not match what is no email address', () => {
    for (const text of ['', 'jo', 'example.com', 'x@jo@example.com', 'jo@example.com.'])
      expect(matches('email', 'jo@example.com', email(text)), text).toBe(false)
  })
})

describe('URIs (RFC 5280 §7.4)', () => {
  it('match whole, after normalisation', () => {
    expect(matches('uri', 'https://example.com/a', uri('HTTPS://example.COM:443/a'))).toBe(true)
    expect(matches('uri', 'https://example.com/a', uri('https://example.com/'))).toBe(false)
    expect(matches('uri', 'https://example.com/a', uri('not a uri'))).toBe(false)
  })
})

describe('names of a type', () => {
  it('are those that an identity is compared with', () => {
    const names = [dns('a'), email('a@b'), smtpUtf8Mailbox('é@b'), ip(1, 2, 3, 4), uri('urn:a')]
    const count = (type: ReferenceIdentity['type']): number => namesOfType(certificate(...names), type).length
    expect([count('dns'), count('email'), count('ip'), count('uri')]).toEqual([1, 2, 1, 1])
    expect(namesOfType(plainCertificate(), 'dns')).toEqual([])
  })
})

describe('misplaced wildcards', () => {
  const misplaced = (asked: string, ...presented: readonly string[]): string | undefined => {
    const read = identity('dns', asked)
    return read.type === 'dns' ? misplacedWildcard(certificate(...presented.map(dns)), read) : undefined
  }

  it('are found where they would match if they stood for any characters of a label', () => {
    for (const presented of [
      'w*.example.com',
      '*w.example.com',
      'w*w.example.com',
      'www.*.com',
      'www.ex*le.com',
      '*.*.com',
      '*',
      'W*.Example.com',
      '**w.example.com'
    ]) {
      expect(misplaced('www.example.com', presented), presented).toBe(presented)
    }
  })

  it('are not found where they would not match even so', () => {
    for (const presented of [
      'a*.example.com',
      'www.*.org',
      '*.com',
      '*.*',
      'ww*www.example.com',
      'w*x*.example.com',
      'www.example.com',
      '*ww*ww.example.com'
    ]) {
      expect(misplaced('www.example.com', presented), presented).toBeUndefined()
    }
  })

  it('are found in a time that grows with the name alone', () => {
    const took = cpuTimeOf(() => {
      expect(misplaced(`${'a'.repeat(63)}.example.com`, `${'*a'.repeat(4000)}b.example.com`)).toBeUndefined()
    })
    expect(took).toBeLessThan(100)
  })

  it('are looked for among a thousand names with an asterisk, for whoever made a hundred thousand', () => {
    const others = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `*.a${n}.test`)
    expect(misplaced('www.example.com', ...others(999), 'w*.example.com')).toBe('w*.example.com')
    expect(misplaced('www.example.com', ...others(1_000), 'w*.example.com')).toBeUndefined()
  })
})
