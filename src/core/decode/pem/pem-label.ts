/** What the label of a PEM block says that it holds. */
export type PemObject =
  | 'certificate'
  | 'trusted-certificate'
  | 'pkcs7'
  | 'crl'
  | 'private-key'
  | 'encrypted-private-key'
  | 'certificate-request'
  | 'ocsp-response'

/** The lines around a certificate, by the letter (RFC 7468 §5.1). */
export const certificateLines = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'] as const

/** RFC 7468 §5 to §11 and the labels that OpenSSL and OpenSSH write, or wrote once. */
const objects = new Map<string, PemObject>([
  ['CERTIFICATE', 'certificate'],
  ['X509 CERTIFICATE', 'certificate'],
  ['TRUSTED CERTIFICATE', 'trusted-certificate'],
  ['PKCS7', 'pkcs7'],
  ['PKCS #7 SIGNED DATA', 'pkcs7'],
  ['CMS', 'pkcs7'],
  ['X509 CRL', 'crl'],
  ['CRL', 'crl'],
  ['PRIVATE KEY', 'private-key'],
  ['RSA PRIVATE KEY', 'private-key'],
  ['EC PRIVATE KEY', 'private-key'],
  ['DSA PRIVATE KEY', 'private-key'],
  ['OPENSSH PRIVATE KEY', 'private-key'],
  ['ENCRYPTED PRIVATE KEY', 'encrypted-private-key'],
  ['CERTIFICATE REQUEST', 'certificate-request'],
  ['NEW CERTIFICATE REQUEST', 'certificate-request'],
  ['OCSP RESPONSE', 'ocsp-response']
])

export const objectOf = (label: string): PemObject | undefined => objects.get(label)

/** The label that was meant by one of other case or spacing; itself where there is none. */
export const intendedLabel = (label: string): string => {
  const plain = label.trim().replace(/\s+/g, ' ').toUpperCase()
  return objects.has(plain) ? plain : label
}
