import type { nameConstraintCodes } from '../codes/name-constraints.ts'
import { check, type Explanation } from '../explanation.ts'

const show = `cat chain.pem ca.pem > all.pem; openssl storeutl -noout -text -certs all.pem | grep -A4 'Name Constraints'`

export const nameConstraintExplanations: Readonly<Record<keyof typeof nameConstraintCodes, Explanation>> = {
  'name-not-permitted': {
    meaning: 'A CA above may issue for some names only, and one of this certificate’s is not among them.',
    causes: [
      'A department’s CA issued for a domain that is not its own.',
      'The constraint says .example.com or example.com where the other was meant.'
    ],
    check: check(show, 'Permitted, against the names of the certificate.'),
    names: {
      go: 'x509: a root or intermediate certificate is not authorized to sign for this name',
      java: 'CertPathValidatorException: INVALID_NAME',
      dotnet: 'HasNotPermittedNameConstraint',
      chromium: 'ERR_CERT_NAME_CONSTRAINT_VIOLATION',
      firefox: 'SEC_ERROR_CERT_NOT_IN_NAME_SPACE'
    }
  },
  'name-excluded': {
    meaning: 'A CA above must not issue for some names, and one of this certificate’s is among them.',
    causes: ['The CA was made for all but certain domains, and the certificate is for one of these.'],
    check: check(show, 'Excluded, against the names of the certificate.'),
    names: {
      go: 'x509: a root or intermediate certificate is not authorized to sign for this name',
      java: 'CertPathValidatorException: INVALID_NAME',
      dotnet: 'HasExcludedNameConstraint',
      chromium: 'ERR_CERT_NAME_CONSTRAINT_VIOLATION',
      firefox: 'SEC_ERROR_CERT_NOT_IN_NAME_SPACE'
    }
  },
  'name-constraint-unsupported': {
    meaning:
      'There are constraints on names of a kind that cannot be compared, and the certificate has a name of that kind. Nobody can say whether it is allowed.',
    causes: ['A CA constrains registered IDs, other names or X.400 addresses.'],
    check: check(show, 'A kind of name beside DNS, IP, email, URI and DirName.'),
    names: {
      go: 'x509: issuer has name constraints but leaf contains unknown or unconstrained name',
      dotnet: 'HasNotSupportedNameConstraint',
      firefox: 'SEC_ERROR_CERT_NOT_IN_NAME_SPACE'
    }
  },
  'name-constraint-malformed': {
    meaning: 'What the CA may issue for cannot be read, so that nothing below it can be held to it.',
    causes: ['A minimum or maximum was set, which nobody uses.', 'An address was given without its mask.'],
    check: check(show, 'A constraint that is not of its kind.'),
    names: {
      go: 'x509: invalid NameConstraints extension',
      dotnet: 'InvalidNameConstraints',
      firefox: 'SEC_ERROR_BAD_DER'
    }
  }
}
