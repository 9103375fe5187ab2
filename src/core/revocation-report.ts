import { formatInstant } from './model/instant.ts'
import { type CandidatePath, type CheckContext, roleAt } from './model/path.ts'
import type { Evidence, RevocationStatus } from './model/revocation.ts'
import type { EvidenceReport, RevocationReport } from './model/verdict.ts'

/** What the answer tells of an entry's revocation; undefined where it was not asked. */
export const revocationOf = (
  path: CandidatePath,
  at: number,
  { options, statuses }: CheckContext
): RevocationReport | undefined => {
  const { mode, scope } = options.revocation
  if (mode === 'off' || roleAt(path, at) === 'trust-anchor' || (scope === 'leaf' && at > 0)) return undefined
  const status = statuses.get(path, at)
  return status && reportOf(status)
}

const reportOf = (status: RevocationStatus): RevocationReport => {
  if (status.status === 'unknown') return { status: 'unknown', evidence: [] }
  const evidence = status.evidence.map(evidenceReport)
  if (status.status === 'good') return { status: 'good', evidence }
  const { reason, revokedAt, invalidityDate } = status
  return {
    status: 'revoked',
    reason,
    ...(revokedAt === undefined ? {} : { revokedAt: formatInstant(revokedAt) }),
    ...(invalidityDate === undefined ? {} : { invalidityDate: formatInstant(invalidityDate) }),
    evidence
  }
}

const evidenceReport = ({ type, source, thisUpdate, nextUpdate }: Evidence): EvidenceReport => ({
  type,
  source,
  thisUpdate: instant(thisUpdate),
  nextUpdate: instant(nextUpdate)
})

const instant = (seconds: number | undefined): string | null => (seconds === undefined ? null : formatInstant(seconds))
