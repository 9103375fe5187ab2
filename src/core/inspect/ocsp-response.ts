import { signatureAlgorithmName } from '../decode/key/signature-algorithm.ts'
import type { OcspAnswerDescription, OcspResponseDescription } from '../model/description.ts'
import type { OcspResponse, ReadSingleResponse, ResponderId } from '../model/ocsp.ts'
import { describeFault, instant, Told } from './parts.ts'

/** Answers that are told: as many as anybody looks at. */
const mostAnswers = 1_000

/** What an OCSP response says of itself, and of which certificates. Nothing of it is verified. */
export const describeOcspResponse = ({ status, basic }: OcspResponse): OcspResponseDescription => {
  const told = new Told()
  const description = {
    type: 'ocsp-response' as const,
    status,
    responder: basic?.responder === undefined ? null : responderText(basic.responder),
    producedAt: instant(basic?.producedAt),
    nonce: basic?.nonce ?? null,
    signatureAlgorithm:
      basic?.signatureAlgorithm === undefined ? null : signatureAlgorithmName(basic.signatureAlgorithm.oid),
    answerCount: basic?.count ?? 0,
    answers: (basic?.answers(mostAnswers) ?? []).map(answer),
    certificates: told.list(basic?.certificates ?? [], ({ fingerprint, subject }) => ({
      fingerprint,
      subject: subject.text
    })),
    faults: told.list(basic?.faults ?? [], describeFault)
  }
  return { ...description, truncated: told.truncated || description.answerCount > mostAnswers }
}

/** RFC 4514, or the SHA-1 of its key in lower-case hex. */
const responderText = (responder: ResponderId): OcspResponseDescription['responder'] =>
  responder.type === 'name' ? { name: responder.name.text, keyHash: null } : { name: null, keyHash: responder.keyHash }

const answer = (read: ReadSingleResponse): OcspAnswerDescription => {
  if (!read.ok) return { ...unread, reason: read.reason }
  const { certId, status, thisUpdate, nextUpdate } = read.value
  return {
    serialNumber: certId.serialNumber,
    hash: certId.hash ?? null,
    issuerNameHash: certId.issuerNameHash,
    issuerKeyHash: certId.issuerKeyHash,
    status: status.type,
    revokedAt: status.type === 'revoked' ? instant(status.revokedAt) : null,
    revocationReason: status.type === 'revoked' ? (status.reason ?? 'unspecified') : null,
    thisUpdate: instant(thisUpdate),
    nextUpdate: instant(nextUpdate),
    reason: null
  }
}

const unread: OcspAnswerDescription = {
  serialNumber: null,
  hash: null,
  issuerNameHash: null,
  issuerKeyHash: null,
  status: null,
  revokedAt: null,
  revocationReason: null,
  thisUpdate: null,
  nextUpdate: null,
  reason: null
}
