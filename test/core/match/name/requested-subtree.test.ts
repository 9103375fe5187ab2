import { describe, expect, it } from 'vitest'
import { parseSubtree } from '#dist/core/match/name/requested-subtree.js'
import { name } from '../../../support/names.ts'

const value = (type: Parameters<typeof parseSubtree>[0], text: string): unknown => {
  const read = parseSubtree(type, text)
  if (!read.ok) return `refused: ${read.reason}`
  if (read.value.type === 'ip') return Buffer.from(read.value.value).toString('hex')
  return read.value.type === 'directory' ? read.value.value.key : 'value' in read.value ? read.value.value : undefined
}

describe('initial subtrees of a request (RFC 5280 §6.1.1 (h), (i))', () => {
  it('are hosts and domains', () => {
    for (const type of ['dns', 'uri', 'email'] as const) {
      expect(value(type, 'Example.com')).toBe('example.com')
      expect(value(type, '.example.com')).toBe('.example.com')
      expect(value(type, 'bücher.example')).toBe('xn--bcher-kva.example')
      expect(value(type, '')).toBe('')
      for (const text of ['*.example.com', 'a..b', 'https://a', '192.0.2.1', '..a'])
        expect(value(type, text), text).toContain('refused')
    }
  })

  it('are mailboxes for email alone', () => {
    expect(value('email', 'Jo@Example.com')).toBe('Jo@example.com')
    expect(value('dns', 'jo@example.com')).toContain('refused')
    for (const text of ['@example.com', 'a@', 'a@b@example.com', 'a@.example.com'])
      expect(value('email', text), text).toContain('refused')
  })

  it('are addresses and networks', () => {
    expect(value('ip', '192.0.2.1')).toBe('c0000201ffffffff')
    expect(value('ip', '10.0.0.0/8')).toBe('0a000000ff000000')
    expect(value('ip', '0.0.0.0/0')).toBe('0000000000000000')
    expect(value('ip', '192.0.2.128/25')).toBe('c0000280ffffff80')
    expect(value('ip', '2001:db8::/33')).toBe(`20010db8${'0'.repeat(24)}ffffffff80${'0'.repeat(22)}`)
    for (const text of [
      '',
      'example.com',
      '10.0.0.0/33',
      '10.0.0.0/-1',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '10/8',
      '::/129',
      '10.0.0.0/08x'
    ]) {
      expect(value('ip', text), text).toContain('refused')
    }
  })

  it('are distinguished names by RFC 4514', () => {
    expect(value('directory', 'O=Example,C=NZ')).toBe(name(['C', 'NZ'], ['O', 'Example']).key)
    expect(value('directory', 'Example')).toContain(
      'no known attribute type (CN, O, OU, C, … or an OID) (at character 1)'
    )
    expect(value('directory', `CN=${'x'.repeat(20_000)}`)).toContain('longer than')
  })
})
