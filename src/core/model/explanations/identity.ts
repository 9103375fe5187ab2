import type { identityCodes } from '../codes/identity.ts'
import { check, type Explanation } from '../explanation.ts'

const alternativeNames = 'openssl x509 -in cert.pem -noout -ext subjectAltName'

export const identityExplanations: Readonly<Record<keyof typeof identityCodes, Explanation>> = {
  'hostname-mismatch': {
    meaning: 'The certificate may be perfectly well, but it is not for the host that was meant to be reached.',
    causes: [
      'The name was forgotten when the certificate was requested: www.example.com and example.com are two names.',
      'The name stands only as common name, which does not count.',
      'A wildcard covers one label: *.example.com is not for a.b.example.com.',
      'The server answered with the certificate of another site, for the client sent no server name.'
    ],
    check: check(alternativeNames, 'The DNS names it is for.'),
    names: {
      go: 'x509: certificate is valid for …, not …',
      java: 'No subject alternative DNS name matching … found',
      dotnet: 'RemoteCertificateNameMismatch',
      chromium: 'ERR_CERT_COMMON_NAME_INVALID',
      firefox: 'SSL_ERROR_BAD_CERT_DOMAIN'
    }
  },
  'ip-address-mismatch': {
    meaning: 'The address of the server is not among the addresses that the certificate is for.',
    causes: [
      'The address was written as DNS name: it is DNS:192.0.2.1 where IP:192.0.2.1 was needed.',
      'The server was reached by an address, and its certificate is for its name.'
    ],
    check: check(alternativeNames, 'IP Address: the addresses it is for.'),
    names: {
      go: 'x509: cannot validate certificate for … because it doesn’t contain any IP SANs',
      java: 'No subject alternative names matching IP address … found',
      dotnet: 'RemoteCertificateNameMismatch',
      chromium: 'ERR_CERT_COMMON_NAME_INVALID',
      firefox: 'SSL_ERROR_BAD_CERT_DOMAIN'
    }
  },
  'email-mismatch': {
    meaning: 'The certificate is not that of the person with this address.',
    causes: [
      'The address is written otherwise, as with capital letters before the @.',
      'It stands in the subject alone.'
    ],
    check: check(alternativeNames, 'email: the addresses it is for.')
  },
  'uri-mismatch': {
    meaning: 'The certificate is not that of the service with this URI.',
    causes: ['A SPIFFE ID of another workload or trust domain was presented.', 'The URIs differ in a slash or a port.'],
    check: check(alternativeNames, 'URI: the URIs it is for.')
  },
  'wildcard-not-allowed': {
    meaning: 'A wildcard stands for one whole label at the left, and for nothing else; other forms match no host.',
    causes: [
      'www*.example.com, *.*.example.com or a bare * was requested.',
      'A wildcard was issued for a public suffix, as *.co.uk.'
    ],
    check: check(alternativeNames, 'A name with * in another place than alone in the first label.'),
    names: { chromium: 'ERR_CERT_COMMON_NAME_INVALID', firefox: 'SSL_ERROR_BAD_CERT_DOMAIN' }
  },
  'common-name-not-in-san': {
    meaning: 'A public CA may repeat a name as common name, letter by letter, and put nothing else there.',
    causes: ['The common name is in capital letters, or an older name that was left out of the alternative names.'],
    check: check('openssl x509 -in cert.pem -noout -subject -ext subjectAltName', 'CN, against the alternative names.')
  }
}
