import { readTlsFeatures } from '../../decode/certificate/information-extensions.ts'
import { attempt } from '../../decode/der/der.ts'
import type { Certificate } from '../../model/certificate.ts'
import { isStapled } from '../../model/ocsp.ts'
import { extensionOids } from '../../model/oids.ts'
import { purposeOids, type ValidationOptions } from '../../model/options.ts'
import type { RevocationStatus } from '../../model/revocation.ts'

/** RFC 6066 §1.1: the number of the TLS extension status_request. */
const statusRequest = 5

/** Whether a certificate says that its server always sends an OCSP response: RFC 7633 §4.3.3. */
export const mustStaple = (certificate: Certificate): boolean => {
  const extension = certificate.extension(extensionOids.tlsFeature)
  const features = extension && attempt(() => readTlsFeatures(extension.value))
  return features?.ok === true && features.value.includes(statusRequest)
}

/**
 * Whether a server's certificate asks for an OCSP response that did not come: RFC 7633 §4.3.3. Asked are certificates for
 * which the request judges revocation and the purpose serverAuth. A response has come where one of the request's own, as the
 * server would have sent it, is what the status `good` rests on: one that is stale, malformed or about another certificate
 * is none, and neither is what was fetched. Where the certificate is revoked, that is told instead.
 */
export const lacksStaple = (
  certificate: Certificate,
  status: RevocationStatus,
  { purposes }: ValidationOptions
): boolean => {
  if (status.status === 'revoked' || !purposes.includes(purposeOids.serverAuth)) return false
  if (status.status === 'good' && status.evidence.some(({ source }) => isStapled(source))) return false
  return mustStaple(certificate)
}
