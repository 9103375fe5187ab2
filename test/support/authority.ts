import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { bitString, explicit, hexBytes, integer, oid, sequence, tlv } from './der-writer.ts'

/** Issues real certificates for tests, right or wrong in whatever way a test asks for. */

export type KeyKind = 'p256' | 'p384' | 'rsa2048' | 'rsa1024' | 'ed25519'

export interface KeyPair {
  readonly privateKey: KeyObject
  readonly spki: Uint8Array
}

export interface ExtensionSpec {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
}

export interface CertificateSpec {
  /** Common name, or a Name as DER. */
  readonly subject: string | Uint8Array
  /** Who signs; the certificate signs itself where there is none. */
  readonly issuer?: Issued
  /** The issuer's name where it is not the issuer's subject. */
  readonly issuerName?: Uint8Array
  readonly key?: KeyKind | KeyPair
  /** UTCTime or GeneralizedTime digits, by length. */
  readonly notBefore?: string
  readonly notAfter?: string
  /** 3 by default; 1 leaves out the field. */
  readonly version?: number
  readonly serialNumber?: bigint
  /** Beside the key identifiers, which are there unless `keyIdentifiers` is false. */
  readonly extensions?: readonly ExtensionSpec[]
  readonly keyIdentifiers?: boolean
  /** Changes the to-be-signed fields before they are signed. */
  readonly alter?: (fields: Uint8Array[]) => Uint8Array[]
}

export interface Issued {
  readonly der: Uint8Array
  readonly pem: string
  readonly name: Uint8Array
  readonly key: KeyPair
}

const sha256Identifiers: Readonly<Record<string, { readonly algorithm: Uint8Array; readonly hash: string | null }>> = {
  ec: { algorithm: sequence(oid('1.2.840.10045.4.3.2')), hash: 'sha256' },
  rsa: { algorithm: sequence(oid('1.2.840.113549.1.1.11'), Uint8Array.of(5, 0)), hash: 'sha256' },
  ed25519: { algorithm: sequence(oid('1.3.101.112')), hash: null }
}

const spkiOf = (publicKey: KeyObject): Uint8Array => publicKey.export({ type: 'spki', format: 'der' })

export const keyPair = (kind: KeyKind = 'p256'): KeyPair => {
  const { privateKey, publicKey } =
    kind === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : kind === 'rsa2048' || kind === 'rsa1024'
        ? generateKeyPairSync('rsa', { modulusLength: kind === 'rsa2048' ? 2048 : 1024 })
        : generateKeyPairSync('ec', { namedCurve: kind === 'p256' ? 'P-256' : 'P-384' })
  return { privateKey, spki: spkiOf(publicKey) }
}

export const utf8 = (text: string, tag = 0x0c): Uint8Array => tlv(tag, Buffer.from(text, 'utf8'))

/** A Name of one common name. */
export const commonName = (text: string, tag = 0x0c): Uint8Array =>
  sequence(tlv(0x31, sequence(oid('2.5.4.3'), utf8(text, tag))))

export const time = (digits: string): Uint8Array => tlv(digits.length === 12 ? 0x17 : 0x18, Buffer.from(`${digits}Z`))

export const extension = (oidText: string, value: Uint8Array, critical = false): ExtensionSpec => ({
  oid: oidText,
  critical,
  value
})

const encoded = ({ oid: id, critical, value }: ExtensionSpec): Uint8Array =>
  sequence(oid(id), ...(critical ? [Uint8Array.of(1, 1, 0xff)] : []), tlv(4, value))

/** The SHA-1 of the key's SPKI: any octets will do as an identifier that is the same for the same key. */
export const keyIdentifier = ({ spki }: KeyPair): Uint8Array => createHash('sha1').update(spki).digest()

export const issue = (spec: CertificateSpec): Issued => {
  const key = typeof spec.key === 'object' ? spec.key : keyPair(spec.key)
  const signer = spec.issuer?.key ?? key
  const { algorithm, hash } = sha256Identifiers[signer.privateKey.asymmetricKeyType ?? ''] ?? {
    algorithm: sequence(),
    hash: null
  }
  const name = typeof spec.subject === 'string' ? commonName(spec.subject) : spec.subject
  const identifiers =
    spec.keyIdentifiers === false
      ? []
      : [
          extension('2.5.29.14', tlv(4, keyIdentifier(key))),
          extension('2.5.29.35', sequence(tlv(0x80, keyIdentifier(signer))))
        ]
  const extensions = [...identifiers, ...(spec.extensions ?? [])]
  const version = spec.version ?? 3
  const fields = [
    ...(version === 1 ? [] : [explicit(0, integer(version - 1))]),
    integer(spec.serialNumber ?? BigInt(`0x01${randomBytes(8).toString('hex')}`)),
    algorithm,
    spec.issuerName ?? spec.issuer?.name ?? name,
    sequence(time(spec.notBefore ?? '250101000000'), time(spec.notAfter ?? '350101000000')),
    name,
    key.spki,
    ...(extensions.length === 0 || version < 3 ? [] : [explicit(3, sequence(Buffer.concat(extensions.map(encoded))))])
  ]
  const tbs = sequence(...(spec.alter?.(fields) ?? fields))
  const der = sequence(tbs, algorithm, bitString(sign(hash, tbs, signer.privateKey)))
  return { der, pem: pemOf(der), name, key }
}

export const pemOf = (der: Uint8Array, label = 'CERTIFICATE'): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

export const basicConstraints = (ca: boolean, pathLength?: number, critical = true): ExtensionSpec =>
  extension(
    '2.5.29.19',
    sequence(...(ca ? [Uint8Array.of(1, 1, 0xff)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
    critical
  )

/** `bits` as in the content octets of the BIT STRING, so `'02 04'` is keyCertSign: see RFC 5280 §4.2.1.3. */
export const keyUsage = (bits: string, critical = true): ExtensionSpec =>
  extension('2.5.29.15', tlv(3, hexBytes(bits)), critical)

export const certSignAndCrlSign = '01 06'
export const digitalSignature = '07 80'

export const extendedKeyUsage = (...purposes: readonly string[]): ExtensionSpec =>
  extension('2.5.29.37', sequence(Buffer.concat(purposes.map(oid))))

export const dnsName = (text: string): Uint8Array => tlv(0x82, Buffer.from(text, 'latin1'))

export const alternativeNames = (names: readonly (string | Uint8Array)[], critical = false): ExtensionSpec =>
  extension(
    '2.5.29.17',
    sequence(Buffer.concat(names.map((name) => (typeof name === 'string' ? dnsName(name) : name)))),
    critical
  )

const caExtensions = [basicConstraints(true), keyUsage(certSignAndCrlSign)]

/** A self-signed CA as people make them. */
export const root = (subject = 'Test Root', spec: Partial<CertificateSpec> = {}): Issued =>
  issue({ subject, extensions: caExtensions, ...spec })

export const intermediate = (
  issuer: Issued,
  subject = 'Test Intermediate',
  spec: Partial<CertificateSpec> = {}
): Issued => issue({ subject, issuer, extensions: caExtensions, ...spec })

/** A server certificate for `name`. */
export const server = (issuer: Issued, name = 'www.example.test', spec: Partial<CertificateSpec> = {}): Issued =>
  issue({
    subject: name,
    issuer,
    extensions: [keyUsage(digitalSignature), extendedKeyUsage('1.3.6.1.5.5.7.3.1'), alternativeNames([name])],
    ...spec
  })
