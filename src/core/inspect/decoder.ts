import { hex } from '../decode/der/primitives.ts'
import type { Json } from '../model/code-row.ts'
import type { DistributionPointName } from '../model/crl.ts'
import { namesJson } from './names.ts'

/** Reads what an extension's OCTET STRING holds. Throws `Malformed`. */
export type Decoder = (value: Uint8Array) => Json

/** By OID. */
export type Decoders = ReadonlyMap<string, { readonly name: string; readonly decode: Decoder }>

/** The names of a distribution point, or the RDN (the contents of its SET in hex) that is added to the CRL issuer's name. */
export const distributionPointName = (name: DistributionPointName | undefined): { readonly [key: string]: Json } => ({
  names: name?.type === 'full' ? namesJson(name.names) : null,
  ...(name?.type === 'relative' ? { relativeName: hex(name.rdn) } : {})
})
