import type { Certificate } from '../../model/certificate.ts'
import { type CertIdHash, ocspOids } from '../../model/ocsp.ts'
import { contextConstructed, type Decoded, tags } from '../der/der.ts'
import { encode, encodeKnownOid as oid } from '../der/encode.ts'
import { certIdHashOids, keyHash, nameHash } from './cert-id.ts'
import { isNonce } from './nonce.ts'

export interface OcspRequestOptions {
  /** What the CertID names its issuer by: SHA-1, which every responder understands (RFC 5019 §2.1.1), unless told otherwise. */
  readonly hash?: CertIdHash
  /** 1 to 128 octets; RFC 9654 §2.1 asks for 32. Whoever calls brings the chance. */
  readonly nonce?: Uint8Array
}

/**
 * The DER of an unsigned OCSPRequest (RFC 6960 §4.1.1) about one certificate, for the body of a POST or, in base64, the
 * end of a GET's URL (appendix A.1). It fails for a nonce of a wrong length and an issuer whose key cannot be split.
 */
export const encodeOcspRequest = (
  certificate: Certificate,
  issuer: Certificate,
  { hash = 'sha1', nonce }: OcspRequestOptions = {}
): Decoded<Uint8Array> => {
  if (nonce !== undefined && !isNonce(nonce)) return { ok: false, reason: 'a nonce has 1 to 128 octets' }
  const issuerKeyHash = keyHash(hash, issuer)
  if (issuerKeyHash === undefined) return { ok: false, reason: 'the issuer’s key cannot be read' }
  const certId = sequence(
    sequence(oid(certIdHashOids[hash]), encode(tags.null)),
    octets(nameHash(hash, certificate.issuer)),
    octets(issuerKeyHash),
    encode(tags.integer, Buffer.from(certificate.serialNumber, 'hex'))
  )
  const requestList = sequence(sequence(certId))
  const extensions = nonce === undefined ? [] : [encode(contextConstructed(2), sequence(nonceExtension(nonce)))]
  return { ok: true, value: sequence(sequence(requestList, ...extensions)) }
}

/** RFC 9654 §2.1: the value of the extension is an OCTET STRING in turn. */
const nonceExtension = (nonce: Uint8Array): Uint8Array => sequence(oid(ocspOids.nonce), octets(octets(nonce)))

const sequence = (...contents: readonly Uint8Array[]): Uint8Array => encode(tags.sequence, ...contents)

const octets = (content: Uint8Array): Uint8Array => encode(tags.octetString, content)
