import { attempt, contentOf, single, tags } from '../der/der.ts'
import { decodeText } from './string-preparation.ts'

/** RFC 9598 §3: id-on-SmtpUTF8Mailbox */
export const smtpUtf8Mailbox = '1.3.6.1.5.5.7.8.9'

/** The mailbox in an otherName's value, a UTF8String; undefined where malformed or empty. */
export const readSmtpUtf8Mailbox = (value: Uint8Array): string | undefined => {
  const element = attempt(() => single(value, tags.utf8String, 'SmtpUTF8Mailbox'))
  const text = element.ok ? decodeText(tags.utf8String, contentOf(element.value)) : undefined
  return text === '' ? undefined : text
}
