import { type DerKind, kindOf } from './der-kind.ts'

/** What holds certificates, or looks as if it did, and is not taken. */
export type Container = keyof typeof conversions

/** What each is, and the command that makes of it what is taken. */
const conversions = {
  pkcs12:
    'it is a PKCS#12 file; take the certificates out of it with: openssl pkcs12 -in FILE -nokeys -out certificates.pem',
  'java-key-store':
    'it is a Java key store; take the certificates out of it with: keytool -list -rfc -keystore FILE > certificates.pem',
  jceks:
    'it is a Java key store (JCEKS); take the certificates out of it with: keytool -list -rfc -storetype JCEKS -keystore FILE > certificates.pem',
  'private-key':
    'it is a private key in DER, not a certificate; if it is to be held against one, send both as PEM: openssl pkey -inform DER -in FILE -out key.pem',
  'encrypted-private-key': 'it is an encrypted private key, not a certificate',
  'public-key': 'it is a bare public key, not a certificate',
  'certificate-request':
    'it is a certificate signing request; send the certificate that the CA issued for it (openssl req -inform DER -in FILE -noout -subject shows what it asks for)',
  'ocsp-response': 'it is an OCSP response, whose place is ocspResponses',
  zip: 'it is a ZIP archive; unpack it first: unzip FILE',
  gzip: 'it is compressed with gzip; unpack it first: gunzip FILE'
} as const satisfies Partial<Record<DerKind, string>> & Record<string, string>

const magics: readonly (readonly [string, Container])[] = [
  ['feedfeed', 'java-key-store'],
  ['cececece', 'jceks'],
  ['504b0304', 'zip'],
  ['1f8b08', 'gzip']
]

export const containerOf = (octets: Uint8Array): Container | undefined => {
  const head = Buffer.from(octets.subarray(0, 4)).toString('hex')
  const known = magics.find(([magic]) => head.startsWith(magic))
  if (known !== undefined) return known[1]
  const kind = kindOf(octets)
  return kind in conversions ? (kind as DerKind & Container) : undefined
}

export const containerFault = (container: Container): string => conversions[container]

/** A byte order mark of UTF-16, or hyphens with a NUL after or before each, as text in UTF-16 has them without one. */
export const isUtf16 = (octets: Uint8Array): boolean => {
  const [first, second] = octets
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.length)
  return buffer.includes(wideHyphens)
}

const wideHyphens = Buffer.from('\0-\0-\0-\0-\0', 'latin1')
