import { type Certificate, keyUsageBits } from '../../model/certificate.ts'
import type { CrlCandidate } from '../../model/crl.ts'
import type { CheckContext } from '../../model/path.ts'
import type { PublicKey } from '../../model/public-key.ts'
import type { RejectedEvidence } from '../../model/revocation.ts'
import { weakSignature } from '../key/strength.ts'

/** A certificate that may have signed CRLs, with its working key, validated by the path that it stands in. */
export interface CrlSigner {
  readonly certificate: Certificate
  readonly key: PublicKey
  /** Whether its key usage counts: not where it is an anchor whose constraints do not. */
  readonly usageCounts: boolean
}

/**
 * Whether a CRL is well formed, understood, and signed by one of the signers: RFC 5280 §6.3.3 (f) and (g). Undefined if it is.
 *
 * What is signed by nobody known may still be in order, where its key identifier says that another key of the same name
 * signed it.
 */
export const rejectCrl = (
  { crl, source }: CrlCandidate,
  signers: readonly CrlSigner[],
  context: CheckContext
): RejectedEvidence | undefined => {
  const reject = (
    problem: string,
    reference: string,
    kind: RejectedEvidence['kind'] = 'invalid'
  ): RejectedEvidence => ({
    type: 'crl',
    source,
    kind,
    problem,
    reference
  })
  const [first, second] = crl.faults
  if (first !== undefined) {
    const more = second === undefined ? '' : `, and ${second.details.reason}`
    return reject(`${first.details.reason}${more}`, first.reference ?? 'RFC 5280 §5.1')
  }
  const algorithm = crl.signatureAlgorithm
  const weak = algorithm && weakSignature(algorithm, context.options.securityLevel)
  if (weak !== undefined) {
    const { algorithm, bits, level, required } = weak.details
    return reject(
      `is signed with ${algorithm}, of a strength of ${bits} bits, where security level ${level} needs ${required}`,
      'NIST SP 800-57 Part 1 §5.6.1'
    )
  }
  const signer = likeliestFirst(signers, crl.authorityKeyIdentifier?.keyIdentifier).find(
    ({ key }) => context.verify(crl, key) === undefined
  )
  if (signer === undefined) return unsigned(crl.authorityKeyIdentifier?.keyIdentifier, signers, reject)
  const usage = signer.usageCounts ? signer.certificate.keyUsage : undefined
  if (usage !== undefined && (usage & keyUsageBits.cRLSign) === 0) {
    return reject(
      'is signed with a key whose certificate does not allow it: its key usage lacks cRLSign',
      'RFC 5280 §6.3.3 (f)'
    )
  }
  return undefined
}

/** Key identifiers order the signers; they exclude none. */
const likeliestFirst = (signers: readonly CrlSigner[], keyIdentifier: string | undefined): readonly CrlSigner[] => {
  if (keyIdentifier === undefined || signers.length < 2) return signers
  const named = ({ certificate }: CrlSigner): boolean => certificate.subjectKeyIdentifier === keyIdentifier
  return [...signers.filter(named), ...signers.filter((signer) => !named(signer))]
}

const unsigned = (
  keyIdentifier: string | undefined,
  signers: readonly CrlSigner[],
  reject: (problem: string, reference: string, kind?: RejectedEvidence['kind']) => RejectedEvidence
): RejectedEvidence => {
  const known = signers.map(({ certificate }) => certificate.subjectKeyIdentifier)
  return keyIdentifier === undefined || known.includes(undefined) || known.includes(keyIdentifier)
    ? reject('has a signature that does not verify under the issuer’s key', 'RFC 5280 §6.3.3 (g)')
    : reject(
        `is signed with another key (${shortened(keyIdentifier)}) than the issuer’s in this path`,
        'RFC 5280 §6.3.3 (f)',
        'other-key'
      )
}

/** Key identifiers are input, of any length. */
const shortened = (text: string): string => (text.length > 64 ? `${text.slice(0, 64)}…` : text)
