import type { formCodes } from '../codes/form.ts'
import { check, type Explanation, showCertificate } from '../explanation.ts'

type ExtensionCode = Extract<keyof typeof formCodes, `extension-${string}`>

/** Faults of extensions: that they cannot be read, contradict each other, or are or are not there. */
export const extensionExplanations: Readonly<Record<ExtensionCode, Explanation>> = {
  'extension-malformed': {
    meaning: 'What an extension says cannot be read. Whatever it was meant to limit, nobody can keep to it.',
    causes: [
      'The extension was given as hex (in OpenSSL DER:…) with a wrong tag or length.',
      'A tool of its own wrote it.'
    ],
    check: check(showCertificate, 'The extension as hex, or <parse error>, where it should be in words.'),
    names: {
      go: 'x509: invalid … extension',
      java: 'CertificateParsingException',
      dotnet: 'InvalidExtension',
      firefox: 'SEC_ERROR_EXTENSION_VALUE_INVALID'
    }
  },
  'extension-duplicate': {
    meaning:
      'An extension stands in a certificate once at most. Of two that say different things, software would take one or the other.',
    causes: ['The extension came from the request and from the extensions file (copy_extensions = copyall).'],
    check: check(showCertificate, 'The extension twice.'),
    names: {
      go: 'x509: certificate contains duplicate extensions',
      java: 'CertificateParsingException',
      dotnet: 'InvalidExtension',
      firefox: 'SEC_ERROR_EXTENSION_VALUE_INVALID'
    }
  },
  'extension-inconsistent': {
    meaning: 'Basic constraints and key usage disagree on whether the certificate is that of a CA.',
    causes: [
      'keyCertSign was given to a server, or a CA was left without it.',
      'A path length was set where cA is FALSE.'
    ],
    check: check(
      'openssl x509 -in cert.pem -noout -ext basicConstraints,keyUsage',
      'CA:TRUE and Certificate Sign: both or neither.'
    ),
    names: { dotnet: 'InvalidBasicConstraints' }
  },
  'extension-not-allowed': {
    meaning: 'An extension stands where the rules that were asked for do not have it.',
    causes: ['A root was made with extensions that are for certificates below it, as an extended key usage.'],
    check: check(showCertificate, 'The extension that the message names.')
  },
  'extension-missing': {
    meaning: 'An extension is not there that the rules that were asked for need.',
    causes: [
      'The certificate was issued without an extensions file, or for another use than that of a public web server.'
    ],
    check: check(showCertificate, 'The extensions that are there.')
  },
  'extension-critical-unknown': {
    meaning: 'Critical means: who does not understand this extension must not use the certificate.',
    causes: [
      'The certificate is made for special software, or is a poisoned precertificate of Certificate Transparency.',
      'A private extension was marked critical without need.'
    ],
    check: check(`${showCertificate} | grep -A1 critical`, 'An OID in place of a name before critical.'),
    names: {
      go: 'x509: unhandled critical extension',
      java: 'CertPathValidatorException: UNRECOGNIZED_CRIT_EXT',
      dotnet: 'HasNotSupportedCriticalExtension',
      chromium: 'ERR_CERT_INVALID',
      firefox: 'SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION'
    }
  },
  'extension-criticality-wrong': {
    meaning:
      'The standard says of each extension whether it is to be critical, so that old software knows what it may pass over.',
    causes: ['basicConstraints=CA:TRUE was written without critical, in the extensions file of the CA.'],
    check: check(showCertificate, 'critical behind the name of the extension, or not.')
  }
}
