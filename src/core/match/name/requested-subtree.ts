import { baseProblem } from '../../decode/certificate/name-constraints.ts'
import type { Decoded } from '../../decode/der/der.ts'
import { parseDistinguishedName } from '../../decode/name/distinguished-name.ts'
import type { GeneralName } from '../../model/name.ts'
import { printable } from '../../model/printable.ts'
import type { RequestedSubtree } from '../../model/request.ts'
import { normaliseHostName } from './host-name.ts'
import { parseIpAddress } from './ip-address.ts'

const refuse = (value: string, reason: string): Decoded<never> => ({
  ok: false,
  reason: `${printable(value)} ${reason}`
})

/** An initial subtree of a request (RFC 5280 §6.1.1 (h), (i)), in the form that the constraint of a CA has. */
export const parseSubtree = (type: RequestedSubtree['type'], value: string): Decoded<GeneralName> => {
  switch (type) {
    case 'dns':
    case 'uri':
    case 'email':
      return parseDomain(type, value)
    case 'ip':
      return parseNetwork(value)
    case 'directory': {
      const name = value.length > longestName ? undefined : parseDistinguishedName(value)
      if (name === undefined) return refuse(value, `is longer than ${longestName} characters`)
      return name.ok
        ? { ok: true, value: { type, value: name.value } }
        : refuse(value, `cannot be read by RFC 4514: ${name.reason}`)
    }
  }
}

const longestName = 16_384

/** A host, a domain with a leading dot, for email also a mailbox; U-labels are converted. */
const parseDomain = (type: 'dns' | 'uri' | 'email', value: string): Decoded<GeneralName> => {
  const at = type === 'email' ? value.lastIndexOf('@') + 1 : 0
  const start = at === 0 && value.startsWith('.') ? 1 : at
  const domain = value.slice(start)
  const host = normaliseHostName(domain)
  if (!host.ok && domain !== '') return refuse(value, host.reason)
  const base: GeneralName = { type, value: value.slice(0, start) + (host.ok ? host.value : '') }
  if (baseProblem(base) !== undefined) {
    return refuse(
      value,
      type === 'email' ? 'is neither a mailbox nor a host nor a domain' : 'is neither a host nor a domain'
    )
  }
  return { ok: true, value: base }
}

/** An address, or a network as `192.0.2.0/24`. */
const parseNetwork = (text: string): Decoded<GeneralName> => {
  const [address = '', length, ...more] = text.split('/', 3)
  const octets = parseIpAddress(address)
  if (octets === undefined || more.length > 0) return refuse(text, 'is not an IP address or a network as 192.0.2.0/24')
  const bits = octets.length * 8
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : -1
  if (prefix < 0 || prefix > bits) return refuse(text, `has a prefix length that is not from 0 to ${bits}`)
  const mask = octets.map((_, at) => 0xff & (0xff00 >> Math.min(8, Math.max(0, prefix - at * 8))))
  return { ok: true, value: { type: 'ip', value: Uint8Array.from([...octets, ...mask]) } }
}
