import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { crlUrls, issuerUrls, responderUrls } from '#dist/core/match/status/locations.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { type ExtensionSpec, extension, root } from '../../../support/authority.ts'
import { sequence } from '../../../support/der-writer.ts'
import { authorityInfoAccess, crlDistributionPoints, freshestCrl } from '../../../support/locations.ts'

const withExtensions = (...extensions: readonly ExtensionSpec[]): Certificate => {
  const read = readCertificate(root('Test', { extensions }).der)
  if (!read.ok) throw new Error(read.reason)
  return read.value
}

const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, number) => `http://${number}.example.test/`)

describe('where evidence is', () => {
  it('is said by authorityInfoAccess, for responders and issuers each (RFC 5280 §4.2.2.1)', () => {
    const places = {
      ocsp: ['http://ocsp.example.test/'],
      caIssuers: ['http://a.example.test/', 'HTTPS://b.example.test/']
    }
    const certificate = withExtensions(authorityInfoAccess(places))
    expect(responderUrls(certificate)).toEqual(places.ocsp)
    expect(issuerUrls(certificate)).toEqual(places.caIssuers)
  })

  it('is said by cRLDistributionPoints, and for delta CRLs by freshestCRL (§4.2.1.13, §4.2.1.15)', () => {
    const certificate = withExtensions(
      crlDistributionPoints(['ldap://example.test/', 'http://a.test/', 'http://b.test/'], ['http://c.test/']),
      freshestCrl('http://delta.test/')
    )
    expect(crlUrls(certificate)).toEqual([
      ['http://a.test/', 'http://b.test/'],
      ['http://c.test/'],
      ['http://delta.test/']
    ])
  })

  it('is http and https alone, each place once, and no more than a few', () => {
    const access = { caIssuers: ['ldap://x.test/', 'file:///etc/passwd', 'http://a.test/', 'http://a.test/'] }
    expect(issuerUrls(withExtensions(authorityInfoAccess(access)))).toEqual(['http://a.test/'])
    expect(responderUrls(withExtensions(authorityInfoAccess({ ocsp: numbered(20) })))).toEqual(numbered(4))
    expect(crlUrls(withExtensions(crlDistributionPoints(numbered(20))))).toEqual([numbered(4)])
    expect(crlUrls(withExtensions(crlDistributionPoints(...numbered(20).map((url) => [url]))))).toHaveLength(4)
  })

  it('is no place that is longer than a URL is, or has other characters', () => {
    const long = `http://a.test/${'a'.repeat(2_000)}`
    const access = authorityInfoAccess({
      caIssuers: [long, 'http://a.test/ b', 'http://a.test/b']
    })
    expect(issuerUrls(withExtensions(access))).toEqual(['http://a.test/b'])
  })

  it('is nowhere where nothing says so, or what says so cannot be read', () => {
    for (const certificate of [
      withExtensions(),
      withExtensions(extension('1.3.6.1.5.5.7.1.1', Uint8Array.of(1)), extension('2.5.29.31', sequence()))
    ]) {
      expect([responderUrls(certificate), issuerUrls(certificate), crlUrls(certificate)]).toEqual([[], [], []])
    }
  })
})
