import { type Dialog, quoted } from './dialog.ts'
import { ProbeFault } from './probe-fault.ts'
import type { StarttlsProtocol } from './starttls-protocols.ts'

/** Lines of one reply. */
const mostLines = 256

/** Has the server go over to TLS. Throws a `ProbeFault` where it does not. */
export const startTls = async (protocol: StarttlsProtocol, dialog: Dialog): Promise<void> => {
  await dialogs[protocol](dialog)
  dialog.end()
}

const dialogs: Readonly<Record<StarttlsProtocol, (dialog: Dialog) => Promise<void>>> = {
  // RFC 3207 §4
  smtp: (dialog) => mail(dialog, 'EHLO'),
  // RFC 2033 §4.1: as SMTP, but for the word of greeting.
  lmtp: (dialog) => mail(dialog, 'LHLO'),
  // RFC 9051 §6.2.1
  imap: async (dialog) => {
    await expectLine(dialog, /^\* OK\b/i)
    dialog.send('a STARTTLS\r\n')
    await expectLine(dialog, /^a OK\b/i, /^\* /)
  },
  // RFC 2595 §4
  pop3: async (dialog) => {
    await expectLine(dialog, /^\+OK\b/i)
    dialog.send('STLS\r\n')
    await expectLine(dialog, /^\+OK\b/i)
  },
  // RFC 4217 §4
  ftp: async (dialog) => {
    await expectReply(dialog, '220')
    dialog.send('AUTH TLS\r\n')
    await expectReply(dialog, '234')
  },
  // RFC 4642 §2.2
  nntp: async (dialog) => {
    await expectLine(dialog, /^20[01]\b/)
    dialog.send('STARTTLS\r\n')
    await expectLine(dialog, /^382\b/)
  },
  // RFC 5804 §1.7 and §2.2
  sieve: async (dialog) => {
    await expectLine(dialog, /^OK\b/i, /^"/)
    dialog.send('STARTTLS\r\n')
    await expectLine(dialog, /^OK\b/i)
  },
  // RFC 4511 §4.14
  ldap: async (dialog) => {
    dialog.send(ldapStartTls)
    await expectLdapSuccess(dialog)
  },
  // https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL
  postgres: async (dialog) => {
    dialog.send(postgresSslRequest)
    const [answer = 0] = await dialog.octets(1)
    if (answer === 0x53) return
    throw new ProbeFault(answer === 0x4e ? 'has TLS switched off' : 'answers something other than PostgreSQL does')
  }
}

const mail = async (dialog: Dialog, greeting: string): Promise<void> => {
  await expectReply(dialog, '220')
  dialog.send(`${greeting} localhost\r\n`)
  await expectReply(dialog, '250')
  dialog.send('STARTTLS\r\n')
  await expectReply(dialog, '220')
}

/** A reply of RFC 5321 §4.2 or RFC 959 §4.2, whose last line has a space after the code. */
const expectReply = async (dialog: Dialog, code: string): Promise<void> => {
  for (let lines = 0; lines < mostLines; lines += 1) {
    const line = await dialog.line()
    const isLast = /^\d{3}(?: |$)/.test(line)
    if (!line.startsWith(code) && (isLast || lines === 0)) throw refused(line)
    if (isLast) return
  }
  throw new ProbeFault('sends a reply without an end')
}

/** Reads on over the lines of `others`. */
const expectLine = async (dialog: Dialog, wanted: RegExp, others?: RegExp): Promise<void> => {
  for (let lines = 0; lines < mostLines; lines += 1) {
    const line = await dialog.line()
    if (wanted.test(line)) return
    if (others?.test(line) !== true) throw refused(line)
  }
  throw new ProbeFault('sends a reply without an end')
}

const refused = (line: string): ProbeFault => new ProbeFault(`does not go over to TLS: it says ${quoted(line)}`)

/** The code for TLS, in place of a version. */
const postgresSslRequest = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f)

const startTlsOid = Buffer.from('1.3.6.1.4.1.1466.20037')
/** LDAPMessage 1 with an ExtendedRequest. */
const ldapStartTls = Buffer.concat([Uint8Array.of(0x30, 29, 2, 1, 1, 0x77, 24, 0x80, 22), startTlsOid])
const extendedResponse = 0x78

/** An LDAPMessage with an ExtendedResponse, whose first element is the result code: 0 is success. */
const expectLdapSuccess = async (dialog: Dialog): Promise<void> => {
  const [tag = 0, length = 0] = await dialog.octets(2)
  const lengthOctets = length < 0x80 ? new Uint8Array(0) : await dialog.octets(length & 0x7f)
  const size = length < 0x80 ? length : lengthOctets.reduce((number, octet) => number * 256 + octet, 0)
  if (tag !== 0x30 || lengthOctets.length > 4) throw new ProbeFault('answers something other than LDAP')
  const message = await dialog.octets(size)
  const response = message.indexOf(extendedResponse, 3)
  const code = message.indexOf(0x0a, response)
  if (response < 0 || code < 0 || message[code + 1] !== 1) throw new ProbeFault('answers something other than LDAP')
  const result = message[code + 2]
  if (result !== 0) throw new ProbeFault(`does not go over to TLS: it answers with the LDAP result ${result}`)
}
