import { fromBER } from 'asn1js'
import { OCSPResponse } from 'pkijs'
import type { Limits } from '../../model/limits.ts'
import type { Decoded } from '../der/der.ts'

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

/** Reads the frame of an OCSP response (RFC 6960 §4.2.1), within the limits of its ASN.1. */
export const readOcspResponse = (octets: Uint8Array, limits: Limits): Decoded<OcspResponseFrame> => {
  try {
    const { offset, result } = fromBER(octets, {
      maxDepth: limits.asn1Depth,
      maxNodes: limits.asn1Nodes,
      maxContentLength: octets.length,
      parseEmbedded: false
    })
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
