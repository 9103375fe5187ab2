import { type Certificate, keyUsageBits } from '../../model/certificate.ts'
import type { Crl, CrlCandidate } from '../../model/crl.ts'
import type { Candidate, CheckContext } from '../../model/path.ts'
import type { PublicKey } from '../../model/public-key.ts'
import type { RejectedEvidence } from '../../model/revocation.ts'
import { weakSignature } from '../key/strength.ts'
import { askedCrls } from './distribution-point.ts'

/** A certificate that may have signed CRLs, with its working key, validated by the path that it stands in. */
export interface CrlSigner {
  readonly certificate: Certificate
  readonly key: PublicKey
  /** Whether its key usage counts: not where it is an anchor whose constraints do not. */
  readonly usageCounts: boolean
}

/** A certificate whose status is asked, in its path. */
export interface StatusQuestion {
  readonly certificate: Certificate
  /** The certificate, and those for whose sake its status is asked: no signer beside the path may rest on these. */
  readonly inQuestion: readonly Certificate[]
  /** The entries above it that have keys: what validates the path validates them. */
  readonly above: readonly CrlSigner[]
  /** Undefined where the path leads to no trust anchor: a signer beside the path has none to lead to then. */
  readonly anchor: Candidate | undefined
}

/** Who signed a CRL. */
export interface Signature {
  readonly key: PublicKey
  /** Seconds since 1970-01-01T00:00:00Z: the last one at which the signer's own path is valid, if it has one. */
  readonly until: number
}

type Reject = (problem: string, reference: string, kind?: RejectedEvidence['kind']) => RejectedEvidence

/**
 * Who signed a CRL that is well formed, understood, and strong enough: RFC 5280 §6.3.3 (f) and (g); or why it is not to be
 * believed.
 *
 * The signer has the name of the CRL's issuer. It is a certificate further up the path, or else any other that has been sent or
 * is trusted, and has a valid path of its own to the same trust anchor.
 */
export const authenticate = (
  { crl, source }: CrlCandidate,
  question: StatusQuestion,
  context: CheckContext
): Signature | RejectedEvidence => {
  const reject: Reject = (problem, reference, kind = 'invalid') => ({ type: 'crl', source, kind, problem, reference })
  const unfit = whyUnfit(crl, context, reject)
  if (unfit !== undefined) return unfit
  const inPath = question.above.filter(({ certificate }) => certificate.subject.key === crl.issuer.key)
  const beside = question.anchor === undefined ? [] : context.signers.named(crl.issuer.key)
  const first = signedInPath(crl, inPath, context, reject)
  if ('key' in first) return first
  const itself = signedByItself(crl, question.certificate, context)
  if (itself !== undefined) return itself
  const second = signedBeside(crl, beside, question, context, reject)
  if ('key' in second) return second
  return first.refusal ?? second.refusal ?? unsigned(crl, [...inPath, ...beside], reject)
}

/** RFC 5280 §5: what no signature mends. */
const whyUnfit = (crl: Crl, { options }: CheckContext, reject: Reject): RejectedEvidence | undefined => {
  const [first, second] = crl.faults
  if (first !== undefined) {
    const more = second === undefined ? '' : `, and ${second.details.reason}`
    return reject(`${first.details.reason}${more}`, first.reference ?? 'RFC 5280 §5.1')
  }
  const weak = crl.signatureAlgorithm && weakSignature(crl.signatureAlgorithm, options.securityLevel)
  if (weak === undefined) return undefined
  const { algorithm, bits, level, required } = weak.details
  return reject(
    `is signed with ${algorithm}, of a strength of ${bits} bits, where security level ${level} needs ${required}`,
    'NIST SP 800-57 Part 1 §5.6.1'
  )
}

/** Who signed, or why the signer that was found may not have. */
type Search = Signature | { readonly refusal: RejectedEvidence | undefined }

const signedInPath = (crl: Crl, signers: readonly CrlSigner[], context: CheckContext, reject: Reject): Search => {
  let refusal: RejectedEvidence | undefined
  for (const { certificate, key, usageCounts } of likeliestFirst(signers, crl)) {
    if (context.verify(crl, key) !== undefined) continue
    if (!usageCounts || maySign(certificate)) return { key, until: Number.POSITIVE_INFINITY }
    refusal ??= notAllowed(reject)
  }
  return { refusal }
}

