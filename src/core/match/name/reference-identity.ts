import type { Decoded } from '../../decode/der/der.ts'
import type { ReferenceIdentity } from '../../model/options.ts'
import { printable } from '../../model/printable.ts'
import { normaliseHostName } from './host-name.ts'
import { parseIpAddress, parseIpv4, parseIpv6 } from './ip-address.ts'
import { normaliseMailbox } from './mailbox.ts'
import { normaliseUri } from './uri.ts'

const refuse = (asked: string, reason: string): Decoded<never> => ({
  ok: false,
  reason: `${printable(asked)} ${reason}`
})

const zone = 'has a zone, which names an interface of one machine and is in no certificate'

/** The contents of brackets around a whole text, or undefined. */
const bracketed = (text: string): string | undefined =>
  text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : undefined

/**
 * A host name as a reference identity (RFC 9525 §6.1.2): a DNS name, or an IP address of either family, an IPv6 address
 * with or without brackets. Zones and wildcards are refused, and so is what merely looks like an address.
 */
export const parseHostname = (asked: string): Decoded<ReferenceIdentity> => {
  const inner = bracketed(asked)
  if (inner !== undefined || asked.includes(':')) return parseIpv6Host(asked, inner ?? asked)
  const ipv4 = parseIpv4(asked)
  return ipv4 === undefined ? parseDns(asked) : { ok: true, value: { type: 'ip', value: ipv4, asked } }
}

/** An identity of a type that the request names. */
export const parseIdentity = (type: ReferenceIdentity['type'], asked: string): Decoded<ReferenceIdentity> => {
  switch (type) {
    case 'dns':
      return parseDns(asked)
    case 'ip':
      return parseIp(asked)
    case 'email':
      return parseEmail(asked)
    case 'uri': {
      const value = normaliseUri(asked)
      return value === undefined
        ? refuse(asked, 'is not a URI with a scheme')
        : { ok: true, value: { type, value, asked } }
    }
  }
}

const parseIpv6Host = (asked: string, text: string): Decoded<ReferenceIdentity> => {
  if (text.includes('%')) return refuse(asked, zone)
  const value = parseIpv6(text)
  if (value !== undefined) return { ok: true, value: { type: 'ip', value, asked } }
  return refuse(asked, 'is neither a DNS name nor an IP address; a port or a path does not belong to it')
}

const parseIp = (asked: string): Decoded<ReferenceIdentity> => {
  const inner = bracketed(asked)
  const value = inner === undefined ? parseIpAddress(asked) : parseIpv6(inner)
  if (value !== undefined) return { ok: true, value: { type: 'ip', value, asked } }
  return refuse(asked, asked.includes('%') ? zone : 'is not an IP address')
}

const parseDns = (asked: string): Decoded<ReferenceIdentity> => {
  if (asked.includes('*')) return refuse(asked, 'has a wildcard; the name of one host is needed')
  if (parseIpAddress(asked) !== undefined) return refuse(asked, 'is an IP address')
  const name = normaliseHostName(asked.endsWith('.') ? asked.slice(0, -1) : asked)
  return name.ok ? { ok: true, value: { type: 'dns', value: name.value, asked } } : refuse(asked, name.reason)
}

const parseEmail = (asked: string): Decoded<ReferenceIdentity> => {
  const mailbox = normaliseMailbox(asked)
  if (mailbox === undefined) return refuse(asked, 'is not an email address')
  return { ok: true, value: { type: 'email', value: `${mailbox.local}@${mailbox.host}`, asked } }
}
