import type { Certificate } from '../../model/certificate.ts'
import type { CrlCandidate } from '../../model/crl.ts'
import { type CandidatePath, type CheckContext, constraintsCount } from '../../model/path.ts'
import type { RevocationStatus } from '../../model/revocation.ts'
import type { CrlSigner, StatusQuestion } from '../crl/crl-authenticity.ts'
import { crlStatus } from '../crl/crl-status.ts'
import { askedCrls } from '../crl/distribution-point.ts'
import { workingKeys } from '../key/key-inheritance.ts'
import { ocspStatus } from '../ocsp/ocsp-status.ts'
import { combined } from './combined-status.ts'

/**
 * What all evidence says together of a certificate in its path: CRLs by RFC 5280 §6.3.3, OCSP responses by RFC 6960 §3.2.
 * Found out once for a path: found out again it would spend its budget a second time. Throws `LimitReached`.
 */
export const certificateStatus = (path: CandidatePath, at: number, context: CheckContext): RevocationStatus => {
  const known = context.statuses.get(path, at)
  if (known !== undefined) return known
  const certificate = path.entries[at]?.certificate
  if (certificate === undefined) throw new Error('a path has no entry whose status could be asked')
  const signers = signersOf(path, at, context)
  const question: StatusQuestion = {
    certificate,
    inQuestion: [certificate],
    above: signers.filter((signer) => signer !== undefined),
    anchor: path.anchored ? path.entries.at(-1) : undefined
  }
  const status = combined([statusByCrls(question, context), statusByOcsp(question, signers[0], context)])
  context.statuses.keep(path, at, status)
  return status
}

/** The entries above one as signers, nearest first; undefined where one has no key. */
const signersOf = (path: CandidatePath, at: number, { options }: CheckContext): readonly (CrlSigner | undefined)[] => {
  const keys = workingKeys(path.entries.map(({ certificate }) => certificate.publicKey))
  return path.entries
    .map(({ certificate }, index) => {
      const key = keys[index]
      return key && { certificate, key, usageCounts: constraintsCount(path, index, options) }
    })
    .slice(at + 1)
}

/** By the CRLs of the certificate's issuer and of the CRL issuers that it names. */
const statusByCrls = (question: StatusQuestion, context: CheckContext): RevocationStatus => {
  const { certificate, above } = question
  const issuers = new Set([certificate.issuer.key, ...askedCrls(certificate).indirect.keys()])
  const crls = crlsByIssuer(context.crls)
  const candidates = [...issuers].flatMap((issuer) => crls.get(issuer) ?? [])
  const possible = above.filter((signer) => issuers.has(signer.certificate.subject.key))
  context.budget.spend('buildingSteps', candidates.length * Math.max(1, possible.length))
  return crlStatus(question, candidates, context)
}

/**
 * By the OCSP responses. The issuer is the next entry, whose key has signed the certificate. A responder's own status is told
 * by CRLs and by what the issuer itself has signed, so no responder is asked for another.
 */
const statusByOcsp = (
  question: StatusQuestion,
  issuer: CrlSigner | undefined,
  context: CheckContext
): RevocationStatus => {
  const responses = context.ocspResponses
  if (issuer === undefined || responses.length === 0) return { status: 'unknown', rejected: [] }
  const { certificate, inQuestion } = question
  const statusOfResponder = (responder: Certificate): RevocationStatus =>
    combined([
      statusByCrls({ ...question, certificate: responder, inQuestion: [...inQuestion, responder] }, context),
      ocspStatus({ certificate: responder, issuer, statusOfResponder: undefined }, responses, context)
    ])
  return ocspStatus({ certificate, issuer, statusOfResponder }, responses, context)
}

const byIssuer = new WeakMap<readonly CrlCandidate[], ReadonlyMap<string, readonly CrlCandidate[]>>()

const crlsByIssuer = (crls: readonly CrlCandidate[]): ReadonlyMap<string, readonly CrlCandidate[]> => {
  let map = byIssuer.get(crls)
  if (map === undefined) {
    map = Map.groupBy(crls, ({ crl }) => crl.issuer.key)
    byIssuer.set(crls, map)
  }
  return map
}
