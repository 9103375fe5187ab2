import { describe, expect, it } from 'vitest'
import { readHostRules } from '#dist/net/hosts.js'
import { readPortRules, readTarget } from '#dist/net/target.js'

const read = (url: string, hosts: readonly string[] = [], https = false): string => {
  const rules = { hosts: readHostRules(hosts), ports: readPortRules(['80', '443', '8000-8999']) }
  if (rules.hosts === undefined || rules.ports === undefined) throw new Error('rules that cannot be read')
  const target = readTarget(url, { https, hosts: rules.hosts, ports: rules.ports })
  return target.ok ? `${target.value.host} ${target.value.port} ${target.value.isAddress}` : target.fault.kind
}

describe('URLs that may be asked', () => {
  it('are of http, with names or addresses', () => {
    expect(read('http://crl.example.test/ca.crl')).toBe('crl.example.test 80 false')
    expect(read('HTTP://CRL.example.test:8080/?q=1')).toBe('crl.example.test 8080 false')
    expect(read('http://[2606:4700::1111]/')).toBe('2606:4700::1111 80 true')
  })

  it('are of https where that is switched on', () => {
    expect(read('https://crl.example.test/')).toBe('url-refused')
    expect(read('https://crl.example.test/', [], true)).toBe('crl.example.test 443 false')
  })

  it.each([
    ['decimal', 'http://2130706433/'],
    ['hexadecimal', 'http://0x7f000001/'],
    ['octal', 'http://017700000001/'],
    ['mixed', 'http://0x7f.0.0.01/'],
    ['shortened', 'http://127.1/'],
    ['with a final dot', 'http://127.0.0.1./'],
    ['with percent-encoding', 'http://%31%32%37.0.0.1/']
  ])('have the one form of an address that is %s', (_form, url) => {
    expect(read(url)).toBe('127.0.0.1 80 true')
  })

  it.each([
    ['another scheme', 'ftp://example.test/'],
    ['a file', 'file:///etc/passwd'],
    ['LDAP', 'ldap://example.test/cn=ca'],
    ['a user name', 'http://user@example.test/'],
    ['a password', 'http://:secret@example.test/'],
    ['a fragment', 'http://example.test/#a'],
    ['an empty fragment', 'http://example.test/#'],
    ['a port of another service', 'http://example.test:25/'],
    ['port 0', 'http://example.test:0/'],
    ['spaces around it', ' http://example.test/'],
    ['a line end', 'http://example.test/\r\nX: y'],
    ['a tab that a parser would drop', 'ht\ttp://example.test/'],
    ['a backslash', 'http:\\\\example.test/'],
    ['letters outside of ASCII', 'http://exämple.test/'],
    ['no host', 'http:///'],
    ['an address that is none', 'http://256.1.1.1/'],
    ['a zone', 'http://[fe80::1%25lo]/'],
    ['no scheme', '//example.test/'],
    ['nothing', ''],
    ['2,049 characters', `http://example.test/${'a'.repeat(2_029)}`]
  ])('never have %s', (_what, url) => {
    expect(read(url)).toBe('url-refused')
  })
})

describe('hosts that are allowed by name', () => {
  it('are those, whatever their letters and final dot', () => {
    expect(read('http://CRL.Example.test./', ['crl.example.TEST'])).toBe('crl.example.test. 80 false')
    expect(read('http://crl.example.test/', ['crl.example.test.'])).toBe('crl.example.test 80 false')
    expect(read('http://evil.test/crl.example.test', ['crl.example.test'])).toBe('host-refused')
    expect(read('http://crl.example.test.evil.test/', ['crl.example.test'])).toBe('host-refused')
  })

  it('are all below a domain, but not the domain, where a wildcard says so', () => {
    expect(read('http://a.b.example.test/', ['*.example.test'])).toBe('a.b.example.test 80 false')
    expect(read('http://example.test/', ['*.example.test'])).toBe('host-refused')
    expect(read('http://badexample.test/', ['*.example.test'])).toBe('host-refused')
  })

  it('may be addresses, in whatever form', () => {
    expect(read('http://127.0.0.1/', ['0x7f.1'])).toBe('127.0.0.1 80 true')
    expect(read('http://[0:0::1]/', ['[::1]'])).toBe('::1 80 true')
  })

  it.each(['a/b', 'a b', 'a:80', '*', '*.', 'a@b', '**.b', ''])('cannot be read from %j', (text) =>
    expect(readHostRules([text])).toBeUndefined()
  )

  it.each(['0', '80-', '90-80', '65536', 'http', '1-2-3', ''])('nor ports from %j', (text) =>
    expect(readPortRules([text])).toBeUndefined()
  )
})
