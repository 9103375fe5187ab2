import { attempt } from '../decode/der/der.ts'
import { hex } from '../decode/der/primitives.ts'
import { keyName } from '../match/key/key-name.ts'
import { keyStrength } from '../match/key/strength.ts'
import type { Extension } from '../model/certificate.ts'
import { rowOf } from '../model/codes.ts'
import type { DescribedFault, ExtensionItem, KeyDescription } from '../model/description.ts'
import type { Fault } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import { extensionName } from '../model/oids.ts'
import type { PublicKey } from '../model/public-key.ts'
import { crlDecoders } from './crl-extensions.ts'
import { certificateDecoders } from './extension-decoders.ts'

/** What certificates and CRLs have in common. */

export const instant = (seconds: number | undefined): string | null =>
  seconds === undefined ? null : formatInstant(seconds)

/** A hundred times what real certificates have. What is made to be large makes no answer that is larger still. */
const mostListed = 1_000
const mostOctets = 65_536
const shownOctets = 1_024

/** The elements of lists as far as they are told, and whether any has more. */
export class Told {
  truncated = false

  list<T, U>(elements: readonly T[], tell: (element: T) => U): readonly U[] {
    if (elements.length > mostListed) this.truncated = true
    return elements.slice(0, mostListed).map(tell)
  }
}

/** Each for itself: of extensions that are there twice, both are told. */
export const extensionItem = ({ oid, critical, value }: Extension): ExtensionItem => {
  const known = certificateDecoders.get(oid) ?? crlDecoders.get(oid)
  const name = known?.name ?? extensionName(oid)
  const { length } = value
  const item = { oid, name: name === oid ? null : name, critical, length }
  if (length > mostOctets) return { ...item, value: null, hex: hex(value.subarray(0, shownOctets)) }
  const read = known === undefined ? undefined : attempt(() => known.decode(value))
  return read?.ok === true ? { ...item, value: read.value } : { ...item, value: null, hex: hex(value) }
}

export const describeFault = ({ code, details, reference }: Fault): DescribedFault => {
  const row = rowOf(code)
  return { code, message: row.message(details), reference: reference ?? row.reference }
}

export const describeKey = (key: PublicKey): KeyDescription => ({
  algorithm: keyName(key),
  bits: key.bits ?? null,
  strength: keyStrength(key) ?? null
})
