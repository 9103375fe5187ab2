import { sign } from 'node:crypto'
import { type ExtensionSpec, extension, type Issued, type KeyPair, keyIdentifier, time } from './authority.ts'
import { bitString, explicit, hexBytes, integer, oid, sequence, tlv } from './der-writer.ts'

/** Makes CRLs for tests, right or wrong in whatever way a test asks for. */

export interface EntrySpec {
  /** Or the INTEGER as DER. */
  readonly serialNumber: bigint | Uint8Array
  readonly revokedAt?: string
  readonly extensions?: readonly ExtensionSpec[]
}

export interface CrlSpec {
  /** The issuer's name, and its key unless `key` is there. */
  readonly issuer: Pick<Issued, 'name' | 'key'>
  readonly key?: KeyPair
  /** 2 by default; 1 leaves out the field. */
  readonly version?: number
  readonly thisUpdate?: string
  /** `null` leaves it out. */
  readonly nextUpdate?: string | null
  readonly entries?: readonly EntrySpec[]
  /** In place of the CRL number alone. */
  readonly extensions?: readonly ExtensionSpec[]
  /** Changes the to-be-signed fields before they are signed. */
  readonly alter?: (fields: Uint8Array[]) => Uint8Array[]
}

/** ecdsa-with-SHA256 */
const algorithm = sequence(oid('1.2.840.10045.4.3.2'))

const encoded = ({ oid: id, critical, value }: ExtensionSpec): Uint8Array =>
  sequence(oid(id), ...(critical ? [Uint8Array.of(1, 1, 0xff)] : []), tlv(4, value))

const entryOf = ({ serialNumber, revokedAt = '250601000000', extensions = [] }: EntrySpec): Uint8Array =>
  sequence(
    typeof serialNumber === 'bigint' ? integer(serialNumber) : serialNumber,
    time(revokedAt),
    ...(extensions.length === 0 ? [] : [sequence(...extensions.map(encoded))])
  )

/** The DER of a CRL, signed with ECDSA on P-256. */
export const crlOf = (spec: CrlSpec): Uint8Array => {
  const { version = 2, entries = [], extensions = [crlNumber(1)], nextUpdate = '260201000000' } = spec
  const fields = [
    ...(version === 1 ? [] : [integer(version - 1)]),
    algorithm,
    spec.issuer.name,
    time(spec.thisUpdate ?? '260101000000'),
    ...(nextUpdate === null ? [] : [time(nextUpdate)]),
    ...(entries.length === 0 ? [] : [sequence(...entries.map(entryOf))]),
    ...(extensions.length === 0 ? [] : [explicit(0, sequence(...extensions.map(encoded)))])
  ]
  const tbs = sequence(...(spec.alter?.(fields) ?? fields))
  const { privateKey } = spec.key ?? spec.issuer.key
  return sequence(tbs, algorithm, bitString(sign('sha256', tbs, privateKey)))
}

export const crlNumber = (number: number, critical = false): ExtensionSpec =>
  extension('2.5.29.20', integer(number), critical)
export const deltaIndicator = (base: number): ExtensionSpec => extension('2.5.29.27', integer(base), true)
/** `hex` is the content of the SEQUENCE. */
export const issuingDistributionPoint = (...fields: readonly Uint8Array[]): ExtensionSpec =>
  extension('2.5.29.28', sequence(...fields), true)
/** A flag of issuingDistributionPoint: 1 user certificates, 2 CA certificates, 4 indirect, 5 attribute certificates. */
export const flag = (number: number): Uint8Array => tlv(0x80 | number, Uint8Array.of(0xff))
/** The contents of a BIT STRING, as `'05 60'` for keyCompromise and cACompromise. */
export const someReasons = (bits: string): Uint8Array => tlv(0x83, hexBytes(bits))
export const uri = (text: string): Uint8Array => tlv(0x86, Buffer.from(text, 'latin1'))
export const directoryName = (name: Uint8Array): Uint8Array => explicit(4, name)
/** A DistributionPointName of full names, within its explicit tag [0]. */
export const fullName = (...names: readonly Uint8Array[]): Uint8Array => explicit(0, explicit(0, ...names))
export const reasonCode = (reason: number): ExtensionSpec => extension('2.5.29.21', tlv(10, Uint8Array.of(reason)))
export const invalidityDate = (digits: string): ExtensionSpec => extension('2.5.29.24', time(digits))
export const certificateIssuer = (...names: readonly Uint8Array[]): ExtensionSpec =>
  extension('2.5.29.29', sequence(...names.map(directoryName)), true)
/** The key identifier that `issue` gives a key. */
export const authorityKey = (key: KeyPair): ExtensionSpec =>
  extension('2.5.29.35', sequence(tlv(0x80, keyIdentifier(key))))

/** Fields of a DistributionPoint, each with its tag. */
export const pointReasons = (bits: string): Uint8Array => tlv(0x81, hexBytes(bits))
export const crlIssuer = (...names: readonly Uint8Array[]): Uint8Array => explicit(2, ...names.map(directoryName))
/** A certificate's distribution points, each the fields of one. */
export const distributionPoints = (...points: readonly (readonly Uint8Array[])[]): ExtensionSpec =>
  extension('2.5.29.31', sequence(Buffer.concat(points.map((fields) => sequence(...fields)))))
