import type { CodeRow, Details } from './code-row.ts'
import { formCodes } from './codes/form.ts'
import { identityCodes } from './codes/identity.ts'
import { keyCodes } from './codes/keys.ts'
import { nameConstraintCodes } from './codes/name-constraints.ts'
import { pathCodes } from './codes/path.ts'
import { policyCodes } from './codes/policies.ts'
import { revocationCodes } from './codes/revocation.ts'
import { trustCodes } from './codes/trust.ts'
import { usageCodes } from './codes/usage.ts'

/** Every code of an error or a warning, once. Codes are never renamed or reused. */
export const codes = {
  ...formCodes,
  ...keyCodes,
  ...pathCodes,
  ...trustCodes,
  ...usageCodes,
  ...nameConstraintCodes,
  ...identityCodes,
  ...policyCodes,
  ...revocationCodes
}

export type Code = keyof typeof codes

export type DetailsOf<C extends Code> = (typeof codes)[C] extends CodeRow<infer D> ? D : never

/** The row of a code, for callers that hold a code and its details together and need not tell codes apart. */
export const rowOf = (code: Code): CodeRow<Details> => codes[code] as CodeRow<Details>
