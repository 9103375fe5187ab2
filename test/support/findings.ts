import type { Check } from '#dist/core/checks/check.js'
import type { Code } from '#dist/core/model/codes.js'
import type { Finding } from '#dist/core/model/finding.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'

/** All that a check reports of a path. */
export const findingsOf = <C extends Code>(
  check: Check<C>,
  path: CandidatePath,
  context: CheckContext
): readonly Finding<C>[] => {
  const findings: Finding<C>[] = []
  check.run(path, context, (finding) => findings.push(finding))
  return findings
}
