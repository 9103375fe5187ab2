import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostNameOfUri, normaliseUri } from '#dist/core/match/name/uri.js'

const same = (...texts: readonly string[]): void => {
  const normal = texts.map(normaliseUri)
  expect(normal[0]).toBeDefined()
  expect(new Set(normal), JSON.stringify(texts)).toEqual(new Set([normal[0]]))
}

const different = (one: string, two: string): void => {
  expect(normaliseUri(one)).not.toBe(normaliseUri(two))
}

describe('comparing URIs (RFC 5280 §7.4)', () => {
  it('takes scheme and host without case, all else with it', () => {
    same('https://example.com/Path', 'HTTPS://EXAMPLE.com/Path')
    different('https://example.com/path', 'https://example.com/Path')
    different('https://User@example.com/', 'https://user@example.com/')
    different('urn:Example:a', 'urn:example:a')
  })

  it('converts U-labels of the host', () => {
    same('https://bücher.example/', 'https://xn--bcher-kva.example/')
  })

  it('normalises percent-encoding', () => {
    same('https://example.com/~a', 'https://example.com/%7ea', 'https://example.com/%7Ea')
    same('https://example.com/%c3%a9', 'https://example.com/%C3%A9')
    different('https://example.com/a%2Fb', 'https://example.com/a/b')
  })

  it('removes dot segments', () => {
    same(
      'https://example.com/a/c',
      'https://example.com/a/./b/../c',
      'https://example.com/../a/c',
      'https://example.com/a/%2e/c'
    )
    same('https://example.com/a/', 'https://example.com/a/b/..', 'https://example.com/a/.')
    different('urn:a/../b', 'urn:b')
  })

  it('knows the default ports and paths of http, https, ftp and ldap', () => {
    same('https://example.com', 'https://example.com/', 'https://example.com:443/', 'https://example.com:/')
    same('http://example.com:80', 'http://example.com')
    same('ldap://example.com:389', 'ldap://example.com/')
    same('ftp://example.com:21/a', 'ftp://example.com/a')
    different('https://example.com:80/', 'https://example.com/')
    different('sip://example.com', 'sip://example.com/')
  })

  it('compares query and fragment as well', () => {
    different('https://example.com/?a', 'https://example.com/')
    different('https://example.com/#a', 'https://example.com/')
    same('spiffe://trust.example/ns/a?x#y', 'SPIFFE://Trust.Example/ns/a?x#y')
  })

  it('has no form for what is no URI', () => {
    for (const text of [
      '',
      'example.com/a',
      '//example.com',
      'https://a b',
      'https://a\u0000',
      'a:%zz',
      'https://[::1',
      'https://a:b:c/',
      `a:${'x'.repeat(9000)}`
    ]) {
      expect(normaliseUri(text), JSON.stringify(text.slice(0, 20))).toBeUndefined()
    }
  })

  it('normalises what is normal to itself', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const normal = normaliseUri(url)
        if (normal !== undefined) expect(normaliseUri(normal)).toBe(normal)
      })
    )
  })
})

describe('the host of a URI, for constraints (RFC 5280 §4.2.1.10)', () => {
  it('is a domain name in lower case', () => {
    expect(hostNameOfUri('https://user@WWW.Example.com:8443/a@b')).toBe('www.example.com')
    expect(hostNameOfUri('https://evil.example\\@good.example/')).toBeUndefined()
    expect(hostNameOfUri('https://good.example@evil.example/')).toBe('evil.example')
  })

  it('is none where there is no authority, or an address or nothing in it', () => {
    for (const text of [
      'urn:example:a',
      'mailto:a@example.com',
      'https://192.0.2.1/',
      'https://[::1]/',
      'file:///etc',
      'https://127.1/',
      'example.com',
      'https://a..b/'
    ]) {
      expect(hostNameOfUri(text), text).toBeUndefined()
    }
  })
})
