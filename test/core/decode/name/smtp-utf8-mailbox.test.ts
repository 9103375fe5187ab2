import { describe, expect, it } from 'vitest'
import { readSmtpUtf8Mailbox } from '#dist/core/decode/name/smtp-utf8-mailbox.js'
import { tlv } from '../../../support/der-writer.ts'

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')

describe('reading an SmtpUTF8Mailbox (RFC 9598 §3)', () => {
  it('reads a UTF8String', () => {
    expect(readSmtpUtf8Mailbox(tlv(0x0c, utf8('用户@example.com')))).toBe('用户@example.com')
  })

  it('reads nothing from other types, broken UTF-8, an empty text, or with octets behind', () => {
    expect(readSmtpUtf8Mailbox(tlv(0x16, utf8('a@example.com')))).toBeUndefined()
    expect(readSmtpUtf8Mailbox(tlv(0x0c, Uint8Array.of(0xc3)))).toBeUndefined()
    expect(readSmtpUtf8Mailbox(tlv(0x0c))).toBeUndefined()
    expect(readSmtpUtf8Mailbox(Buffer.concat([tlv(0x0c, utf8('é@a')), Uint8Array.of(0)]))).toBeUndefined()
    expect(readSmtpUtf8Mailbox(new Uint8Array())).toBeUndefined()
  })
})
