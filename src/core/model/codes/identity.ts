import { row } from '../code-row.ts'

/** What is missed: a name that was asked for, and what the certificate has of that kind (the first 16). */
type Mismatch = { name: string; presented: readonly string[]; presentedCount: number }

const has = ({ presented, presentedCount }: Mismatch, kind: string): string => {
  if (presentedCount === 0) return `it has no subject alternative name that is ${kind}`
  const more = presentedCount - presented.length
  return `it is for ${presented.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Whether the certificate is for whom the request asks. */
export const identityCodes = {
  'hostname-mismatch': row<Mismatch>({
    distance: 1,
    reference: 'RFC 9525 §6.3',
    title: 'The certificate is not for the host name that was asked for',
    message: (details) => `The certificate is not for ${details.name}: ${has(details, 'a DNS name')}.`,
    remedy:
      'Use a name of the certificate, or have one issued with this name as a subject alternative name (in OpenSSL subjectAltName=DNS:…). A common name does not count.',
    openssl: [62]
  }),
  'ip-address-mismatch': row<Mismatch>({
    distance: 1,
    reference: 'RFC 9525 §6.4',
    title: 'The certificate is not for the IP address that was asked for',
    message: (details) =>
      `The certificate is not for the IP address ${details.name}: ${has(details, 'an IP address')}.`,
    remedy:
      'Connect by a name of the certificate, or have one issued with the address as a subject alternative name (in OpenSSL subjectAltName=IP:…).',
    openssl: [64]
  }),
  'email-mismatch': row<Mismatch>({
    distance: 1,
    reference: 'RFC 5280 §7.5',
    title: 'The certificate is not for the email address that was asked for',
    message: (details) =>
      `The certificate is not for the email address ${details.name}: ${has(details, 'an email address')}.`,
    remedy:
      'Have one issued with the address as a subject alternative name (in OpenSSL subjectAltName=email:…). The part before the @ is compared exactly.',
    openssl: [63]
  }),
  'uri-mismatch': row<Mismatch>({
    distance: 1,
    reference: 'RFC 5280 §7.4',
    title: 'The certificate is not for the URI that was asked for',
    message: (details) => `The certificate is not for the URI ${details.name}: ${has(details, 'a URI')}.`,
    remedy: 'Have one issued with this very URI as a subject alternative name (in OpenSSL subjectAltName=URI:…).'
  }),
  'wildcard-not-allowed': row<{ name: string; reason: string; asked?: string }>({
    distance: 1,
    reference: 'RFC 9525 §6.3',
    title: 'A wildcard stands where it must not',
    message: ({ name, reason, asked }) =>
      `The subject alternative name ${name}${asked === undefined ? '' : ` does not match ${asked}: it`} ${reason}.`,
    remedy:
      'Have the certificate issued with the full names, or with the wildcard as the whole left-most label (*.example.com).'
  }),
  'common-name-not-in-san': row<{ commonName: string; presented: readonly string[]; presentedCount: number }>({
    distance: 3,
    reference: 'CA/Browser Forum BR 7.1.4.3',
    title: 'The common name is not a copy of a subject alternative name',
    message: ({ commonName, presented }) =>
      `The common name ${commonName} is not a character-for-character copy of a subject alternative name of its kind (${presented.join(', ')}).`,
    remedy: 'Have the certificate issued without a common name, or with an exact copy of one of its alternative names.'
  })
}
