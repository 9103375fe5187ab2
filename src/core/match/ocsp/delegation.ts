import { accessDescriptions } from '../../decode/certificate/access-descriptions.ts'
import { attempt } from '../../decode/der/der.ts'
import { type Certificate, keyUsageBits } from '../../model/certificate.ts'
import { ocspOids } from '../../model/ocsp.ts'
import { extensionOids, understoodExtensions } from '../../model/oids.ts'
import { purposeOids } from '../../model/options.ts'
import type { CheckContext } from '../../model/path.ts'
import { isExempt } from '../crl/no-rev-avail.ts'
import { weakKey, weakSignature } from '../key/strength.ts'
import type { OcspQuestion, StatusOfResponder } from './question.ts'

/** Why a certificate makes nobody a responder, as the rest of a sentence about the response, and where that is written. */
export interface DelegationProblem {
  readonly problem: string
  readonly reference: string
}

const clause = 'RFC 6960 §4.2.2.2'

const because = (what: string, reference = clause): DelegationProblem => ({
  problem: `is signed by a responder ${what}`,
  reference
})

/**
 * Whether an issuer has made the holder of a certificate its responder: RFC 6960 §4.2.2.2 (3). Undefined if it has. Nobody answers
 * for a certificate of his own, though the text does not forbid it.
 *
 * The certificate is the last step of a path that is validated otherwise, so it is held to what RFC 5280 §6.1 asks of one
 * certificate: its signature under the very key that has signed the certificate in question, its form, its critical
 * extensions, its time. Names, policies and purposes of the CAs above are not held against it: the issuer could sign
 * the response itself, so they would protect nobody; and CAs that say what they issue for never name OCSP signing.
 */
export const delegationProblem = (
  certificate: Certificate,
  { certificate: asked, issuer }: OcspQuestion,
  context: CheckContext
): DelegationProblem | undefined => {
  if (certificate.issuer.key !== issuer.certificate.subject.key || context.verify(certificate, issuer.key)) {
    return because('whose certificate the issuer of the certificate in question has not issued')
  }
  if (Buffer.compare(certificate.spki, asked.spki) === 0)
    return because('who would answer for a certificate of its own')
  if (certificate.extendedKeyUsage?.includes(purposeOids.OCSPSigning) !== true) {
    return because('whose certificate is not for signing OCSP responses')
  }
  return formProblem(certificate) ?? timeProblem(certificate, context) ?? strengthProblem(certificate, context)
}

/** RFC 5280 §4.2.1.12: consistent with OCSP signing are digitalSignature and nonRepudiation. */
const signingUsages = keyUsageBits.digitalSignature | keyUsageBits.nonRepudiation

const formProblem = (certificate: Certificate): DelegationProblem | undefined => {
  const [fault] = certificate.faults
  if (fault !== undefined) return because(`whose certificate is not as it must be (${fault.code})`, fault.reference)
  const unknown = certificate.extensions.find(
    ({ oid, critical }) => critical && oid !== ocspOids.noCheck && !understoodExtensions.has(oid)
  )
  if (unknown !== undefined) {
    return because(`whose certificate has the critical extension ${unknown.oid}, which is not understood`)
  }
  const { keyUsage } = certificate
  return keyUsage === undefined || (keyUsage & signingUsages) !== 0
    ? undefined
    : because('whose certificate does not allow signatures: its key usage lacks digitalSignature', 'RFC 5280 §4.2.1.3')
}

/** RFC 5280 §6.1.3 (a)(2) */
const timeProblem = (certificate: Certificate, { options }: CheckContext): DelegationProblem | undefined => {
  const { notBefore = Number.POSITIVE_INFINITY, notAfter = Number.NEGATIVE_INFINITY } = certificate
  const { time, clockSkew } = options
  if (time.isBefore(notBefore - clockSkew)) return because('whose certificate is not valid yet')
  return time.isAfter(notAfter + clockSkew) ? because('whose certificate has expired') : undefined
}

const strengthProblem = (certificate: Certificate, { options }: CheckContext): DelegationProblem | undefined => {
  const { publicKey, signatureAlgorithm } = certificate
  const weak =
    (publicKey && weakKey(publicKey, options.securityLevel)) ??
    (signatureAlgorithm && weakSignature(signatureAlgorithm, options.securityLevel))
  return weak && because(`whose certificate is too weak for security level ${options.securityLevel} (${weak.code})`)
}

/**
 * The last second at which a responder's own certificate is known not to be revoked, or what its status says against it:
 * RFC 6960 §4.2.2.2.1, which leaves three ways to its CA.
 *
 * With ocsp-nocheck it is trusted while it is valid. Where the certificate says where its status is told, that status
 * has to be known, under `require`. Where it says neither, the text leaves it to local policy: here it is
 * trusted unless evidence says that it is revoked.
 */
export const responderStatus = (
  certificate: Certificate,
  { options }: CheckContext,
  statusOfResponder: StatusOfResponder
): DelegationProblem | { readonly until: number } => {
  const unlimited = { until: Number.POSITIVE_INFINITY }
  if (isExempt(certificate)) return unlimited
  const status = statusOfResponder(certificate)
  if (status.status === 'revoked') return because('whose certificate is revoked', 'RFC 6960 §4.2.2.2.1')
  if (status.status === 'good') return { until: status.until }
  if (options.revocation.mode !== 'require' || !tellsOfItsStatus(certificate)) return unlimited
  return because('of whom it is not known whether its certificate is revoked', 'RFC 6960 §4.2.2.2.1')
}

const ocspAccess = '1.3.6.1.5.5.7.48.1'

/** Whether a certificate says where CRLs or a responder are: RFC 5280 §4.2.1.13 and §4.2.2.1. */
const tellsOfItsStatus = (certificate: Certificate): boolean => {
  if (certificate.extension(extensionOids.cRLDistributionPoints) !== undefined) return true
  const access = certificate.extension(extensionOids.authorityInfoAccess)
  const methods = access && attempt(() => [...accessDescriptions(access.value)].map(({ method }) => method))
  return methods?.ok === true && methods.value.includes(ocspAccess)
}
