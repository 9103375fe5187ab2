import { describe, expect, it } from 'vitest'
import { matchingName, misplacedWildcard } from '#dist/core/match/name/presented-identity.js'
import type { GeneralName } from '#dist/core/model/name.js'
import type { ReferenceIdentity } from '#dist/core/model/options.js'
import { dns, email, ip, uri } from '../../../support/names.ts'
import { plainCertificate } from '../../../support/plain-certificate.ts'

const host = (value: string) => ({ type: 'dns', value, asked: value }) as const
const mailbox = (value: string) => ({ type: 'email', value, asked: value }) as const
const uriIdentity = (value: string) => ({ type: 'uri', value, asked: value }) as const
const address = (...octets: readonly number[]) =>
  ({ type: 'ip', value: Uint8Array.from(octets), asked: octets.join('.') }) as const

const match = (identity: ReferenceIdentity, ...subjectAlternativeNames: readonly GeneralName[]) =>
  matchingName(plainCertificate({ subjectAlternativeNames }), identity)

describe('which of several names matches (RFC 9525 §6.1)', () => {
  const [exact, wildcard] = [dns('www.example.com'), dns('*.example.com')]

  it('is the first, be it the name itself or a wildcard', () => {
    expect(match(host('www.example.com'), dns('a.example.com'), exact, wildcard)).toBe(exact)
    expect(match(host('www.example.com'), dns('a.example.com'), wildcard, exact)).toBe(wildcard)
    expect(match(host('www.example.com'), wildcard)).toBe(wildcard)
    expect(match(host('www.example.com'), exact)).toBe(exact)
  })

  it('is the first of equal ones', () => {
    const [one, two] = [dns('WWW.example.com'), dns('www.example.com')]
    expect(match(host('www.example.com'), one, two)).toBe(one)
    expect(match(host('www.example.com'), two, one)).toBe(two)
  })

  it('is none of a name that matches nothing by itself', () => {
    expect(match(uriIdentity('https://example.com/'), uri('not a URI'), uri('also none'))).toBeUndefined()
    expect(matchingName(plainCertificate(), host('www.example.com'))).toBeUndefined()
  })
})

describe('names of other types (RFC 9525 §6.2)', () => {
  it('never match, though they are written with the same characters', () => {
    expect(match(address(192, 0, 2, 1), dns('c0000201'), dns('192.0.2.1'), uri('c0000201'))).toBeUndefined()
    expect(match(host('c0000201'), ip(192, 0, 2, 1), email('c0000201'), uri('c0000201'))).toBeUndefined()
    expect(match(mailbox('a@b.example'), dns('a@b.example'), uri('a@b.example'))).toBeUndefined()
    expect(match(uriIdentity('https://a.example/'), dns('https://a.example/'))).toBeUndefined()
  })

  it('have no wildcards', () => {
    expect(match(mailbox('x.y@b.example'), email('*.y@b.example'))).toBeUndefined()
    expect(match(uriIdentity('https://www.a.example/'), uri('*.a.example/'))).toBeUndefined()
  })
})

describe('asterisks that mean nothing (RFC 9525 §6.3)', () => {
  const misplaced = (presented: string, asked: string) =>
    misplacedWildcard(plainCertificate({ subjectAlternativeNames: [dns(presented)] }), host(asked))

  it('may have been meant for no characters', () => {
    expect(misplaced('w*.example.com', 'w.example.com')).toBe('w*.example.com')
    expect(misplaced('a*b.example.com', 'ab.example.com')).toBe('a*b.example.com')
    expect(misplaced('aa*aa.example.com', 'aaa.example.com')).toBeUndefined()
  })

  it('were not meant for characters that the rest of the label needs', () => {
    expect(misplaced('a*b*b*c.example.com', 'abc.example.com')).toBeUndefined()
    expect(misplaced('a*b*b*c.example.com', 'abbc.example.com')).toBe('a*b*b*c.example.com')
    expect(misplaced('a*b*d*c.example.com', 'axdxbxc.example.com')).toBeUndefined()
    expect(misplaced('a*b*d*c.example.com', 'axbxdxc.example.com')).toBe('a*b*d*c.example.com')
  })
})
