/** The syntax of host names and mailboxes, as names and constraints of several types have them. */

const label = /^[a-z0-9_-]{1,63}$/i

/** RFC 1034 §3.5 with digits first (RFC 1123 §2.1) and underscores, which real names have; no trailing dot. */
export const isDnsName = (text: string): boolean =>
  text.length <= 253 && text.split('.').every((each) => label.test(each))

/** A last label that is a number: such a name may be taken for an IPv4 address, as `127.1` and `0x7f.1` are by some. */
const numberLast = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/i

/** Whether a name, well formed or not, ends in a number as addresses do. */
export const endsInNumber = (text: string): boolean => numberLast.test(text)

/** A DNS name that nobody takes for an IP address. */
export const isHostName = (text: string): boolean => isDnsName(text) && !endsInNumber(text)

/**
 * The part of a mailbox before its `@`, and its host as it came. Quoting is no part of a local part but the way to write
 * it (RFC 5321 §4.1.2), so `"jo"@a.example` and `jo@a.example` are one mailbox.
 */
export interface Mailbox {
  readonly local: string
  readonly host: string
}

// RFC 5321 §4.1.2, with RFC 6531 §3.3 for what is not ASCII.
const dotString = /^[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+)*$/u
const quotedString = /^"(?:[^"\\\p{Cc}]|\\[\x20-\x7e])*"$/u

/** Splits `local@host`; undefined where the local part is none. What the host is, is not looked into. */
export const splitMailbox = (text: string): Mailbox | undefined => {
  const at = text.lastIndexOf('@')
  if (at < 1) return undefined
  const local = text.slice(0, at)
  const host = text.slice(at + 1)
  if (dotString.test(local)) return { local, host }
  return quotedString.test(local) ? { local: local.slice(1, -1).replaceAll(/\\(.)/gsu, '$1'), host } : undefined
}
