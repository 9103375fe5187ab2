import { encodeOcspRequest } from '../core/decode/ocsp/ocsp-request.ts'
import type { Limits } from '../core/model/limits.ts'
import type { Egress } from './egress.ts'
import type { EvidenceRequest } from './evidence-request.ts'
import type { Question } from './exchange.ts'
import { type Fetched, failed } from './fetch-fault.ts'
import { type ReadEvidence, readEvidence } from './reading.ts'

export interface AskingRules {
  readonly maxCrlBytes: number
  readonly limits: Limits
  /** Gives the octets of a nonce for each OCSP request; undefined where none is to be sent. */
  readonly nonce: (() => Uint8Array) | undefined
}

/** What came, and as it came. */
export interface Answered {
  readonly read: ReadEvidence
  readonly body: Uint8Array
}

const maxOcspBytes = 131_072
const maxIssuerBytes = 1_048_576
/** RFC 6960 appendix A.1: a GET whose URL is longer may not get through. */
const longestGet = 255

/** Asks for evidence and reads it. OCSP is asked by RFC 6960 appendix A.1 and RFC 9654. */
export const askFor = (egress: Egress, request: EvidenceRequest, rules: AskingRules): Promise<Fetched<Answered>> => {
  if (request.kind === 'ocsp') return askResponder(egress, request, rules)
  const { kind, url } = request
  const question: Question =
    kind === 'crl'
      ? { accept: 'application/pkix-crl', maxBytes: rules.maxCrlBytes }
      : { accept: 'application/pkix-cert, application/pkcs7-mime', maxBytes: maxIssuerBytes }
  return egress.fetch(kind, url, question).then((fetched) => reading(request, fetched, rules))
}

const reading = (
  request: EvidenceRequest,
  fetched: Fetched<Uint8Array>,
  { limits }: AskingRules
): Fetched<Answered> => {
  if (!fetched.ok) return fetched
  const read = readEvidence(request, fetched.value, limits)
  return read.ok ? { ok: true, value: { read: read.value, body: fetched.value } } : read
}

const askResponder = async (
  egress: Egress,
  request: EvidenceRequest,
  rules: AskingRules
): Promise<Fetched<Answered>> => {
  const { about, url } = request
  if (about === undefined) return failed('unreadable', 'cannot be asked')
  const nonce = rules.nonce?.()
  const encoded = nonce === undefined ? undefined : await encodeOcspRequest(about.certificate, about.issuer, { nonce })
  const octets = encoded?.ok === true ? encoded.value : about.request
  const get = getUrl(url, octets)
  const first = get === undefined ? undefined : await egress.fetch('ocsp', get, { accept, maxBytes: maxOcspBytes })
  // There are responders that take POST alone.
  const fetched =
    first === undefined || (!first.ok && first.fault.kind === 'status') ? await post(egress, url, octets) : first
  const answered = reading(request, fetched, rules)
  return answered.ok && nonce !== undefined && isOfAnother(answered.value.read, nonce)
    ? failed('unreadable', 'answers with the nonce of another request')
    : answered
}

const accept = 'application/ocsp-response'

const post = (egress: Egress, url: string, octets: Uint8Array): Promise<Fetched<Uint8Array>> =>
  egress.fetch('ocsp', url, { accept, maxBytes: maxOcspBytes, body: { type: 'application/ocsp-request', octets } })

const getUrl = (url: string, request: Uint8Array): string | undefined => {
  if (url.includes('?') || url.includes('#')) return undefined
  const path = encodeURIComponent(Buffer.from(request).toString('base64'))
  const get = `${url}${url.endsWith('/') ? '' : '/'}${path}`
  return get.length <= longestGet ? get : undefined
}

/** RFC 9654 §2.1: a responder may leave the nonce out, as those do that sign their answers in advance. */
const isOfAnother = (read: ReadEvidence, nonce: Uint8Array): boolean => {
  const answered = read.kind === 'ocsp' ? read.response.basic?.nonce : undefined
  return answered !== undefined && answered !== Buffer.from(nonce).toString('hex')
}
