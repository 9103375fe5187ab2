import { rowOf } from './codes.ts'
import { errorType } from './error-type.ts'
import type { Finding } from './finding.ts'
import type { VerdictFinding } from './verdict.ts'

/** A finding as people and clients read it. */
export const verdictFinding = (finding: Finding): VerdictFinding => {
  const row = rowOf(finding.code)
  return {
    code: finding.code,
    type: errorType(finding.code),
    message: row.message(finding.details),
    certificate: finding.certificate,
    reference: finding.reference ?? row.reference,
    remedy: row.remedy,
    details: finding.details
  }
}
