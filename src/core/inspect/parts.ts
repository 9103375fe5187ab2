import { attempt } from '../decode/der/der.ts'
import { hex } from '../decode/der/primitives.ts'
import type { Extension } from '../model/certificate.ts'
import { rowOf } from '../model/codes.ts'
import type { DescribedFault, ExtensionItem } from '../model/description.ts'
import type { Fault } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import { extensionName } from '../model/oids.ts'
import { crlDecoders } from './crl-extensions.ts'
import { certificateDecoders } from './extension-decoders.ts'

/** What certificates and CRLs have in common. */

export const instant = (seconds: number | undefined): string | null =>
  seconds === undefined ? null : formatInstant(seconds)

/** Each for itself: of extensions that are there twice, both are told. */
export const extensionItem = ({ oid, critical, value }: Extension): ExtensionItem => {
  const known = certificateDecoders.get(oid) ?? crlDecoders.get(oid)
  const name = known?.name ?? extensionName(oid)
  const read = known === undefined ? undefined : attempt(() => known.decode(value))
  const item = { oid, name: name === oid ? null : name, critical }
  return read?.ok === true ? { ...item, value: read.value } : { ...item, value: null, hex: hex(value) }
}

export const describeFault = ({ code, details, reference }: Fault): DescribedFault => {
  const row = rowOf(code)
  return { code, message: row.message(details), reference: reference ?? row.reference }
}
