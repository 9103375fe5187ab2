import { describe, expect, it } from 'vitest'
import { endsInNumber, isDnsName, isHostName, splitMailbox } from '#dist/core/decode/name/name-syntax.js'

const longLabel = 'a'.repeat(63)

describe('the syntax of DNS names (RFC 1034 §3.5, RFC 1123 §2.1)', () => {
  it('takes letters, digits, hyphens, and underscores, which real names have', () => {
    for (const name of [
      'example.com',
      'a',
      '3com.example',
      'foo_bar.example',
      'xn--bcher-kva.example',
      'EXAMPLE.com'
    ]) {
      expect(isDnsName(name), name).toBe(true)
    }
  })

  it('refuses empty labels, trailing dots, wildcards and other characters', () => {
    for (const name of ['', '.', 'a.', '.a', 'a..b', '*.a', 'a b', 'bücher.example', 'a\n', 'a,b', 'a/b']) {
      expect(isDnsName(name), JSON.stringify(name)).toBe(false)
    }
  })

  it('has labels of at most 63 and names of at most 253 characters', () => {
    expect(isDnsName(longLabel)).toBe(true)
    expect(isDnsName(`${longLabel}a`)).toBe(false)
    const longest = [longLabel, longLabel, longLabel, 'a'.repeat(61)].join('.')
    expect(longest).toHaveLength(253)
    expect(isDnsName(longest)).toBe(true)
    expect(isDnsName(`${longest}a`)).toBe(false)
  })

  it('tells names that may be taken for IP addresses', () => {
    for (const name of ['127.0.0.1', '127.1', '0x7f.1', '1', '0x7f', 'example.0x']) {
      expect(endsInNumber(name), name).toBe(true)
      expect(isHostName(name), name).toBe(false)
    }
    expect(isHostName('1.2.3.4.example')).toBe(true)
    expect(isHostName('0x7f.example')).toBe(true)
  })
})

describe('the syntax of mailboxes (RFC 5321 §4.1.2)', () => {
  it('splits at the @ behind the local part', () => {
    expect(splitMailbox('Jo.Doe+x@Example.com')).toEqual({ local: 'Jo.Doe+x', host: 'Example.com' })
    expect(splitMailbox('"a@b \\" c"@example.com')).toEqual({ local: 'a@b " c', host: 'example.com' })
    expect(splitMailbox('*@example.com')).toEqual({ local: '*', host: 'example.com' })
    expect(splitMailbox('用户@example.com')).toEqual({ local: '用户', host: 'example.com' })
  })

  it('takes quoting for a way to write the local part', () => {
    expect(splitMailbox('"\\j\\o"@example.com')).toEqual(splitMailbox('jo@example.com'))
    expect(splitMailbox('"a\\\\b"@example.com')).toEqual({ local: 'a\\b', host: 'example.com' })
  })

  it('refuses what has no local part, or one that is none', () => {
    for (const text of [
      '',
      'a',
      '@b',
      'a@b@c',
      '.a@b',
      'a.@b',
      'a..b@c',
      'a b@c',
      '"a@b',
      '"a"b"@c',
      'a\u0000@b',
      '"a\u0007"@b'
    ]) {
      expect(splitMailbox(text), JSON.stringify(text)).toBeUndefined()
    }
  })
})
