import type { policyCodes } from '../codes/policies.ts'
import { check, type Explanation, showCertificate } from '../explanation.ts'

export const policyExplanations: Readonly<Record<keyof typeof policyCodes, Explanation>> = {
  'policy-not-acceptable': {
    meaning:
      'The path must have a certificate policy from its CA down to its end, and none goes all the way that is acceptable.',
    causes: [
      'An intermediate lacks the policy that the certificate below it has.',
      'The request asks for a policy of another CA, and nothing maps the one to the other.'
    ],
    check: check(`${showCertificate} | grep -A2 'Certificate Policies'`, 'The policies that the certificate has.'),
    names: {
      go: 'x509: no valid chains built: invalid policies',
      java: 'CertPathValidatorException: INVALID_POLICY',
      dotnet: 'NoIssuanceChainPolicy',
      firefox: 'SEC_ERROR_POLICY_VALIDATION_FAILED'
    }
  },
  'policy-extension-invalid': {
    meaning: 'An extension on policies contradicts itself, so that what it says of policies cannot be used.',
    causes: ['A policy stands in it twice.', 'anyPolicy is mapped to another policy.', 'Policy constraints are empty.'],
    check: check(`${showCertificate} | grep -i -A6 polic`, 'The policies, mappings and constraints.'),
    names: {
      go: 'x509: invalid certificate policies',
      java: 'CertPathValidatorException: INVALID_POLICY',
      dotnet: 'InvalidPolicyConstraints'
    }
  }
}
