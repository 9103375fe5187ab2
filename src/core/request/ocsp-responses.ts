import { readOcspResponse } from '../decode/input/ocsp-response.ts'
import { decodeBase64 } from '../decode/pem/base64.ts'
import { type Finding, warning } from '../model/finding.ts'
import type { Limits } from '../model/limits.ts'
import type { RefusalError } from '../model/request.ts'

/** What came as OCSP responses: warnings about them, or why none of them is one. */
export type OcspResponsesReading =
  | { readonly kind: 'read'; readonly warnings: readonly Finding[] }
  | { readonly kind: 'unreadable'; readonly errors: readonly RefusalError[] }

/**
 * Reads the frames of the OCSP responses of a request. They are not evaluated yet, and a warning says so; but what is no
 * OCSP response is told now, as for every other field.
 */
export const readOcspResponses = (texts: readonly string[], limits: Limits): OcspResponsesReading => {
  const errors: RefusalError[] = []
  for (const [at, text] of texts.entries()) {
    const octets = decodeBase64(text.replaceAll(/\s+/g, ''))
    const read = octets.ok ? readOcspResponse(octets.value, limits) : octets
    if (!read.ok) errors.push({ pointer: `/ocspResponses/${at}`, code: 'ocsp-response-malformed', detail: read.reason })
  }
  if (errors.length > 0 && errors.length === texts.length) return { kind: 'unreadable', errors }
  const refused = errors.map(({ pointer, detail }) =>
    warning('object-ignored', null, { source: pointer.slice(1).replace('/', '[').concat(']'), reason: detail })
  )
  const count = texts.length - errors.length
  return {
    kind: 'read',
    warnings: [...refused, ...(count > 0 ? [warning('ocsp-not-evaluated', null, { count })] : [])]
  }
}
