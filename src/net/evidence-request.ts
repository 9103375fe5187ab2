import { readCertificate } from '../core/decode/certificate/certificate.ts'
import { encodeOcspRequest } from '../core/decode/ocsp/ocsp-request.ts'
import type { Certificate } from '../core/model/certificate.ts'
import type { EvidenceKind } from './keeping.ts'

/** A piece of evidence at a URL. */
export interface EvidenceRequest {
  readonly kind: EvidenceKind
  readonly url: string
  /** What it is kept under. */
  readonly key: string
  /** For OCSP: which certificate is asked about, and the request about it as it is without a nonce. */
  readonly about:
    | { readonly certificate: Certificate; readonly issuer: Certificate; readonly request: Uint8Array }
    | undefined
}

export const fileAt = (kind: 'crl' | 'issuer', url: string): EvidenceRequest => ({
  kind,
  url,
  key: url,
  about: undefined
})

/** Undefined where nobody can be asked, for the issuer's key cannot be read. */
export const responseAt = async (
  url: string,
  certificate: Certificate,
  issuer: Certificate
): Promise<EvidenceRequest | undefined> => {
  const request = await encodeOcspRequest(certificate, issuer)
  if (!request.ok) return undefined
  const key = `${url} ${Buffer.from(request.value).toString('base64url')}`
  return { kind: 'ocsp', url, key, about: { certificate, issuer, request: request.value } }
}

/** What tells it from all others. */
export const nameOf = ({ kind, key }: EvidenceRequest): string => `${kind} ${key}`

/** What the port of keeping takes. */
const longestKey = 4_096

/** A key that is longer is of a serial number far beyond RFC 5280 §4.1.2.2, and of a URL that no rules allow. */
export const canBeKept = ({ key }: EvidenceRequest): boolean => key.length <= longestKey

/** The same request without a hold on the body that its certificates came in, for whoever keeps it long. */
export const detached = (request: EvidenceRequest): EvidenceRequest => {
  if (request.about === undefined) return request
  const certificate = copyOf(request.about.certificate)
  const issuer = copyOf(request.about.issuer)
  return { ...request, about: { ...request.about, certificate, issuer } }
}

const copyOf = (certificate: Certificate): Certificate => {
  const read = readCertificate(Uint8Array.from(certificate.der))
  if (!read.ok) throw new Error('a certificate that was read cannot be read again')
  return read.value
}
