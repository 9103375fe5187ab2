import { createHash } from 'node:crypto'
import { signatureAlgorithmName } from '../decode/key/signature-algorithm.ts'
import type { CertificateRequest } from '../model/certificate-request.ts'
import type { CertificateRequestDescription } from '../model/description.ts'
import { LimitReached } from '../model/limits.ts'
import type { CheckContext } from '../model/path.ts'
import { attributeLongNames } from './attribute-names.ts'
import { describeKey, extensionItem, Told } from './parts.ts'

/** What a request asks for, and whether who sent it has the key. Values of its attributes other than extensions are not told. */
export const describeRequest = (
  request: CertificateRequest,
  verify: CheckContext['verify']
): CertificateRequestDescription => {
  const told = new Told()
  const { publicKey, signatureAlgorithm } = request
  const description = {
    type: 'certificate-request' as const,
    version: request.version,
    subject: request.subject.text,
    spkiPin: createHash('sha256').update(request.spki).digest('base64'),
    publicKey: publicKey === undefined ? null : describeKey(publicKey),
    signatureAlgorithm: signatureAlgorithm === undefined ? null : signatureAlgorithmName(signatureAlgorithm.oid),
    selfSignatureValid: isSelfSigned(request, verify),
    attributes: told.list(request.attributes, (oid) => names.get(oid) ?? oid),
    extensions: told.list(request.extensions, extensionItem)
  }
  return { ...description, truncated: told.truncated }
}

const names = new Map([
  ...attributeLongNames,
  ['1.2.840.113549.1.9.7', 'challengePassword'],
  ['1.2.840.113549.1.9.14', 'extensionRequest']
])

/** RFC 2986 §4.2; null where it was not tried, for the key or the work it would be. */
const isSelfSigned = (request: CertificateRequest, verify: CheckContext['verify']): boolean | null => {
  if (request.publicKey === undefined) return null
  try {
    const fault = verify(request, request.publicKey)
    return fault === undefined ? true : fault.code === 'signature-invalid' ? false : null
  } catch (thrown) {
    if (thrown instanceof LimitReached) return null
    throw thrown
  }
}
