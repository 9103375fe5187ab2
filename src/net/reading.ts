import { readCertificate } from '../core/decode/certificate/certificate.ts'
import { readCrl } from '../core/decode/crl/crl.ts'
import { readBundle } from '../core/decode/input/bundle.ts'
import { readOcspResponse } from '../core/decode/ocsp/ocsp-response.ts'
import type { Certificate } from '../core/model/certificate.ts'
import type { Crl } from '../core/model/crl.ts'
import type { Limits } from '../core/model/limits.ts'
import type { OcspResponse } from '../core/model/ocsp.ts'
import type { EvidenceRequest } from './evidence-request.ts'
import { type Fetched, failed } from './fetch-fault.ts'

/** What came, read as far as it can be told from other things. */
export type ReadEvidence =
  | { readonly kind: 'crl'; readonly crl: Crl }
  | { readonly kind: 'ocsp'; readonly response: OcspResponse }
  | { readonly kind: 'issuer'; readonly certificates: readonly Certificate[] }

/** Certificates of one file: those of a CA with all its cross-certificates. */
const mostCertificates = 32

/**
 * Reads what came. CRLs are DER or PEM (RFC 5280 §4.2.1.13 has DER), issuers DER, PEM or a certs-only CMS message (§4.2.2.1);
 * what type the server says they have is not looked at, for many say another. Nothing here is believed: signatures are checked
 * where it is used.
 */
export const readEvidence = (request: EvidenceRequest, octets: Uint8Array, limits: Limits): Fetched<ReadEvidence> => {
  if (request.kind === 'ocsp') return readResponse(octets, limits)
  return request.kind === 'crl' ? readList(octets, limits) : readIssuers(octets, limits)
}

const readList = (octets: Uint8Array, limits: Limits): Fetched<ReadEvidence> => {
  const [item] = readBundle(octets, 1, limits.asn1Depth).items
  if (item?.type !== 'crl') return failed('unreadable', 'answers with something other than a CRL')
  const read = readCrl(item.der)
  if (!read.ok) return failed('unreadable', `answers with a CRL that cannot be read: ${read.reason}`)
  return { ok: true, value: { kind: 'crl', crl: read.value } }
}

const readIssuers = (octets: Uint8Array, limits: Limits): Fetched<ReadEvidence> => {
  const { items } = readBundle(octets, mostCertificates, limits.asn1Depth)
  const certificates = items.flatMap((item) => {
    const read = item.type === 'certificate' ? readCertificate(item.der) : undefined
    return read?.ok === true ? [read.value] : []
  })
  return certificates.length === 0
    ? failed('unreadable', 'answers with something other than certificates')
    : { ok: true, value: { kind: 'issuer', certificates } }
}

const readResponse = (octets: Uint8Array, limits: Limits): Fetched<ReadEvidence> => {
  const read = readOcspResponse(octets, limits)
  if (!read.ok) return failed('unreadable', 'answers with something other than an OCSP response')
  const { status } = read.value
  return status === 'successful'
    ? { ok: true, value: { kind: 'ocsp', response: read.value } }
    : failed('declined', `answers with the OCSP status ${status}`)
}
