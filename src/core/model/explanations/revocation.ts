import type { revocationCodes } from '../codes/revocation.ts'
import { check, type Explanation } from '../explanation.ts'

const showCrl = 'openssl crl -in crl.pem -noout -text'
const showResponse = 'openssl ocsp -respin response.der -resp_text -noverify'
const verifyCrl = 'openssl verify -crl_check -CRLfile crl.pem -CAfile ca.pem -untrusted chain.pem chain.pem'

export const revocationExplanations: Readonly<Record<keyof typeof revocationCodes, Explanation>> = {
  revoked: {
    meaning: 'Its issuer has declared that the certificate is no longer to be relied upon.',
    causes: [
      'The key was lost or stolen, or the certificate was replaced or issued by mistake.',
      'A CA had to revoke all that it had issued with a fault; its owner may not have noticed.'
    ],
    check: check(verifyCrl, 'certificate revoked.'),
    names: {
      java: 'CertPathValidatorException: REVOKED',
      dotnet: 'Revoked',
      chromium: 'ERR_CERT_REVOKED',
      firefox: 'SEC_ERROR_REVOKED_CERTIFICATE'
    }
  },
  'revocation-unknown': {
    meaning: 'The request wants to know whether the certificate is revoked, and nothing usable tells.',
    causes: ['No CRL of this issuer was sent, only those of others.', 'The responder does not know the certificate.'],
    check: check(
      'openssl x509 -in cert.pem -noout -ext crlDistributionPoints,authorityInfoAccess',
      'Where CRLs and responses are.'
    ),
    names: {
      java: 'CertPathValidatorException: UNDETERMINED_REVOCATION_STATUS',
      dotnet: 'RevocationStatusUnknown',
      chromium: 'ERR_CERT_UNABLE_TO_CHECK_REVOCATION',
      firefox: 'SEC_ERROR_OCSP_UNKNOWN_CERT'
    }
  },
  'revocation-stale': {
    meaning: 'There is evidence, and it is of another time than the one of validation.',
    causes: [
      'The CRL was not fetched again after it had been replaced.',
      'The CA no longer issues CRLs in time.',
      'A clock is wrong.'
    ],
    check: check('openssl crl -in crl.pem -noout -lastupdate -nextupdate', 'nextUpdate; compare it with date -u.'),
    names: {
      java: 'CertPathValidatorException: UNDETERMINED_REVOCATION_STATUS',
      dotnet: 'RevocationStatusUnknown',
      firefox: 'SEC_ERROR_OCSP_OLD_RESPONSE'
    }
  },
  'revocation-unreachable': {
    meaning: 'The places that tell whether the certificate is revoked did not answer, or with something else.',
    causes: ['A firewall keeps the service from them.', 'The CA is down, or its address is gone.'],
    check: check(
      'openssl x509 -in cert.pem -noout -ext crlDistributionPoints,authorityInfoAccess',
      'The addresses; try them with curl.'
    ),
    names: {
      java: 'CertPathValidatorException: UNDETERMINED_REVOCATION_STATUS',
      dotnet: 'OfflineRevocation',
      chromium: 'ERR_CERT_UNABLE_TO_CHECK_REVOCATION'
    }
  },
  'crl-invalid': {
    meaning: 'The CRL breaks the rules, or its signature does not verify, so what it says does not count.',
    causes: [
      'The CRL was cut off or changed.',
      'It has a critical extension that is not known.',
      'The CA’s key usage leaves out cRLSign.'
    ],
    check: check(showCrl, 'Version 2, X509v3 CRL Number, and no critical extension by its OID.'),
    names: { go: 'x509: malformed crl', java: 'CRLException', dotnet: 'RevocationStatusUnknown' }
  },
  'crl-signer-not-found': {
    meaning: 'The CRL may be well, but the certificate of the key that signed it was not sent.',
    causes: ['An indirect CRL is signed by a CRL issuer of its own.', 'The CA has signed with its new key.'],
    check: check(`${showCrl} | grep -A1 -e Issuer: -e 'Authority Key'`, 'Who signed, by name and key.'),
    names: { dotnet: 'RevocationStatusUnknown' }
  },
  'crl-signer-not-valid': {
    meaning: 'Whoever signed the CRL is not trusted by the same root, or is not valid at this time.',
    causes: ['The certificate of the CRL issuer has expired.', 'It was issued below another root.'],
    check: check(
      `${showCrl} | grep -A1 -e Issuer: -e 'Authority Key'`,
      'Who signed; verify its certificate with openssl verify.'
    ),
    names: { dotnet: 'RevocationStatusUnknown' }
  },
  'crl-scope-mismatch': {
    meaning:
      'The CRL is about other certificates: of another distribution point, of CAs only or of users only, or for some reasons only.',
    causes: ['A CA with several CRLs: another one of them was sent.', 'A delta CRL was sent without its base.'],
    check: check(
      `${showCrl} | grep -A4 -e 'Issuing Distribution' -e 'Delta CRL'`,
      'What it covers; compare with the distribution points of the certificate.'
    ),
    names: { dotnet: 'RevocationStatusUnknown' }
  },
  'ocsp-response-invalid': {
    meaning: 'The response breaks the rules, or its signature does not verify, so what it says does not count.',
    causes: ['The responder’s clock or configuration is wrong.', 'The response was cut off or changed.'],
    check: check(showResponse, 'The status, who signed, and This Update before Next Update.'),
    names: {
      java: 'CertPathValidatorException: UNDETERMINED_REVOCATION_STATUS',
      dotnet: 'RevocationStatusUnknown',
      firefox: 'SEC_ERROR_OCSP_MALFORMED_RESPONSE'
    }
  },
  'ocsp-responder-not-authorized': {
    meaning:
      'Only the issuer, or somebody to whom it gave a certificate for OCSP signing, may answer for its certificates.',
    causes: ['The responder’s certificate lacks the purpose OCSPSigning, has expired, or is of another CA.'],
    check: check(
      `${showResponse} | grep -e 'Responder Id' -e 'Extended Key' -A1`,
      'OCSP Signing in the certificate of the responder.'
    ),
    names: {
      java: 'CertPathValidatorException: UNDETERMINED_REVOCATION_STATUS',
      dotnet: 'RevocationStatusUnknown',
      firefox: 'SEC_ERROR_OCSP_INVALID_SIGNING_CERT'
    }
  },
  'staple-required': {
    meaning: 'The certificate has the extension called OCSP Must-Staple: its server has to bring the response along.',
    causes: [
      'The server does not staple, or not yet after its start.',
      'The response was not passed on with the chain.'
    ],
    check: check('openssl x509 -in cert.pem -noout -ext tlsfeature', 'status_request.'),
    names: { firefox: 'MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING' }
  },
  'no-rev-avail-conflict': {
    meaning:
      'noRevAvail says that nobody will ever tell of the certificate’s revocation, so it may not be a CA’s or say where that is told.',
    causes: ['The profile for short-lived certificates was mixed with that for others.'],
    check: check(
      'openssl x509 -in cert.pem -noout -text',
      '2.5.29.56 or No Revocation Available, beside CRL Distribution Points or CA:TRUE.'
    )
  }
}
