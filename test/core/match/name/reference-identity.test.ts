import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHostname, parseIdentity } from '#dist/core/match/name/reference-identity.js'

const value = (read: ReturnType<typeof parseHostname>): unknown => {
  if (!read.ok) return `refused: ${read.reason}`
  return read.value.type === 'ip' ? Buffer.from(read.value.value).toString('hex') : read.value.value
}

describe('a host name as it is asked for (RFC 9525 §6.1.2)', () => {
  it('is a DNS name in lower case, without one trailing dot', () => {
    expect(parseHostname('WWW.Example.com.')).toEqual({
      ok: true,
      value: { type: 'dns', value: 'www.example.com', asked: 'WWW.Example.com.' }
    })
    expect(value(parseHostname('localhost'))).toBe('localhost')
    expect(value(parseHostname('foo_bar.example'))).toBe('foo_bar.example')
  })

  it('has its U-labels converted', () => {
    expect(value(parseHostname('Bücher.example'))).toBe('xn--bcher-kva.example')
    expect(value(parseHostname('bücher。example'))).toBe('xn--bcher-kva.example')
    expect(value(parseHostname('faß.example'))).toBe('xn--fa-hia.example')
    expect(value(parseHostname('XN--BCHER-KVA.example'))).toBe('xn--bcher-kva.example')
  })

  it('is an IP address of either family, an IPv6 address with or without brackets', () => {
    expect(value(parseHostname('192.0.2.1'))).toBe('c0000201')
    expect(value(parseHostname('::1'))).toBe('00000000000000000000000000000001')
    expect(value(parseHostname('[2001:db8::1]'))).toBe('20010db8000000000000000000000001')
  })

  it.each([
    ['*.example.com', 'wildcard'],
    ['fe80::1%eth0', 'zone'],
    ['[fe80::1%25eth0]', 'zone'],
    ['example.com:443', 'a port or a path'],
    ['https://example.com', 'a port or a path'],
    ['[192.0.2.1]', 'neither a DNS name nor an IP address'],
    ['127.1', 'ends in a number'],
    ['0x7f.1', 'ends in a number'],
    ['2130706433', 'ends in a number'],
    ['127.0.0.1.', 'ends in a number'],
    ['１２７.0.0.1', 'ends in a number'],
    ['', 'is empty'],
    ['.', 'is empty'],
    ['example.com..', 'label'],
    ['.example.com', 'label'],
    ['a..b', 'label'],
    [`${'a'.repeat(64)}.example`, 'label'],
    [`${'a.'.repeat(127)}example`, 'longer than 253'],
    ['a'.repeat(5000), 'longer than 253'],
    ['exa mple.com', 'characters'],
    ['user@example.com', 'characters'],
    ['a/b', 'characters'],
    ['a\u0000b', 'characters'],
    ['a\u200db.example', 'internationalised'],
    ['xn--999999999.example', 'A-label'],
    ['xn--abc-.example', 'A-label']
  ])('is not %s', (asked, why) => {
    const read = parseHostname(asked)
    expect(read.ok ? read.value : read.reason).toContain(why)
  })

  it('is refused with a reason that is safe to show', () => {
    const read = parseHostname('\u202eexample.com\u0000')
    expect(read.ok).toBe(false)
    expect(!read.ok && read.reason).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  it('stays as it is where it has been normalised already', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        const once = parseHostname(domain)
        if (once.ok && once.value.type === 'dns') expect(value(parseHostname(once.value.value))).toBe(once.value.value)
      })
    )
  })

  it('never becomes an IP address that was not written as one', () => {
    const part = fc.constantFrom('1', '0x7f', '127', '.', '。', '１', 'a', '-', '%31', 'ⅰ')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const read = parseHostname(parts.join(''))
        if (read.ok && read.value.type === 'dns') expect(read.value.value).not.toMatch(/(?:^|\.)(?:\d+|0x[\da-f]*)$/)
      })
    )
  })
})

describe('identities by type', () => {
  it('take a DNS name that is no address', () => {
    expect(value(parseIdentity('dns', 'Example.com.'))).toBe('example.com')
    expect(value(parseIdentity('dns', '192.0.2.1'))).toContain('is an IP address')
    expect(value(parseIdentity('dns', '::1'))).toContain('is an IP address')
    expect(value(parseIdentity('dns', '*.example.com'))).toContain('wildcard')
  })

  it('take an IP address that is no name', () => {
    expect(value(parseIdentity('ip', '192.0.2.1'))).toBe('c0000201')
    expect(value(parseIdentity('ip', '[::1]'))).toBe('00000000000000000000000000000001')
    for (const asked of ['localhost', '192.0.2.0/24', '[192.0.2.1]', '010.0.0.1', ''])
      expect(value(parseIdentity('ip', asked))).toContain('is not an IP address')
    expect(value(parseIdentity('ip', 'fe80::1%1'))).toContain('zone')
  })

  it('take an email address with its local part exactly and its host as A-labels', () => {
    expect(value(parseIdentity('email', 'Jo.Doe@BÜCHER.example'))).toBe('Jo.Doe@xn--bcher-kva.example')
    expect(value(parseIdentity('email', '用户@example.com'))).toBe('用户@example.com')
    for (const asked of [
      '',
      'a',
      '@example.com',
      'a@',
      'a@b@c.example',
      'a@[192.0.2.1]',
      'a@192.0.2.1',
      'a@example.com.',
      'Jo <a@b.example>'
    ]) {
      expect(value(parseIdentity('email', asked)), asked).toContain('is not an email address')
    }
  })

  it('take a URI with a scheme', () => {
    expect(value(parseIdentity('uri', 'HTTPS://Example.com'))).toBe('https://example.com/')
    for (const asked of ['', 'example.com', '//example.com', '/a', 'a b:c', '1a:b']) {
      expect(value(parseIdentity('uri', asked)), asked).toContain('is not a URI')
    }
  })
})
