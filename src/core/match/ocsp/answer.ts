import type { Certificate } from '../../model/certificate.ts'
import type { SingleResponse } from '../../model/ocsp.ts'
import type { ValidationOptions } from '../../model/options.ts'
import type { RejectedEvidence } from '../../model/revocation.ts'
import { staleProblems } from '../status/stale-problems.ts'
import { stalenessOf } from './currency.ts'

/** Why something is no evidence, but for where it came from. */
export type Rejection = Omit<RejectedEvidence, 'type' | 'source'>

/** What an authentic answer about a certificate comes to; a hold is a revocation that may end. */
export type Judgement = 'good' | 'hold' | 'revoked' | Rejection

const rejection = (kind: Rejection['kind'], problem: string, reference: string): Rejection => ({
  kind,
  problem,
  reference
})

/**
 * RFC 6960 §3.2 (5), (6) and §2.2: whether an answer is understood and current, and what it says.
 *
 * What is revoked for good stays so when the answer goes out of date. An answer of a time after that of the validation is
 * not used, whatever it says.
 */
export const judgeAnswer = (
  answer: SingleResponse,
  certificate: Certificate,
  options: ValidationOptions
): Judgement => {
  const { status, unknownCritical } = answer
  if (unknownCritical !== undefined) {
    const problem = `has an answer with the critical extension ${unknownCritical}, which is not understood here`
    return rejection('invalid', problem, 'RFC 6960 §4.4')
  }
  if (answer.nextUpdate !== undefined && answer.nextUpdate < answer.thisUpdate) {
    return rejection('invalid', 'is to be replaced (nextUpdate) before it was made (thisUpdate)', 'RFC 6960 §2.4')
  }
  const staleness = stalenessOf(answer, options)
  const lasting = status.type === 'revoked' && status.reason !== 'certificateHold'
  if (staleness !== undefined && !(lasting && staleness.why !== 'not-yet-issued')) {
    return { ...rejection('stale', staleProblems[staleness.why], 'RFC 6960 §3.2'), staleness }
  }
  if (status.type === 'revoked') return lasting ? 'revoked' : 'hold'
  if (status.type === 'unknown') {
    return rejection('scope', 'says that its responder does not know the certificate', 'RFC 6960 §2.2')
  }
  return outlived(answer, certificate) ?? 'good'
}

/**
 * RFC 6960 §4.4.4: of a certificate that had expired when the answer was made, good tells something only where the
 * archive cut-off says that statuses are kept from before it expired.
 */
const outlived = ({ thisUpdate, archiveCutoff }: SingleResponse, { notAfter }: Certificate): Rejection | undefined => {
  if (notAfter === undefined || notAfter >= thisUpdate) return undefined
  if (archiveCutoff !== undefined && archiveCutoff <= notAfter) return undefined
  const problem = 'was made after the certificate had expired, and does not say that its status is still kept'
  return rejection('scope', problem, 'RFC 6960 §4.4.4')
}
