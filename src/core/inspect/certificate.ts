import { createHash } from 'node:crypto'
import { signatureAlgorithmName } from '../decode/key/signature-algorithm.ts'
import { createVerifier } from '../match/key/signature.ts'
import type { Certificate } from '../model/certificate.ts'
import type { CertificateDescription } from '../model/description.ts'
import { Budget, LimitReached, type Limits } from '../model/limits.ts'
import { purposeName } from '../model/options.ts'
import type { CheckContext } from '../model/path.ts'
import { keyUsageNames } from './bits.ts'
import { nameItem } from './names.ts'
import { describeFault, describeKey, extensionItem, instant, Told } from './parts.ts'
import { usableFor } from './usable-for.ts'

/** Nothing else is verified there, and a bundle of roots is to be told whole. */
const checksMore = 8

/** Verifies for an inspection as a whole. */
export const inspectionVerifier = (limits: Limits): CheckContext['verify'] =>
  createVerifier(new Budget({ ...limits, signatureChecks: checksMore * limits.signatureChecks }))

/**
 * Makes what says of certificates all that they say: each field and each extension by name, what is not known as hex, within
 * bounds that no real certificate comes near. `limits` bound the signatures that are verified for all certificates together,
 * eight times as many as in a validation; where they are spent, `selfSigned` is null.
 */
export const certificateDescriber = (
  limits: Limits,
  verify = inspectionVerifier(limits)
): ((certificate: Certificate) => CertificateDescription) => {
  return (certificate) => describe(certificate, verify)
}

/** RFC 5280 §4.1.2.2 has 40 digits at most. */
const longestSerialNumber = 1024

const describe = (certificate: Certificate, verify: CheckContext['verify']): CertificateDescription => {
  const { basicConstraints, keyUsage, extendedKeyUsage, publicKey, signatureAlgorithm } = certificate
  const told = new Told()
  const description = {
    type: 'certificate' as const,
    fingerprint: certificate.fingerprint,
    sha1: createHash('sha1').update(certificate.der).digest('hex'),
    spkiPin: createHash('sha256').update(certificate.spki).digest('base64'),
    version: certificate.version,
    serialNumber: certificate.serialNumber.slice(0, longestSerialNumber),
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    notBefore: instant(certificate.notBefore),
    notAfter: instant(certificate.notAfter),
    signatureAlgorithm: signatureAlgorithm === undefined ? null : signatureAlgorithmName(signatureAlgorithm.oid),
    publicKey: publicKey === undefined ? null : describeKey(publicKey),
    isCa: basicConstraints?.ca === true,
    pathLength: basicConstraints?.pathLength ?? null,
    selfIssued: certificate.selfIssued,
    selfSigned: isSelfSigned(certificate, verify),
    subjectAlternativeNames: told.list(certificate.subjectAlternativeNames ?? [], nameItem),
    keyUsage: keyUsage === undefined ? null : keyUsageNames(keyUsage),
    usableFor: usableFor(certificate),
    purposes: extendedKeyUsage === undefined ? null : told.list(extendedKeyUsage, purposeName),
    extensions: told.list(certificate.extensions, extensionItem),
    faults: told.list(certificate.faults, describeFault),
    warnings: told.list(certificate.oddities, describeFault)
  }
  return { ...description, truncated: told.truncated }
}

const isSelfSigned = (certificate: Certificate, verify: CheckContext['verify']): boolean | null => {
  if (!certificate.selfIssued) return false
  if (certificate.publicKey === undefined) return null
  try {
    const fault = verify(certificate, certificate.publicKey)
    return fault === undefined ? true : fault.code === 'signature-invalid' ? false : null
  } catch (thrown) {
    if (thrown instanceof LimitReached) return null
    throw thrown
  }
}
