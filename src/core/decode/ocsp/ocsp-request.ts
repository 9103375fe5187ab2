import type { Certificate } from '../../model/certificate.ts'
import { type CertIdHash, ocspOids } from '../../model/ocsp.ts'
import type { Decoded } from '../der/der.ts'
import { certIdHashOids, keyHash, nameHash } from './cert-id.ts'
import { isNonce } from './nonce.ts'

export interface OcspRequestOptions {
  /** What the CertID names its issuer by: SHA-1, which every responder understands (RFC 5019 §2.1.1), unless told otherwise. */
  readonly hash?: CertIdHash
  /** 1 to 128 octets; RFC 9654 §2.1 asks for 32. Whoever calls brings the chance. */
  readonly nonce?: Uint8Array
}

/** Loaded with the first request: they are a third of the service's code, and most services never ask a responder. */
const libraries = async () => ({ ...(await import('pkijs')), ...(await import('asn1js')) })

/**
 * The DER of an unsigned OCSPRequest (RFC 6960 §4.1.1) about one certificate, for the body of a POST or, in base64, the
 * end of a GET's URL (appendix A.1). It fails for a nonce of a wrong length and an issuer whose key cannot be split.
 */
export const encodeOcspRequest = async (
  certificate: Certificate,
  issuer: Certificate,
  { hash = 'sha1', nonce }: OcspRequestOptions = {}
): Promise<Decoded<Uint8Array>> => {
  if (nonce !== undefined && !isNonce(nonce)) return { ok: false, reason: 'a nonce has 1 to 128 octets' }
  const issuerKeyHash = keyHash(hash, issuer)
  if (issuerKeyHash === undefined) return { ok: false, reason: 'the issuer’s key cannot be read' }
  const { AlgorithmIdentifier, CertID, Extension, Integer, Null, OCSPRequest, OctetString, Request, TBSRequest } =
    await libraries()
  const reqCert = new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithmId: certIdHashOids[hash], algorithmParams: new Null() }),
    issuerNameHash: new OctetString({ valueHex: nameHash(hash, certificate.issuer) }),
    issuerKeyHash: new OctetString({ valueHex: issuerKeyHash }),
    serialNumber: new Integer({ valueHex: Buffer.from(certificate.serialNumber, 'hex') })
  })
  const nonceExtension = (valueHex: Uint8Array) =>
    new Extension({ extnID: ocspOids.nonce, extnValue: new OctetString({ valueHex }).toBER() })
  const tbsRequest = new TBSRequest({
    requestList: [new Request({ reqCert })],
    ...(nonce === undefined ? {} : { requestExtensions: [nonceExtension(nonce)] })
  })
  // TBSRequest keeps what it was read from, and has nothing to encode without being told to make it anew.
  const request = new OCSPRequest({ tbsRequest })
  return { ok: true, value: new Uint8Array(request.toSchema(true).toBER()) }
}
