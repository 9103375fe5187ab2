import { describe, expect, it } from 'vitest'
import { servernameOf, targetOf } from '#dist/cli/target.js'

describe('the server that an operand names', () => {
  it.each([
    ['example.test', { host: 'example.test', port: 443, starttls: undefined }],
    ['example.test:8443', { port: 8443, starttls: undefined }],
    ['127.0.0.1:1', { host: '127.0.0.1', port: 1 }],
    ['[::1]:8443', { host: '::1', dialled: '::1', port: 8443 }],
    ['[2001:db8::1]', { host: '2001:db8::1', port: 443 }],
    ['2001:db8::1', { host: '2001:db8::1', port: 443 }],
    ['bücher.test', { host: 'bücher.test', dialled: 'xn--bcher-kva.test', port: 443 }]
  ])('reads %s', (operand, expected) => {
    expect(targetOf(operand, undefined)).toMatchObject(expected)
  })

  it.each([
    ['mail.example.test:25', 'smtp'],
    ['mail.example.test:587', 'smtp'],
    ['mail.example.test:143', 'imap'],
    ['mail.example.test:110', 'pop3'],
    ['mail.example.test:4190', 'sieve'],
    ['files.example.test:21', 'ftp'],
    ['db.example.test:5432', 'postgres'],
    ['directory.example.test:389', 'ldap'],
    ['mail.example.test:993', undefined]
  ])('takes from the port of %s what is spoken before TLS', (operand, starttls) => {
    expect(targetOf(operand, undefined).starttls).toBe(starttls)
    expect(targetOf(operand, 'none').starttls).toBeUndefined()
    expect(targetOf(operand, 'lmtp').starttls).toBe('lmtp')
  })

  it('takes the port from what is spoken, where there is none', () => {
    expect(targetOf('example.test', 'postgres')).toMatchObject({ port: 5432, starttls: 'postgres' })
    expect(targetOf('example.test:5433', 'postgres').port).toBe(5433)
  })

  it.each(['', ':443', 'example.test:', 'example.test:0', 'example.test:65536', 'example.test:http', '[::1', '[::1]x'])(
    'does not read %j',
    (operand) => expect(() => targetOf(operand, undefined)).toThrow(/^A server is named as host:port/)
  )

  it.each(['[127.0.0.1]:443', '[example.test]:443', 'a b:443', 'https://example.test/', '\u001b[2J'])(
    'does not read %j either',
    (operand) => expect(() => targetOf(operand, undefined)).toThrow(/^A server is named as host:port/)
  )

  it('tells a server its name in A-labels without a final dot, and never an address (RFC 6066 §3)', () => {
    const named = (operand: string, asked?: string): string => servernameOf(targetOf(operand, undefined), asked)
    expect(named('bücher.test.:8443')).toBe('xn--bcher-kva.test')
    expect([named('127.0.0.1'), named('[::1]:443'), named('a.test', '192.0.2.1')]).toEqual(['', '', ''])
    expect([named('127.0.0.1', 'bücher.test'), named('a.test', '')]).toEqual(['xn--bcher-kva.test', ''])
    expect(() => named('a.test', 'not a name')).toThrow('--servername must be a DNS name, not "not a name".')
  })
})
