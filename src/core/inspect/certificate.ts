import { createHash } from 'node:crypto'
import { signatureAlgorithmName } from '../decode/key/signature-algorithm.ts'
import { keyName } from '../match/key/key-name.ts'
import { createVerifier } from '../match/key/signature.ts'
import { keyStrength } from '../match/key/strength.ts'
import type { Certificate } from '../model/certificate.ts'
import type { CertificateDescription, KeyDescription } from '../model/description.ts'
import { Budget, LimitReached, type Limits } from '../model/limits.ts'
import { purposeName } from '../model/options.ts'
import type { CheckContext } from '../model/path.ts'
import type { PublicKey } from '../model/public-key.ts'
import { keyUsageNames } from './bits.ts'
import { nameItem } from './names.ts'
import { describeFault, extensionItem, instant, Told } from './parts.ts'

/** Nothing else is verified there, and a bundle of roots is to be told whole. */
const checksMore = 8

/**
 * Makes what says of certificates all that they say: each field and each extension by name, what is not known as hex, within
 * bounds that no real certificate comes near. `limits` bound the signatures that are verified for all certificates together,
 * eight times as many as in a validation; where they are spent, `selfSigned` is null.
 */
export const certificateDescriber = (limits: Limits): ((certificate: Certificate) => CertificateDescription) => {
  const verify = createVerifier(new Budget({ ...limits, signatureChecks: checksMore * limits.signatureChecks }))
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
    purposes: extendedKeyUsage === undefined ? null : told.list(extendedKeyUsage, purposeName),
    extensions: told.list(certificate.extensions, extensionItem),
    faults: told.list(certificate.faults, describeFault),
    warnings: told.list(certificate.oddities, describeFault)
  }
  return { ...description, truncated: told.truncated }
}

const describeKey = (key: PublicKey): KeyDescription => ({
  algorithm: keyName(key),
  bits: key.bits ?? null,
  strength: keyStrength(key) ?? null
})

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
