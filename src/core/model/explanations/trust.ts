import type { trustCodes } from '../codes/trust.ts'
import { check, type Explanation } from '../explanation.ts'

export const trustExplanations: Readonly<Record<keyof typeof trustCodes, Explanation>> = {
  distrusted: {
    meaning:
      'The root is in the trust store, and the store says that it is not trusted for this certificate: from a date on, or for the purpose.',
    causes: [
      'The CA is being removed from the root programs, which goes by the date of issue.',
      'A file of trusted certificates of OpenSSL rejects the purpose (openssl x509 -addreject).'
    ],
    check: check('openssl x509 -in ca.pem -noout -text -trustout', 'Rejected Uses.'),
    names: { dotnet: 'ExplicitDistrust', chromium: 'ERR_CERT_AUTHORITY_INVALID', firefox: 'SEC_ERROR_UNTRUSTED_ISSUER' }
  },
  'anchor-constraint-violated': {
    meaning: 'The root is trusted for other purposes than the one that is asked for.',
    causes: [
      'A root for email was asked about a server.',
      'The constraints of the trust store were set for another use.'
    ],
    check: check('openssl x509 -in ca.pem -noout -text -trustout', 'Trusted Uses.'),
    names: { dotnet: 'NotValidForUsage', chromium: 'ERR_CERT_AUTHORITY_INVALID', firefox: 'SEC_ERROR_UNTRUSTED_ISSUER' }
  }
}
