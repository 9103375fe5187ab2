import { row } from '../code-row.ts'
import { purposesText } from '../options.ts'

/** Faults of what a certificate may be used for: as a CA, for how long a path, for which purposes. */
export const usageCodes = {
  'issuer-not-ca': row<{ version: number; basicConstraints: 'absent' | 'not-ca' }>({
    distance: 10,
    reference: 'RFC 5280 §6.1.4 (k)',
    title: 'A certificate in the place of a CA is not that of a CA',
    message: ({ version, basicConstraints }) =>
      `The certificate has issued another one of the path and is not that of a CA: ${
        basicConstraints === 'not-ca' ? 'its basicConstraints say cA FALSE' : absence(version)
      }.`,
    remedy:
      'Have the CA certificate issued anew with basicConstraints cA TRUE (in OpenSSL basicConstraints=critical,CA:TRUE), or use a certificate that was issued by a CA.',
    openssl: [79]
  }),
  'path-length-exceeded': row<{ allowed: number; setBy: number }>({
    distance: 10,
    reference: 'RFC 5280 §6.1.4 (l)',
    title: 'More CA certificates follow than a path length constraint allows',
    message: ({ allowed, setBy }) =>
      `Certificate ${setBy} of the path allows ${counted(allowed)} between itself and the end entity; this one is one too many.`,
    remedy: 'Have the CA that sets pathLenConstraint issued anew with a higher one, or shorten the chain.',
    openssl: [25]
  }),
  'path-too-long': row<{ allowed: number; found: number }>({
    distance: 10,
    reference: 'RFC 5280 §6.1',
    title: 'The path has more intermediate certificates than the request allows',
    message: ({ allowed, found }) =>
      `The path has ${counted(found)} that count, and the request allows ${allowed} (maxIntermediates).`,
    remedy: 'Allow more with maxIntermediates, or trust a CA that is nearer to the certificate.',
    openssl: [22]
  }),
  'cert-sign-not-allowed': row<{ keyUsage: readonly string[] }>({
    distance: 10,
    reference: 'RFC 5280 §6.1.4 (n)',
    title: 'The key usage of a CA certificate does not allow signing certificates',
    message: ({ keyUsage }) =>
      `The certificate has issued another one of the path, and its key usage is ${keyUsage.join(', ')} without keyCertSign.`,
    remedy: 'Have the CA certificate issued anew with keyCertSign (in OpenSSL keyUsage=critical,keyCertSign,cRLSign).',
    openssl: [32]
  }),
  'key-usage-mismatch': row<{ missing: readonly string[]; asserted: readonly string[] }>({
    distance: 3,
    reference: 'RFC 5280 §4.2.1.3',
    title: 'The key usage of the certificate lacks what the request asks for',
    message: ({ missing, asserted }) =>
      `The request asks for the key usage ${missing.join(', ')}, and the certificate asserts only ${asserted.join(', ')}.`,
    remedy: 'Have the certificate issued anew with the key usage, or use one that is meant for it.',
    openssl: [26]
  }),
  'end-entity-is-ca': row({
    distance: 3,
    reference: 'CA/Browser Forum BR 7.1.2.7.8, 7.1.2.7.11',
    title: 'A CA certificate is used as that of a server',
    message: () =>
      'The certificate is that of a CA (cA TRUE or keyCertSign), and a TLS server must not have such a one.',
    remedy:
      'Use a certificate that a CA has issued to the server, with basicConstraints cA FALSE and without keyCertSign.'
  }),
  'purpose-not-allowed': row<{ purposes: readonly string[]; allowed: readonly string[] }>({
    distance: 3,
    reference: 'RFC 5280 §4.2.1.12',
    title: 'The extended key usage of the certificate does not allow the purpose',
    message: ({ purposes, allowed }) =>
      `The certificate may not be used for ${purposesText(purposes)}; its extended key usage allows ${purposesText(allowed)}.`,
    remedy:
      'Have the certificate issued anew for the purpose (in OpenSSL extendedKeyUsage=…), or use one that is meant for it.',
    openssl: [26]
  }),
  'purpose-not-allowed-by-issuer': row<{ purposes: readonly string[]; allowed: readonly string[] }>({
    distance: 3,
    reference: 'RFC 5280 §4.2.1.12',
    title: 'The extended key usage of a CA does not allow the purpose to what it issues',
    message: ({ purposes, allowed }) =>
      `Certificates below this CA may not be used for ${purposesText(purposes)}; its extended key usage allows ${purposesText(allowed)}.`,
    remedy: 'Get the certificate from a CA that issues for the purpose.',
    openssl: [26]
  })
}

const absence = (version: number): string =>
  version < 3
    ? `version ${version} has no basicConstraints, which would say so`
    : 'it has no basicConstraints, which would say so'

const counted = (count: number): string =>
  `${count === 0 ? 'no' : count} intermediate certificate${count === 1 ? '' : 's'}`
