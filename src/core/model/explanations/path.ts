import type { pathCodes } from '../codes/path.ts'
import { check, type Explanation, verifyChain } from '../explanation.ts'

const chainNames = 'openssl storeutl -noout -text -certs chain.pem | grep -e Issuer: -e Subject:'
const identifiers = 'openssl x509 -in cert.pem -noout -issuer -ext authorityKeyIdentifier'

export const pathExplanations: Readonly<Record<keyof typeof pathCodes, Explanation>> = {
  'issuer-not-found': {
    meaning: 'The way from the certificate to a trust anchor has a gap: who issued this one is not known here.',
    causes: [
      'The server sends its own certificate alone, without the intermediates. Browsers often hide this, since they keep or fetch them.',
      'An intermediate is of an older or newer CA than the one that issued.',
      'The CA is a private one, and its root is not in the trust store that was asked.'
    ],
    check: check(chainNames, 'Each issuer is the subject of the next; the last issuer is missing.'),
    names: {
      go: 'x509: certificate signed by unknown authority',
      java: 'PKIX path building failed: unable to find valid certification path to requested target',
      dotnet: 'PartialChain',
      chromium: 'ERR_CERT_AUTHORITY_INVALID',
      firefox: 'SEC_ERROR_UNKNOWN_ISSUER'
    }
  },
  'self-signed-not-trusted': {
    meaning: 'The certificate vouches for itself, which counts only where somebody has decided to trust this very one.',
    causes: [
      'A certificate was made with openssl req -x509 to try something, and stayed.',
      'An appliance made its own when it was installed.'
    ],
    check: check('openssl x509 -in cert.pem -noout -subject -issuer', 'Subject and issuer are the same.'),
    names: {
      go: 'x509: certificate signed by unknown authority',
      java: 'PKIX path building failed: unable to find valid certification path to requested target',
      dotnet: 'UntrustedRoot',
      chromium: 'ERR_CERT_AUTHORITY_INVALID',
      firefox: 'MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT'
    }
  },
  'root-not-trusted': {
    meaning:
      'The chain is complete, and its root is not one that is trusted. That a root was sent along does not make it trusted.',
    causes: [
      'The CA is private, or too new or too old for the trust store that was asked.',
      'Somebody in between, as a proxy, issues certificates of its own.'
    ],
    check: check(verifyChain, 'self-signed certificate in certificate chain.'),
    names: {
      go: 'x509: certificate signed by unknown authority',
      java: 'CertPathValidatorException: NO_TRUST_ANCHOR',
      dotnet: 'UntrustedRoot',
      chromium: 'ERR_CERT_AUTHORITY_INVALID',
      firefox: 'SEC_ERROR_UNKNOWN_ISSUER'
    }
  },
  'name-chaining-broken': {
    meaning: 'Each certificate names the one above as its issuer. Here it names another.',
    causes: ['The CA was renamed or its name is written otherwise, while certificates still name it as before.'],
    check: check(chainNames, 'An issuer that is not the next subject.'),
    names: {
      go: 'x509: issuer name does not match subject from issuing certificate',
      java: 'CertPathValidatorException: NAME_CHAINING',
      dotnet: 'PartialChain'
    }
  },
  'key-identifier-mismatch': {
    meaning:
      'A certificate of the right name has another key than the one that signed. It was left out of the path for that.',
    causes: ['The CA has renewed its key under the same name, and the chain holds its certificate of the other key.'],
    check: check(identifiers, 'The key identifier; compare it with the subject key identifier of the CA certificate.'),
    names: { go: 'x509: certificate signed by unknown authority', dotnet: 'PartialChain' }
  },
  'path-loop': {
    meaning: 'Two CAs have certified each other, so a path over one could go round for ever. Such ways are given up.',
    causes: ['Cross-certificates in both directions were sent along.'],
    check: check(chainNames, 'Two certificates with subject and issuer exchanged.'),
    names: { dotnet: 'Cyclic' }
  },
  'limit-reached': {
    meaning:
      'To judge the chain would have cost more than one request may. It is neither valid nor invalid: nobody knows.',
    causes: ['A whole bundle of CAs was sent as the chain.', 'Somebody tries to keep the service busy.'],
    check: check(
      "grep -c -e '-----BEGIN' chain.pem",
      'How many certificates were sent: more than ten are seldom needed.'
    ),
    names: { go: 'x509: signature check attempts limit reached while verifying certificate chain' }
  },
  'fetching-unavailable': {
    meaning: 'The request allows the service to fetch what is missing, and the service is set up not to.',
    causes: ['The service runs with FETCH=off.'],
    check: check(
      'openssl x509 -in cert.pem -noout -ext authorityInfoAccess,crlDistributionPoints',
      'Where it could be fetched by hand.'
    )
  },
  'intermediate-fetched': {
    meaning: 'The chain is complete only since a certificate was fetched. Clients that do not fetch will refuse it.',
    causes: ['The server does not send its intermediate.'],
    check: check(
      'openssl x509 -in chain.pem -noout -ext authorityInfoAccess',
      'CA Issuers: where the certificate above is.'
    )
  },
  'not-yet-valid': {
    meaning: 'The time of validation lies before the time from which the certificate is valid.',
    causes: [
      'The clock of the machine is behind, as after a start without battery or network.',
      'The certificate was issued this moment by a CA whose clock is ahead.',
      'It was rolled out before its time.'
    ],
    check: check('openssl x509 -in cert.pem -noout -dates', 'notBefore; compare it with date -u.'),
    names: {
      go: 'x509: certificate has expired or is not yet valid',
      java: 'CertificateNotYetValidException',
      dotnet: 'NotTimeValid',
      chromium: 'ERR_CERT_DATE_INVALID',
      firefox: 'MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE'
    }
  },
  expired: {
    meaning: 'The time of validation lies after the time until which the certificate is valid.',
    causes: [
      'It was not renewed, or it was and the server still has the old one in memory.',
      'An intermediate or a root expired, while the server’s own certificate is current.',
      'The clock of the machine is ahead.'
    ],
    check: check('openssl x509 -in cert.pem -noout -dates', 'notAfter; compare it with date -u.'),
    names: {
      go: 'x509: certificate has expired or is not yet valid',
      java: 'CertificateExpiredException',
      dotnet: 'NotTimeValid',
      chromium: 'ERR_CERT_DATE_INVALID',
      firefox: 'SEC_ERROR_EXPIRED_CERTIFICATE; SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE'
    }
  }
}
