import { row } from '../code-row.ts'

/** Faults of form: what a certificate says about itself by RFC 5280 §4 and by DER. */
export const formCodes = {
  'pem-malformed': row<{ reason: string; source: string; line: number }>({
    distance: 20,
    reference: 'RFC 7468 §2',
    title: 'A PEM block cannot be read',
    message: ({ reason, source, line }) => `The PEM block at line ${line} of ${source} cannot be read: ${reason}.`,
    remedy: 'Copy the block again, whole, from its BEGIN line to its END line.'
  }),
  'object-ignored': row<{ reason: string; source: string }>({
    distance: 1,
    reference: 'RFC 7468 §2',
    title: 'Something in the input is not used for validation',
    message: ({ reason, source }) => `${source} is not used: ${reason}.`,
    remedy: 'Nothing has to be done, unless it was meant to be a certificate.'
  }),
  'certificate-malformed': row<{ reason: string; source?: string }>({
    distance: 20,
    reference: 'RFC 5280 §4.1',
    title: 'The certificate is not well-formed DER',
    message: ({ reason, source }) => `${source ?? 'The certificate'} is not well formed: ${reason}.`,
    remedy:
      'Fetch the certificate again from where it was issued; if it is the same there, its issuer has to issue it anew.'
  }),
  'encoding-not-distinguished': row<{ field: string; reason: string }>({
    distance: 1,
    reference: 'X.690 §11',
    title: 'Something is encoded in a form that is not DER, and cannot be misread',
    message: ({ field, reason }) => `${field} ${reason}, which DER does not allow; it can be read in one way only.`,
    remedy: 'The issuer should encode its certificates by DER.'
  }),
  'version-unsupported': row<{ version: number; reason: string }>({
    distance: 20,
    reference: 'RFC 5280 §4.1.2.1',
    title: 'The version of the certificate does not fit what it holds',
    message: ({ version, reason }) => `The certificate has version ${version}: ${reason}.`,
    remedy: 'Have it issued anew as version 3.',
    openssl: [93]
  }),
  'serial-number-invalid': row<{ serialNumber: string; reason: string }>({
    distance: 3,
    reference: 'RFC 5280 §4.1.2.2',
    title: 'The serial number is not a positive number of at most 20 octets',
    message: ({ serialNumber, reason }) => `The serial number ${shortened(serialNumber)} ${reason}.`,
    remedy: 'The issuer has to issue it anew with a positive serial number of at most 20 octets.'
  }),
  'issuer-name-empty': row({
    distance: 3,
    reference: 'RFC 5280 §4.1.2.4',
    title: 'The issuer name is empty',
    message: () => 'The certificate names no issuer.',
    remedy: 'The issuing CA needs a non-empty subject, and its certificates have to repeat it as their issuer.',
    openssl: [83]
  }),
  'subject-name-empty': row({
    distance: 3,
    reference: 'RFC 5280 §4.1.2.6',
    title: 'A CA certificate has an empty subject name',
    message: () => 'The certificate is that of a CA and names no subject.',
    remedy: 'Issue the CA certificate anew with a distinguished name as its subject.',
    openssl: [84]
  }),
  'validity-malformed': row<{ reason: string }>({
    distance: 20,
    reference: 'RFC 5280 §4.1.2.5',
    title: 'The validity period cannot be read',
    message: ({ reason }) => `The validity period cannot be read: ${reason}.`,
    remedy: 'The issuer has to issue the certificate anew with times as UTCTime or GeneralizedTime in UTC.',
    openssl: [13, 14]
  }),
  'validity-encoding': row<{ field: string }>({
    distance: 1,
    reference: 'RFC 5280 §4.1.2.5',
    title: 'A time before 2050 is written as GeneralizedTime',
    message: ({ field }) => `${field} lies before 2050 and is a GeneralizedTime; it should be a UTCTime.`,
    remedy: 'The issuer should write times before 2050 as UTCTime.'
  }),
  'extension-malformed': row<{ extension: string; oid: string; reason: string }>({
    distance: 15,
    reference: 'RFC 5280 §4.2',
    title: 'An extension cannot be read',
    message: ({ extension, reason }) => `The extension ${extension} cannot be read: ${reason}.`,
    remedy: 'The issuer has to issue the certificate anew with a well-formed extension.',
    openssl: [41]
  }),
  'extension-duplicate': row<{ extension: string; oid: string }>({
    distance: 15,
    reference: 'RFC 5280 §4.2',
    title: 'An extension is there more than once',
    message: ({ extension }) =>
      `The extension ${extension} is there more than once, so it is not certain what it says.`,
    remedy: 'The issuer has to issue the certificate anew with one of them.',
    openssl: [104]
  }),
  'extension-inconsistent': row<{ reason: string }>({
    distance: 3,
    reference: 'RFC 5280 §4.2.1.9',
    title: 'Two extensions contradict each other',
    message: ({ reason }) => `The extensions contradict each other: ${reason}.`,
    remedy: 'Issue the certificate anew: CA certificates have cA TRUE and keyCertSign, others have neither.',
    openssl: [80, 81, 82, 92]
  }),
  'extension-not-allowed': row<{ extension: string; reason: string }>({
    distance: 3,
    reference: 'RFC 5280 §4.2',
    title: 'An extension is there that must not be',
    message: ({ extension, reason }) => `The extension ${extension} must not be there: ${reason}.`,
    remedy: 'Have the certificate issued anew without it.'
  }),
  'extension-missing': row<{ extension: string; reason: string }>({
    distance: 3,
    reference: 'RFC 5280 §4.2',
    title: 'An extension is missing that must be there',
    message: ({ extension, reason }) => `The extension ${extension} is missing: ${reason}.`,
    remedy: 'Have the certificate issued anew with it.'
  }),
  'extension-critical-unknown': row<{ extension: string; oid: string }>({
    distance: 15,
    reference: 'RFC 5280 §6.1.4 (o)',
    title: 'A critical extension is not understood',
    message: ({ extension }) =>
      `The extension ${extension} is critical and not one that is understood here, so the certificate must not be used.`,
    remedy: 'Use a certificate without it, or software made for that extension.',
    openssl: [34]
  }),
  'extension-criticality-wrong': row<{ extension: string; expected: 'critical' | 'not critical' }>({
    distance: 3,
    reference: 'RFC 5280 §4.2.1',
    title: 'An extension is critical and must not be, or the other way round',
    message: ({ extension, expected }) => `The extension ${extension} has to be ${expected}.`,
    remedy: 'The issuer has to issue the certificate anew with the extension marked as the standard asks.',
    openssl: [88, 89, 90, 91]
  }),
  'authority-key-identifier-missing': row({
    distance: 3,
    reference: 'RFC 5280 §4.2.1.1',
    title: 'The authority key identifier is missing',
    message: () => 'The certificate is not self-signed and has no key identifier of its issuer.',
    remedy: 'The issuer has to add the authority key identifier (in OpenSSL authorityKeyIdentifier=keyid).',
    openssl: [85]
  }),
  'authority-key-identifier-invalid': row<{ reason: string }>({
    distance: 3,
    reference: 'RFC 5280 §4.2.1.1',
    title: 'The authority key identifier does not say what it must',
    message: ({ reason }) => `The authority key identifier is not as it must be: ${reason}.`,
    remedy: 'Issue the certificate anew with the key identifier of its issuer alone.'
  }),
  'subject-key-identifier-missing': row({
    distance: 3,
    reference: 'RFC 5280 §4.2.1.2',
    title: 'A CA certificate has no subject key identifier',
    message: () => 'The certificate is that of a CA and has no subject key identifier.',
    remedy: 'Issue the CA certificate anew with one (in OpenSSL subjectKeyIdentifier=hash).',
    openssl: [86]
  }),
  'subject-alternative-name-missing': row<{ reason: string }>({
    distance: 3,
    reference: 'RFC 5280 §4.2.1.6',
    title: 'The certificate has no subject alternative name',
    message: ({ reason }) => `The certificate has no subject alternative name: ${reason}.`,
    remedy: 'Have it issued with the names as subject alternative names (in OpenSSL subjectAltName=DNS:…).'
  }),
  'subject-alternative-name-invalid': row<{ name: string; reason: string }>({
    distance: 3,
    reference: 'RFC 5280 §4.2.1.6',
    title: 'A subject alternative name is not what its type allows',
    message: ({ name, reason }) => `The subject alternative name ${name} ${reason}.`,
    remedy: 'Have the certificate issued anew with well-formed names of the right type.',
    openssl: [87]
  })
}

const shortened = (text: string): string => (text.length > 64 ? `${text.slice(0, 64)}…` : text)
