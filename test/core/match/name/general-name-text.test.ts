import { describe, expect, it } from 'vitest'
import { generalNameText } from '#dist/core/match/name/general-name-text.js'
import { directory, dns, email, ip, name, other, smtpUtf8Mailbox, uri } from '../../../support/names.ts'

describe('the text of a name', () => {
  it('is what people know it by', () => {
    expect(generalNameText(dns('www.example.com'))).toBe('www.example.com')
    expect(generalNameText(email('a@b.example'))).toBe('a@b.example')
    expect(generalNameText(uri('urn:a'))).toBe('urn:a')
    expect(generalNameText(ip(192, 0, 2, 1))).toBe('192.0.2.1')
    expect(generalNameText(directory(name(['C', 'NZ'], ['CN', 'x'])))).toBe('CN=x,C=NZ')
    expect(generalNameText(other('1.2.3'))).toBe('otherName 1.2.3')
    expect(generalNameText(smtpUtf8Mailbox('é@b.example'))).toBe('é@b.example')
    expect(generalNameText({ type: 'x400', value: new Uint8Array() })).toBe('x400')
    expect(generalNameText({ type: 'registeredId', value: '1.2.3' })).toBe('1.2.3')
  })

  it('has networks with their prefix length', () => {
    expect(generalNameText(ip(10, 0, 0, 0, 255, 0, 0, 0))).toBe('10.0.0.0/8')
    expect(generalNameText(ip(10, 0, 0, 0, 255, 255, 254, 0))).toBe('10.0.0.0/23')
    expect(generalNameText(ip(...new Array(32).fill(0)))).toBe('::/0')
  })

  it('is safe to show', () => {
    expect(generalNameText(smtpUtf8Mailbox('\u202eé@b.example'))).toBe('\\u{202e}é@b.example')
    expect(generalNameText(dns('a'.repeat(300)))).toHaveLength(201)
  })
})
