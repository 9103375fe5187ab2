import type { Certificate } from '../../model/certificate.ts'
import type { BasicOcspResponse, ResponderId } from '../../model/ocsp.ts'
import type { CheckContext } from '../../model/path.ts'
import { weakSignature } from '../key/strength.ts'
import type { Rejection } from './answer.ts'
import { hashOfKey } from './cert-id.ts'
import { delegationProblem, responderStatus } from './delegation.ts'
import type { OcspIssuer, OcspQuestion, StatusOfResponder } from './question.ts'

/** Who signed a response and may: the last second at which that holds. Or why it is no evidence. */
export type Authorization =
  | { readonly authorized: true; readonly until: number }
  | { readonly authorized: false; readonly rejection: Rejection }

const rejected = (kind: Rejection['kind'], problem: string, reference: string): Authorization => ({
  authorized: false,
  rejection: { kind, problem, reference }
})

/**
 * Whether a response is signed by somebody who may answer for an issuer: RFC 6960 §3.2 (2) to (4) and §4.2.2.2. That is the
 * issuer itself by the key that has signed the certificate, or a responder whose certificate that key has signed directly. A
 * locally configured responder (§4.2.2.2 (1)) is none here.
 *
 * Certificates of responders come with the response, or are among `context.certificates`. Without `statusOfResponder` the issuer
 * alone may have signed: so a responder's own status is asked, and never by another responder.
 *
 * Throws `LimitReached`.
 */
export const authorizeResponder = (
  basic: BasicOcspResponse,
  question: OcspQuestion,
  context: CheckContext
): Authorization => {
  const { issuer, statusOfResponder } = question
  const { responder, signatureAlgorithm } = basic
  const weak = signatureAlgorithm && weakSignature(signatureAlgorithm, context.options.securityLevel)
  if (weak !== undefined) {
    const { algorithm, bits, level, required } = weak.details
    const problem = `is signed with ${algorithm}, of a strength of ${bits} bits, where security level ${level} needs ${required}`
    return rejected('invalid', problem, 'NIST SP 800-57 Part 1 §5.6.1')
  }
  const named = responder !== undefined && identifies(responder, issuer.certificate)
  if (named && context.verify(basic, issuer.key) === undefined) {
    return { authorized: true, until: Number.POSITIVE_INFINITY }
  }
  if (responder === undefined || statusOfResponder === undefined) return unsigned(named)
  const candidates = candidatesFor(responder, basic, issuer, context)
  let problem: Authorization | undefined
  for (const certificate of candidates) {
    const { publicKey: key } = certificate
    if (key === undefined || context.verify(basic, key) !== undefined) continue
    const authorization = authorizeDelegate(certificate, question, context, statusOfResponder)
    if (authorization.authorized) return authorization
    problem ??= authorization
  }
  return problem ?? unsigned(named || candidates.length > 0)
}

const unsigned = (known: boolean): Authorization =>
  known
    ? rejected('invalid', 'has a signature that does not verify under the key of its responder', 'RFC 6960 §3.2 (2)')
    : rejected('other-key', 'is signed by a responder whose certificate is not there', 'RFC 6960 §4.2.2.2')

/** RFC 6960 §4.2.1: by its name, or by the SHA-1 of its key. */
const identifies = (responder: ResponderId, certificate: Certificate): boolean =>
  responder.type === 'name'
    ? certificate.subject.key === responder.name.key
    : hashOfKey('sha1', certificate) === responder.keyHash

/** Certificates that the response may mean by its ResponderID, each once, but for the issuer's own. */
const candidatesFor = (
  responder: ResponderId,
  { certificates }: BasicOcspResponse,
  issuer: OcspIssuer,
  context: CheckContext
): readonly Certificate[] => {
  const all = [...certificates, ...context.certificates.map(({ certificate }) => certificate)]
  context.budget.spend('buildingSteps', all.length)
  const seen = new Set([issuer.certificate.fingerprint])
  return all.filter((certificate) => {
    if (!identifies(responder, certificate) || seen.has(certificate.fingerprint)) return false
    seen.add(certificate.fingerprint)
    return true
  })
}

const authorizeDelegate = (
  certificate: Certificate,
  question: OcspQuestion,
  context: CheckContext,
  statusOfResponder: StatusOfResponder
): Authorization => {
  const status =
    delegationProblem(certificate, question, context) ?? responderStatus(certificate, context, statusOfResponder)
  if ('problem' in status) return { authorized: false, rejection: { kind: 'unauthorized', ...status } }
  const { notAfter = 0 } = certificate
  return { authorized: true, until: Math.min(status.until, notAfter + context.options.clockSkew) }
}
