import { beginsAsTls } from '../../core/decode/tls/records.ts'
import { quoted } from './dialog.ts'

/** How what is no TLS begins, and what it is then. */
const greetings: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\//, 'answers in HTTP without TLS'],
  [/^220[ -].*(?:smtp|mail)/i, 'speaks SMTP: --starttls smtp may be what it needs'],
  [/^220[ -]/, 'speaks SMTP or FTP: --starttls smtp or ftp may be what it needs'],
  [/^\* OK/i, 'speaks IMAP: --starttls imap may be what it needs'],
  [/^\+OK/i, 'speaks POP3: --starttls pop3 may be what it needs'],
  [/^SSH-/, 'speaks SSH']
]

/** Why a handshake did not end well, from what TLS says and what came. */
export const handshakeFault = (error: Error, received: Uint8Array): string => {
  if (received.length > 0 && !beginsAsTls(received)) return otherThanTls(received)
  // `reason` is OpenSSL's own word, and says nothing that the other side could have written.
  const why = 'reason' in error ? String(error.reason) : 'code' in error ? String(error.code) : error.message
  return received.length === 0 ? 'ended the connection without an answer' : `breaks off the handshake (${why})`
}

const otherThanTls = (received: Uint8Array): string => {
  const [line = ''] = Buffer.from(received.subarray(0, 256))
    .toString('latin1')
    .split(/[\r\n]/)
  const known = greetings.find(([beginning]) => beginning.test(line))
  return known === undefined ? `answers with something other than TLS: ${quoted(line.slice(0, 60))}` : known[1]
}
