import { createHash, sign } from 'node:crypto'
import { type ExtensionSpec, extension, type Issued, type KeyPair, time } from './authority.ts'
import { bitString, explicit, hexBytes, integer, nullValue, oid, sequence, tlv } from './der-writer.ts'

/** Makes OCSP responses for tests, right or wrong in whatever way a test asks for. */

const hashOids = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3'
} as const

export interface SingleSpec {
  readonly serialNumber: bigint
  /** Whose name and key are hashed; that of the response where there is none. */
  readonly issuer?: Pick<Issued, 'name' | 'key'>
  readonly hash?: keyof typeof hashOids
  /** Good by default; else the CertStatus as DER. */
  readonly status?: Uint8Array
  /** GeneralizedTime digits. */
  readonly thisUpdate?: string
  /** `null` leaves it out. */
  readonly nextUpdate?: string | null
  readonly extensions?: readonly ExtensionSpec[]
  /** Changes the fields of the answer. */
  readonly alter?: (fields: Uint8Array[]) => Uint8Array[]
}

export interface ResponseSpec {
  /** The issuer of the certificates, and who signs unless `signer` is there. */
  readonly issuer: Pick<Issued, 'name' | 'key'>
  readonly signer?: Pick<Issued, 'name' | 'key'>
  /** The key that signs, where it is not the signer's. */
  readonly key?: KeyPair
  /** How the signer is named: by name unless this says otherwise; or the ResponderID as DER. */
  readonly responder?: 'key' | Uint8Array
  readonly producedAt?: string
  readonly singles: readonly SingleSpec[]
  readonly extensions?: readonly ExtensionSpec[]
  /** Come with the response. */
  readonly certificates?: readonly Pick<Issued, 'der'>[]
  /** Changes the fields of ResponseData before they are signed. */
  readonly alter?: (fields: Uint8Array[]) => Uint8Array[]
  /** Changes the fields of BasicOCSPResponse. */
  readonly alterBasic?: (fields: Uint8Array[]) => Uint8Array[]
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))

export const generalizedTime = (digits: string): Uint8Array => time(digits)
export const enumerated = (value: number): Uint8Array => tlv(0x0a, Uint8Array.of(value))

export const good = tlv(0x80)
export const unknown = tlv(0x82)
/** `reason` as the number of CRLReason. */
export const revoked = (at = '20251201000000', reason?: number): Uint8Array =>
  explicit(1, generalizedTime(at), ...(reason === undefined ? [] : [explicit(0, enumerated(reason))]))

/** The value of the subjectPublicKey: what follows the BIT STRING's header and unused bits at the end of a P-256 or P-384 SPKI. */
const keyValue = ({ spki }: KeyPair): Uint8Array => {
  const start = Buffer.from(spki).indexOf(hexBytes(spki.length > 100 ? '03 62 00 04' : '03 42 00 04'))
  return spki.subarray(start + 3)
}

export const keyHash = (key: KeyPair, hash = 'sha1'): Uint8Array => createHash(hash).update(keyValue(key)).digest()

export const certId = (
  issuer: Pick<Issued, 'name' | 'key'>,
  serialNumber: bigint,
  hash: keyof typeof hashOids = 'sha1'
): Uint8Array =>
  sequence(
    sequence(oid(hashOids[hash]), nullValue),
    tlv(4, createHash(hash).update(issuer.name).digest()),
    tlv(4, keyHash(issuer.key, hash)),
    integer(serialNumber)
  )

const encoded = ({ oid: id, critical, value }: ExtensionSpec): Uint8Array =>
  sequence(oid(id), ...(critical ? [Uint8Array.of(1, 1, 0xff)] : []), tlv(4, value))

const extensionsIn = (number: number, extensions: readonly ExtensionSpec[] = []): readonly Uint8Array[] =>
  extensions.length === 0 ? [] : [explicit(number, sequence(...extensions.map(encoded)))]

const singleOf = (spec: SingleSpec, issuer: Pick<Issued, 'name' | 'key'>): Uint8Array => {
  const { nextUpdate = '20260201000000' } = spec
  const fields = [
    certId(spec.issuer ?? issuer, spec.serialNumber, spec.hash),
    spec.status ?? good,
    generalizedTime(spec.thisUpdate ?? '20260101000000'),
    ...(nextUpdate === null ? [] : [explicit(0, generalizedTime(nextUpdate))]),
    ...extensionsIn(1, spec.extensions)
  ]
  return sequence(...(spec.alter?.(fields) ?? fields))
}

/** An OCSPResponse with that status, and what it holds. */
export const responseWith = (status: number, basic?: Uint8Array, type = '1.3.6.1.5.5.7.48.1.1'): Uint8Array =>
  sequence(enumerated(status), ...(basic === undefined ? [] : [explicit(0, sequence(oid(type), tlv(4, basic)))]))

/** The DER of an OCSPResponse, signed with ECDSA on P-256. */
export const ocspResponseOf = (spec: ResponseSpec): Uint8Array => {
  const signer = spec.signer ?? spec.issuer
  const responder =
    spec.responder === 'key' ? explicit(2, tlv(4, keyHash(signer.key))) : (spec.responder ?? explicit(1, signer.name))
  const fields = [
    responder,
    generalizedTime(spec.producedAt ?? '20260101000000'),
    sequence(Buffer.concat(spec.singles.map((each) => singleOf(each, spec.issuer)))),
    ...extensionsIn(1, spec.extensions)
  ]
  const tbs = sequence(...(spec.alter?.(fields) ?? fields))
  const { privateKey } = spec.key ?? signer.key
  const { certificates = [] } = spec
  const basic = [
    tbs,
    ecdsaWithSha256,
    bitString(sign('sha256', tbs, privateKey)),
    ...(certificates.length === 0 ? [] : [explicit(0, sequence(...certificates.map(({ der }) => der)))])
  ]
  return responseWith(0, sequence(...(spec.alterBasic?.(basic) ?? basic)))
}

export const nonce = (octets: Uint8Array, critical = false): ExtensionSpec =>
  extension('1.3.6.1.5.5.7.48.1.2', tlv(4, octets), critical)
export const archiveCutoff = (digits: string): ExtensionSpec =>
  extension('1.3.6.1.5.5.7.48.1.6', generalizedTime(digits))
/** For the certificate of a responder: its status need not be asked. */
export const noCheck = extension('1.3.6.1.5.5.7.48.1.5', nullValue)
