import type { Code } from '../model/codes.ts'
import type { Finding } from '../model/finding.ts'
import type { CandidatePath, CheckContext } from '../model/path.ts'

/**
 * One rule, or a few that share their state variables, over a whole path.
 *
 * A check is pure. It reports every violation as it finds it, in the order in which RFC 5280 §6.1 would meet them, and is
 * silent about what cannot be read: the `form` check has reported that. Whoever has heard enough throws out of `report`.
 */
export interface Check<C extends Code = Code> {
  readonly name: string
  readonly reports: readonly C[]
  run(path: CandidatePath, context: CheckContext, report: (finding: Finding<C>) => void): void
}

/** The compiler rejects a finding that is not listed in `reports`. */
export const defineCheck = <const C extends Code>(check: Check<C>): Check<C> => check
