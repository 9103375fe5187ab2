import type { usageCodes } from '../codes/usage.ts'
import { check, type Explanation } from '../explanation.ts'

const constraints = 'openssl x509 -in cert.pem -noout -ext basicConstraints,keyUsage'
const purposes = 'openssl x509 -in cert.pem -noout -ext extendedKeyUsage'

export const usageExplanations: Readonly<Record<keyof typeof usageCodes, Explanation>> = {
  'issuer-not-ca': {
    meaning:
      'Whoever has a certificate has a key that can sign, but only a CA may sign certificates; this one does not say that it is.',
    causes: [
      'The CA was made without basicConstraints=critical,CA:TRUE, or as version 1.',
      'A server’s certificate was used to sign another one.'
    ],
    check: check(constraints, 'CA:TRUE is missing.'),
    names: {
      go: 'x509: certificate is not authorized to sign other certificates',
      java: 'CertPathValidatorException: NOT_CA_CERT',
      dotnet: 'InvalidBasicConstraints',
      chromium: 'ERR_CERT_INVALID',
      firefox: 'SEC_ERROR_CA_CERT_INVALID; MOZILLA_PKIX_ERROR_V1_CERT_USED_AS_CA'
    }
  },
  'path-length-exceeded': {
    meaning: 'A CA above allows only so many CAs between itself and the end entity.',
    causes: ['A CA with pathlen:0 issued another CA.'],
    check: check(
      'openssl storeutl -noout -text -certs chain.pem | grep pathlen',
      'pathlen, and how many CAs stand below it.'
    ),
    names: {
      go: 'x509: too many intermediates for path length constraint',
      java: 'CertPathValidatorException: PATH_TOO_LONG',
      dotnet: 'InvalidBasicConstraints',
      chromium: 'ERR_CERT_INVALID',
      firefox: 'SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID'
    }
  },
  'path-too-long': {
    meaning: 'The path is well, and longer than the request allows.',
    causes: ['maxIntermediates is set for a hierarchy with fewer levels.'],
    check: check("grep -c -e '-----BEGIN CERTIFICATE' chain.pem", 'How many certificates were sent.'),
    names: { java: 'CertPathValidatorException: PATH_TOO_LONG' }
  },
  'cert-sign-not-allowed': {
    meaning: 'The certificate says that it is that of a CA, but its key usage leaves out the signing of certificates.',
    causes: ['The CA was made with keyUsage=cRLSign alone, or with the key usage of a server.'],
    check: check(constraints, 'Certificate Sign is missing.'),
    names: {
      go: 'x509: certificate is not authorized to sign other certificates',
      java: 'CertPathValidatorException: INVALID_KEY_USAGE',
      dotnet: 'NotValidForUsage',
      chromium: 'ERR_CERT_INVALID',
      firefox: 'SEC_ERROR_INADEQUATE_KEY_USAGE'
    }
  },
  'key-usage-mismatch': {
    meaning: 'The key is not meant for the operation that is asked for.',
    causes: ['An encryption certificate is used to sign, or the other way round.'],
    check: check('openssl x509 -in cert.pem -noout -ext keyUsage', 'What the key is for.'),
    names: {
      java: 'CertPathValidatorException: INVALID_KEY_USAGE',
      dotnet: 'NotValidForUsage',
      firefox: 'SEC_ERROR_INADEQUATE_KEY_USAGE'
    }
  },
  'end-entity-is-ca': {
    meaning:
      'A CA’s own certificate stands in the place of a server’s. Its key would be on a machine that it does not belong on.',
    causes: ['openssl req -x509 makes CA certificates unless it is told otherwise.'],
    check: check(constraints, 'CA:TRUE or Certificate Sign.'),
    names: { firefox: 'MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY' }
  },
  'purpose-not-allowed': {
    meaning: 'The certificate lists what it may be used for, and what is asked for is not in the list.',
    causes: [
      'A server’s certificate is used by a client, or the other way round: public CAs no longer issue for clients.',
      'The extensions file of another use was taken.'
    ],
    check: check(purposes, 'The purposes that it has.'),
    names: {
      go: 'x509: certificate specifies an incompatible key usage',
      java: 'Extended key usage does not permit use for TLS server authentication',
      dotnet: 'NotValidForUsage',
      chromium: 'ERR_CERT_INVALID',
      firefox: 'SEC_ERROR_INADEQUATE_CERT_TYPE'
    }
  },
  'purpose-not-allowed-by-issuer': {
    meaning: 'A CA above is limited to certain purposes, and so is everything that it issues.',
    causes: ['A CA for email or for clients issued the certificate of a server.'],
    check: check(purposes, 'The purposes that the CA has.'),
    names: {
      go: 'x509: certificate specifies an incompatible key usage',
      dotnet: 'NotValidForUsage',
      firefox: 'SEC_ERROR_INADEQUATE_CERT_TYPE'
    }
  }
}
