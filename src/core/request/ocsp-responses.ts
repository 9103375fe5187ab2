import { readOcspResponse } from '../decode/ocsp/ocsp-response.ts'
import { decodeBase64 } from '../decode/pem/base64.ts'
import { type Finding, warning } from '../model/finding.ts'
import type { Limits } from '../model/limits.ts'
import type { OcspCandidate } from '../model/ocsp.ts'
import type { RefusalError } from '../model/request.ts'

/** What came as OCSP responses, and what of it was left out; or why none of them is one. */
export type OcspResponsesReading =
  | { readonly kind: 'read'; readonly responses: readonly OcspCandidate[]; readonly warnings: readonly Finding[] }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'unreadable'; readonly errors: readonly RefusalError[] }

/**
 * Reads the OCSP responses of a request, of which there may be `most`. What is unreadable among them is left out with a
 * warning; but where all are, the request is refused, as for every other field.
 */
export const readOcspResponses = (texts: readonly string[], most: number, limits: Limits): OcspResponsesReading => {
  if (texts.length > most) return { kind: 'too-many' }
  const responses: OcspCandidate[] = []
  const errors: RefusalError[] = []
  const warnings: Finding[] = []
  for (const [at, text] of texts.entries()) {
    const source = `ocspResponses[${at}]`
    const octets = decodeBase64(text.replaceAll(/\s+/g, ''))
    const read = octets.ok ? readOcspResponse(octets.value, limits) : octets
    if (read.ok) {
      responses.push({ response: read.value, source })
    } else {
      errors.push({ pointer: `/ocspResponses/${at}`, code: 'ocsp-response-malformed', detail: read.reason })
      warnings.push(warning('object-ignored', null, { source, reason: read.reason }))
    }
  }
  if (errors.length > 0 && responses.length === 0) return { kind: 'unreadable', errors }
  return { kind: 'read', responses, warnings }
}
