import type { Certificate } from '../../model/certificate.ts'
import type { BasicOcspResponse, OcspCandidate, OcspResponse, SingleResponse } from '../../model/ocsp.ts'
import type { CheckContext } from '../../model/path.ts'
import type { Evidence, GoodStatus, RejectedEvidence, RevocationStatus, RevokedStatus } from '../../model/revocation.ts'
import { judgeAnswer, type Rejection } from './answer.ts'
import { means } from './cert-id.ts'
import { currentUntil } from './currency.ts'
import type { OcspQuestion } from './question.ts'
import { authorizeResponder } from './responder.ts'

/**
 * What OCSP responses say of a certificate: RFC 6960 §3.2.
 *
 * `revoked` in any authentic answer beats every `good`, and one for good goes before a hold. Of several that are good the one
 * that is current for the longest time counts.
 *
 * Throws `LimitReached`.
 */
export const ocspStatus = (
  question: OcspQuestion,
  candidates: readonly OcspCandidate[],
  context: CheckContext
): RevocationStatus => {
  context.budget.spend('buildingSteps', candidates.length)
  const rejected: RejectedEvidence[] = []
  let good: GoodStatus | undefined
  let hold: RevokedStatus | undefined
  for (const { response, source } of candidates) {
    for (const answer of answersOf(response, question, context)) {
      if ('problem' in answer) {
        rejected.push({ type: 'ocsp', source, ...answer })
        continue
      }
      const status = statusOf(answer, source, question.certificate, context)
      if (status.status === 'unknown') rejected.push(...status.rejected)
      else if (status.status === 'good') good = good === undefined || good.until < status.until ? status : good
      else if (status.until === undefined) return status
      else hold ??= status
    }
  }
  return hold ?? good ?? { status: 'unknown', rejected }
}

/** An answer about the certificate, and the last second at which its responder is known to be one. */
interface AuthenticAnswer {
  readonly answer: SingleResponse
  readonly responderUntil: number
}

/** What looks through a response without arithmetic comes before its signature. */
function* answersOf(
  { status, basic }: OcspResponse,
  question: OcspQuestion,
  context: CheckContext
): Iterable<AuthenticAnswer | Rejection> {
  if (basic === undefined) {
    const problem = `says nothing of the certificate: its responder answered ${status}`
    yield { kind: 'scope', problem, reference: 'RFC 6960 §2.3' }
    return
  }
  const [first, second] = basic.faults
  if (first !== undefined) {
    const more = second === undefined ? '' : `, and ${second.details.reason}`
    yield {
      kind: 'invalid',
      problem: `${first.details.reason}${more}`,
      reference: first.reference ?? 'RFC 6960 §4.2.1'
    }
    return
  }
  const { answers, malformed } = answersAbout(basic, question)
  if (malformed !== undefined)
    yield { kind: 'invalid', problem: `is malformed: ${malformed}`, reference: 'RFC 6960 §4.2.1' }
  else if (answers.length === 0) {
    yield { kind: 'scope', problem: 'does not answer for the certificate', reference: 'RFC 6960 §3.2 (1)' }
  }
  if (answers.length === 0) return
  const authorization = authorizeResponder(basic, question, context)
  if (!authorization.authorized) {
    yield authorization.rejection
    return
  }
  for (const answer of answers) yield { answer, responderUntil: authorization.until }
}

/** The answers that mean the certificate, and what is wrong with the first that cannot be read. */
const answersAbout = (
  basic: BasicOcspResponse,
  { certificate, issuer }: OcspQuestion
): { readonly answers: readonly SingleResponse[]; readonly malformed: string | undefined } => {
  const answers: SingleResponse[] = []
  let malformed: string | undefined
  for (const read of basic.find(certificate.serialNumber)) {
    if (!read.ok) malformed ??= read.reason
    else if (means(read.value.certId, certificate, issuer.certificate)) answers.push(read.value)
  }
  return { answers, malformed }
}

/** The status that one authentic answer gives. */
const statusOf = (
  { answer, responderUntil }: AuthenticAnswer,
  source: string,
  certificate: Certificate,
  { options }: CheckContext
): RevocationStatus => {
  const judgement = judgeAnswer(answer, certificate, options)
  if (typeof judgement === 'object') return { status: 'unknown', rejected: [{ type: 'ocsp', source, ...judgement }] }
  const { status, thisUpdate, nextUpdate, invalidityDate } = answer
  const evidence: readonly Evidence[] = [{ type: 'ocsp', source, thisUpdate, nextUpdate }]
  const until = Math.min(currentUntil(answer, options), responderUntil)
  if (status.type !== 'revoked') return { status: 'good', evidence, until }
  const { reason = 'unspecified', revokedAt } = status
  return {
    status: 'revoked',
    evidence,
    reason,
    revokedAt,
    invalidityDate,
    until: judgement === 'hold' ? until : undefined
  }
}
