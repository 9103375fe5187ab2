import type { GeneralName } from '../../model/name.ts'
import { printable } from '../../model/printable.ts'
import { formatIpAddress } from './ip-address.ts'
import { mailboxText } from './mailbox.ts'

/** A name, or a constraint on names, as people read it. */
export const generalNameText = (name: GeneralName): string => {
  switch (name.type) {
    case 'ip':
      return name.value.length === 4 || name.value.length === 16 ? formatIpAddress(name.value) : networkText(name.value)
    case 'directory':
      return printable(name.value.text)
    case 'other':
      return printable(mailboxText(name) ?? `otherName ${name.oid}`)
    case 'x400':
    case 'unknown':
    case 'ediParty':
      return name.type
    default:
      return printable(name.value)
  }
}

/** An address and a contiguous mask as `192.0.2.0/24`. */
const networkText = (octets: Uint8Array): string => {
  const size = octets.length / 2
  return `${formatIpAddress(octets.subarray(0, size))}/${prefixLength(octets.subarray(size))}`
}

/** The ones of a mask, which is contiguous. */
export const prefixLength = (mask: Uint8Array): number => mask.reduce((bits, octet) => bits + 8 - zeros(octet), 0)

/** The trailing zeros of an octet that is ones and then zeros. */
const zeros = (octet: number): number => Math.log2(256 - octet)