/**
 * A certificate may name itself as the issuer of the CRLs that tell its status, as that of a CRL issuer to whom a CA has left
 * all revocation. Its path is the one in question, so that nothing else has to be validated. Where a certificate does not, no
 * signature of its own counts for itself.
 */
const signedByItself = (crl: Crl, certificate: Certificate, context: CheckContext): Signature | undefined => {
  const { subject, publicKey: key } = certificate
  if (key === undefined || crl.issuer.key !== subject.key || !askedCrls(certificate).indirect.has(subject.key)) {
    return undefined
  }
  return maySign(certificate) && context.verify(crl, key) === undefined
    ? { key, until: Number.POSITIVE_INFINITY }
    : undefined
}

const signedBeside = (
  crl: Crl,
  candidates: readonly Candidate[],
  { inQuestion, anchor }: StatusQuestion,
  context: CheckContext,
  reject: Reject
): Search => {
  let refusal: RejectedEvidence | undefined
  if (anchor === undefined) return { refusal }
  for (const candidate of likeliestFirst(candidates, crl)) {
    context.budget.spend('buildingSteps')
    const { certificate, source } = candidate
    const own = certificate.publicKey
    if (own === undefined) continue
    // RFC 5280 §6.1.4 (d): what parameters a DSA key inherits is known when its path is.
    const inherits = own.type === 'dsa' && own.parameters === undefined
    if (!inherits && context.verify(crl, own) !== undefined) continue
    if (!maySign(certificate)) {
      refusal ??= notAllowed(reject)
      continue
    }
    const judged = context.signers.judge(candidate, { anchor, inQuestion }, context)
    if (!judged.valid) {
      refusal ??= reject(`is signed by ${source}, ${judged.problem}`, 'RFC 5280 §6.3.3 (f)', 'unauthorized')
    } else if (!inherits || context.verify(crl, judged.key) === undefined) {
      return { key: judged.key, until: judged.until }
    }
  }
  return { refusal }
}

const maySign = ({ keyUsage }: Certificate): boolean =>
  keyUsage === undefined || (keyUsage & keyUsageBits.cRLSign) !== 0

const notAllowed = (reject: Reject): RejectedEvidence =>
  reject('is signed with a key whose certificate does not allow it: its key usage lacks cRLSign', 'RFC 5280 §6.3.3 (f)')

/** Key identifiers order the signers; they exclude none. */
const likeliestFirst = <S extends { readonly certificate: Certificate }>(
  signers: readonly S[],
  { authorityKeyIdentifier }: Crl
): readonly S[] => {
  const wanted = authorityKeyIdentifier?.keyIdentifier
  if (wanted === undefined || signers.length < 2) return signers
  const named = ({ certificate }: S): boolean => certificate.subjectKeyIdentifier === wanted
  return [...signers.filter(named), ...signers.filter((signer) => !named(signer))]
}

/**
 * What is signed by nobody known may still be in order, where its key identifier says that another key of the same name
 * signed it, or where nobody of that name is known.
 */
const unsigned = (
  { issuer, authorityKeyIdentifier }: Crl,
  known: readonly { readonly certificate: Certificate }[],
  reject: Reject
): RejectedEvidence => {
  if (known.length === 0) {
    const problem = `is signed by ${shortened(issuer.text)}, of whom there is no certificate with a key`
    return reject(problem, 'RFC 5280 §6.3.3 (f)', 'other-key')
  }
  const wanted = authorityKeyIdentifier?.keyIdentifier
  const identifiers = new Set(known.map(({ certificate }) => certificate.subjectKeyIdentifier))
  if (wanted === undefined || identifiers.has(undefined) || identifiers.has(wanted)) {
    return reject('has a signature that does not verify under the issuer’s key', 'RFC 5280 §6.3.3 (g)')
  }
  const problem = `is signed with another key (${shortened(wanted)}) of its issuer than those whose certificates are here`
  return reject(problem, 'RFC 5280 §6.3.3 (f)', 'other-key')
}

/** Names and key identifiers are input, of any length. */
const shortened = (text: string): string => (text.length > 64 ? `${text.slice(0, 64)}…` : text)
