import { fromBER } from 'asn1js'
import { OCSPResponse } from 'pkijs'
import type { Decoded } from '../der/der.ts'

/** The greatest nesting and number of nodes of an OCSP response with the certificates of its responder. */
const parserLimits = { maxDepth: 64, maxNodes: 10_000, maxContentLength: 2 ** 20, parseEmbedded: false } as const

/** RFC 6960 §4.2.1: OCSPResponseStatus. */
const statuses = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized'
]

/** An OCSP response as far as it is read: its status, and that its frame is sound. */
export interface OcspResponseFrame {
  readonly status: string
}

/** Reads the frame of an OCSP response (RFC 6960 §4.2.1). */
export const readOcspResponse = (octets: Uint8Array): Decoded<OcspResponseFrame> => {
  try {
    const { offset, result } = fromBER(octets, parserLimits)
    if (offset === -1 || result.error !== '') return { ok: false, reason: 'it is no well-formed OCSP response' }
    if (offset !== octets.length) return { ok: false, reason: 'octets follow after the OCSP response' }
    const response = new OCSPResponse({ schema: result })
    const status = statuses[response.responseStatus.valueBlock.valueDec]
    if (status === undefined) return { ok: false, reason: 'its status is none that OCSP has' }
    if (status === 'successful' && response.responseBytes === undefined) {
      return { ok: false, reason: 'its status is successful, and it holds no response' }
    }
    return { ok: true, value: { status } }
  } catch {
    // PKI.js and asn1js throw on what they cannot make sense of; their words would tell a person nothing.
    return { ok: false, reason: 'it is no well-formed OCSP response' }
  }
}
