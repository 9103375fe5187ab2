import type { Crl, RevokedEntry } from '#dist/core/model/crl.js'
import { name } from './names.ts'

const octets = new Uint8Array()

export type PlainCrl = Partial<Omit<Crl, 'extension' | 'extensions' | 'find'>> & {
  /** OIDs of its extensions, whether each is critical, and what it holds. */
  readonly marks?: readonly (readonly [oid: string, critical: boolean, value?: Uint8Array])[]
  /** What it says of every certificate. */
  readonly entry?: Partial<RevokedEntry>
}

/** A CRL as plain data, for rules that need neither keys nor DER: current from 0 to 1000, with a number, and empty. */
export const plainCrl = ({ marks = [['2.5.29.20', false]], entry, ...fields }: PlainCrl = {}): Crl => {
  const extensions = marks.map(([oid, critical, value = octets]) => ({ oid, critical, value }))
  return {
    der: octets,
    tbs: octets,
    signatureAlgorithm: undefined,
    signature: undefined,
    issuer: name(['CN', 'Issuer']),
    thisUpdate: 0,
    nextUpdate: 1000,
    authorityKeyIdentifier: undefined,
    issuingDistributionPoint: undefined,
    number: 1n,
    isDelta: false,
    baseNumber: undefined,
    entryCount: entry === undefined ? 0 : 1,
    faults: [],
    ...fields,
    extensions,
    extension: (oid) => extensions.find((each) => each.oid === oid),
    find: () =>
      entry === undefined ? undefined : { revokedAt: 1, reason: undefined, invalidityDate: undefined, ...entry }
  }
}
