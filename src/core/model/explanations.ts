import type { Code } from './codes.ts'
import type { Explanation } from './explanation.ts'
import { extensionExplanations } from './explanations/extensions.ts'
import { formExplanations } from './explanations/form.ts'
import { identityExplanations } from './explanations/identity.ts'
import { keyExplanations } from './explanations/keys.ts'
import { nameConstraintExplanations } from './explanations/name-constraints.ts'
import { pathExplanations } from './explanations/path.ts'
import { policyExplanations } from './explanations/policies.ts'
import { revocationExplanations } from './explanations/revocation.ts'
import { trustExplanations } from './explanations/trust.ts'
import { usageExplanations } from './explanations/usage.ts'

/** What there is to say about every code: the compiler asks for each. */
export const explanations: Readonly<Record<Code, Explanation>> = {
  ...formExplanations,
  ...extensionExplanations,
  ...keyExplanations,
  ...pathExplanations,
  ...trustExplanations,
  ...usageExplanations,
  ...nameConstraintExplanations,
  ...identityExplanations,
  ...policyExplanations,
  ...revocationExplanations
}
