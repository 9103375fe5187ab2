import { describe, expect, it } from 'vitest'
import { identity, matchedNames } from '#dist/core/checks/identity.js'
import { parseHostname, parseIdentity } from '#dist/core/match/name/reference-identity.js'
import { identityCodes } from '#dist/core/model/codes/identity.js'
import type { GeneralName } from '#dist/core/model/name.js'
import { extensionOids } from '#dist/core/model/oids.js'
import type { ReferenceIdentity } from '#dist/core/model/options.js'
import { findingsOf } from '../../support/findings.ts'
import { directory, dns, email, ip, name, uri } from '../../support/names.ts'
import { anchoredPath, plainCa, plainCertificate, plainContext } from '../../support/plain-certificate.ts'

const asked = (type: ReferenceIdentity['type'], text: string): ReferenceIdentity => {
  const read = parseIdentity(type, text)
  if (!read.ok) throw new Error(read.reason)
  return read.value
}

const leaf = (...subjectAlternativeNames: readonly GeneralName[]) => plainCertificate({ subjectAlternativeNames })
const run = (
  target: ReturnType<typeof leaf>,
  identities: readonly ReferenceIdentity[],
  identitiesMatch: 'all' | 'any' = 'all'
) => findingsOf(identity, anchoredPath(target, plainCa()), plainContext({ identities, identitiesMatch }))
const all = [dns('*.example.com'), ip(192, 0, 2, 1), email('a@example.com'), uri('https://example.com/')]

describe('identity (RFC 9525 §6)', () => {
  it('finds each identity among the alternative names', () => {
    const identities = [
      asked('dns', 'www.example.com'),
      asked('ip', '192.0.2.1'),
      asked('email', 'a@EXAMPLE.com'),
      asked('uri', 'https://example.com')
    ]
    expect(run(leaf(...all), identities)).toEqual([])
    expect(run(leaf(...all), [])).toEqual([])
  })

  it('tells which are missing, each by the code of its type, with what there is', () => {
    const identities = [
      asked('dns', 'Example.org.'),
      asked('ip', '192.0.2.2'),
      asked('email', 'b@example.com'),
      asked('uri', 'urn:b')
    ]
    expect(run(leaf(...all), identities)).toEqual([
      {
        code: 'hostname-mismatch',
        severity: 'error',
        certificate: 0,
        details: { name: 'Example.org.', presented: ['*.example.com'], presentedCount: 1 }
      },
      {
        code: 'ip-address-mismatch',
        severity: 'error',
        certificate: 0,
        details: { name: '192.0.2.2', presented: ['192.0.2.1'], presentedCount: 1 }
      },
      {
        code: 'email-mismatch',
        severity: 'error',
        certificate: 0,
        details: { name: 'b@example.com', presented: ['a@example.com'], presentedCount: 1 }
      },
      {
        code: 'uri-mismatch',
        severity: 'error',
        certificate: 0,
        details: { name: 'urn:b', presented: ['https://example.com/'], presentedCount: 1 }
      }
    ])
  })

  it('needs one of them where any will do', () => {
    const identities = [asked('dns', 'example.org'), asked('dns', 'www.example.com')]
    expect(run(leaf(...all), identities, 'any')).toEqual([])
    expect(run(leaf(...all), identities)).toHaveLength(1)
    expect(run(leaf(dns('a.test')), identities, 'any')).toHaveLength(2)
    expect(run(leaf(dns('a.test')), [], 'any')).toEqual([])
  })

  it('never takes a common name for a host name', () => {
    const target = { ...plainCertificate(), subject: name(['CN', 'www.example.com']) }
    const found = run(target, [asked('dns', 'www.example.com')])
    expect(found).toMatchObject([{ code: 'hostname-mismatch', details: { presented: [], presentedCount: 0 } }])
    expect(run(leaf(directory(name(['CN', 'www.example.com']))), [asked('dns', 'www.example.com')])).toHaveLength(1)
  })

  it('tells of a wildcard in a wrong place in place of a mismatch', () => {
    expect(run(leaf(dns('w*.example.com'), dns('a.test')), [asked('dns', 'www.example.com')])).toMatchObject([
      { code: 'wildcard-not-allowed', certificate: 0, details: { name: 'w*.example.com', asked: 'www.example.com' } }
    ])
  })

  it('lists 16 names and counts them all', () => {
    const names = Array.from({ length: 40 }, (_, at) => dns(`x${at}.test`))
    const presented = Array.from({ length: 16 }, (_, at) => `x${at}.test`)
    expect(run(leaf(...names), [asked('dns', 'a.test')])).toMatchObject([
      { details: { presented, presentedCount: 40 } }
    ])
  })

  it('is silent where the alternative names cannot be read, which is another fault', () => {
    const unreadable = plainCertificate({ unreadable: [extensionOids.subjectAltName] })
    expect(run(unreadable, [asked('dns', 'www.example.com')])).toEqual([])
  })

  it('reports 32 of the identities that are missing', () => {
    const identities = Array.from({ length: 40 }, (_, at) => asked('dns', `h${at}.example.net`))
    expect(run(leaf(...all), identities)).toHaveLength(32)
  })

  it('judges the end entity alone', () => {
    const path = anchoredPath(leaf(dns('a.test')), { ...plainCa(), subjectAlternativeNames: [dns('b.test')] })
    expect(findingsOf(identity, path, plainContext({ identities: [asked('dns', 'b.test')] }))).toHaveLength(1)
  })

  it('has messages with the values in them', () => {
    const details = { name: 'a.test', presented: ['b.test'], presentedCount: 3 }
    expect(identityCodes['hostname-mismatch'].message(details)).toBe(
      'The certificate is not for a.test: it is for b.test and 2 more.'
    )
    expect(identityCodes['email-mismatch'].message({ ...details, presented: [], presentedCount: 0 })).toContain(
      'has no subject alternative name that is an email address'
    )
    expect(identityCodes['ip-address-mismatch'].message(details)).toContain('a.test')
    expect(identityCodes['uri-mismatch'].message(details)).toContain('a.test')
    expect(identityCodes['wildcard-not-allowed'].message({ name: '*', reason: 'is bad', asked: 'a.test' })).toBe(
      'The subject alternative name * does not match a.test: it is bad.'
    )
    expect(identityCodes['wildcard-not-allowed'].message({ name: '*', reason: 'is bad' })).toBe(
      'The subject alternative name * is bad.'
    )
  })
})

describe('matched names', () => {
  it('say which alternative name matched each identity, in the order of the request', () => {
    const host = parseHostname('WWW.example.com')
    if (!host.ok) throw new Error(host.reason)
    expect(matchedNames(leaf(...all), [host.value, asked('dns', 'example.org'), asked('ip', '192.0.2.1')])).toEqual([
      { type: 'dns', value: 'WWW.example.com', matched: '*.example.com' },
      { type: 'dns', value: 'example.org', matched: null },
      { type: 'ip', value: '192.0.2.1', matched: '192.0.2.1' }
    ])
  })
})
