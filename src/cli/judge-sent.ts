import { readCertificate } from '../core/decode/certificate/certificate.ts'
import { readOcspResponse } from '../core/decode/ocsp/ocsp-response.ts'
import type { SentCertificate } from '../core/decode/tls/certificate-message.ts'
import { mustStaple } from '../core/match/status/must-staple.ts'
import type { ChainChange } from '../core/model/chain.ts'
import { defaultLimits } from '../core/model/limits.ts'
import type { Refusal, ValidationRequest } from '../core/model/request.ts'
import type { Verdict } from '../core/model/verdict.ts'
import { repairChain } from '../core/repair-chain.ts'
import { validate } from '../core/validate.ts'
import { certificatesPem } from '../core/write/pem.ts'
import { chainService } from '../service/chain.ts'
import { validationService } from '../service/validation.ts'
import { partsFor, type Question } from './judging.ts'
import type { Given } from './option.ts'
import { wholeVerdict } from './validate.ts'

export interface JudgedSent {
  readonly judged: Verdict | Refusal
  /** What is to be changed for the chain to be right; none where nothing can be told of it. */
  readonly changes: readonly ChainChange[]
}

/** Judges what a server sent as clients do: for its name and the purpose of a server, unless the options ask for others. */
export const judgeSent = (given: Given, question: Question) => {
  const parts = partsFor(given)
  const validation = validationService({ ...parts, validate })
  const repairs = chainService({ ...parts, repairChain })
  return async (certificates: readonly SentCertificate[], hostname: string): Promise<JudgedSent> => {
    const request = requestOf(question, hostname, certificates)
    const answer = await validation.validate(request)
    const repaired = await repairs.repair(request)
    return {
      judged: answer.kind === 'verdict' ? wholeVerdict(answer.verdict) : answer,
      changes: repaired.kind === 'chain' ? repaired.body.changes : []
    }
  }
}

const requestOf = (
  question: Question,
  hostname: string,
  certificates: readonly SentCertificate[]
): ValidationRequest => {
  // Of the first alone, whose status is asked; and what is no response takes no verdict away.
  const stapled = certificates
    .slice(0, 1)
    .flatMap(({ ocspResponse }) =>
      ocspResponse === undefined || !readOcspResponse(ocspResponse, defaultLimits).ok
        ? []
        : [Buffer.from(ocspResponse).toString('base64')]
    )
  const ocspResponses = [...(question.ocspResponses ?? []), ...stapled]
  const isOwnEvidence = question.crls !== undefined || question.ocspResponses !== undefined
  const isAsked = question.revocation?.mode !== undefined || isOwnEvidence
  return {
    hostname,
    purpose: 'serverAuth',
    ...question,
    chain: certificatesPem(certificates.map(({ der }) => der)),
    ...(ocspResponses.length === 0 ? {} : { ocspResponses }),
    // Clients believe a response that comes stapled, and miss none that nobody promised.
    ...(isAsked || (stapled.length === 0 && !promisesStaple(certificates))
      ? {}
      : { revocation: { ...question.revocation, mode: 'prefer', scope: 'leaf' } })
  }
}

const promisesStaple = ([first]: readonly SentCertificate[]): boolean => {
  const read = first && readCertificate(first.der)
  return read?.ok === true && mustStaple(read.value)
}
