import type { CrlSigner } from '../match/crl/crl-authenticity.ts'
import { crlStatus } from '../match/crl/crl-status.ts'
import { isExempt, noRevAvailConflicts } from '../match/crl/no-rev-avail.ts'
import { workingKeys } from '../match/key/key-inheritance.ts'
import { ocspStatus } from '../match/ocsp/ocsp-status.ts'
import { combined } from '../match/status/combined-status.ts'
import { lacksStaple } from '../match/status/must-staple.ts'
import { isShortLived } from '../match/status/short-lived.ts'
import type { Certificate } from '../model/certificate.ts'
import type { CrlCandidate } from '../model/crl.ts'
import { error, errorAt, type Fault, type Finding, fault, warning, warningAt } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import { type CandidatePath, type CheckContext, constraintsCount, roleAt } from '../model/path.ts'
import type { RejectedEvidence, RevocationStatus, RevokedStatus, UnknownStatus } from '../model/revocation.ts'
import { defineCheck } from './check.ts'

const reports = [
  'revoked',
  'revocation-unknown',
  'revocation-stale',
  'crl-invalid',
  'crl-scope-mismatch',
  'ocsp-response-invalid',
  'ocsp-responder-not-authorized',
  'staple-required',
  'no-rev-avail-conflict'
] as const

type Reported = (typeof reports)[number]

/** How many pieces of evidence are named in one finding, and how many findings about them one certificate gets. */
const mostNamed = 8

/**
 * Whether the certificates of the path are revoked: RFC 5280 §6.1.3 (a)(3) and §6.3.3, by the CRLs and the OCSP responses
 * (RFC 6960) that are there.
 *
 * CRLs of the certificate's own issuer count, signed by the next certificate of the path or by one further up with the same
 * name, as after a change of its key: these are validated with the path. A trust anchor's own status is not asked, nor is
 * the last certificate's of a path that leads to no anchor, for whose CRL there is no key.
 *
 * One certificate has one finding about its status. What is wrong with each piece of evidence is a warning beside it, so that a path
 * which fails for want of evidence alone can be told from one that fails for certain.
 */
export const revocation = defineCheck({
  name: 'revocation',
  reports,
  *run(path, context) {
    const { mode, scope } = context.options.revocation
    for (const [at, { certificate }] of path.entries.entries()) {
      if (roleAt(path, at) === 'trust-anchor') continue
      for (const conflict of noRevAvailConflicts(certificate)) yield errorAt(at, conflict)
    }
    if (mode === 'off') return
    const asked = Math.min(path.entries.length - 1, scope === 'leaf' ? 1 : path.entries.length)
    const signers = signersOf(path, context)
    for (let at = 0; at < asked; at++) {
      const certificate = path.entries[at]?.certificate
      if (certificate === undefined) continue
      const status = remembered(path, at, context, () => statusOf(certificate, signers.slice(at + 1), context))
      if (status.status === 'revoked') {
        yield errorAt(at, revokedFault(status))
      } else if (status.status === 'unknown' && !isLetOff(certificate, at, context)) {
        context.statuses.want(certificate)
        yield* findingsOf(at, status, mode)
      }
      if (at === 0 && lacksStaple(certificate, status, context.options)) {
        yield mode === 'require' ? error('staple-required', at, {}) : warning('staple-required', at, {})
      }
    }
  }
})

/** Whether a status need not be known; that somebody revoked it nevertheless still counts. */
const isLetOff = (certificate: Certificate, at: number, { options }: CheckContext): boolean =>
  isExempt(certificate) || (at === 0 && options.profile === 'webpki' && isShortLived(certificate))

/** A status is found out once for a path: found out again it would spend its budget a second time. */
const remembered = (
  path: CandidatePath,
  at: number,
  { statuses }: CheckContext,
  find: () => RevocationStatus
): RevocationStatus => {
  const known = statuses.get(path, at)
  if (known !== undefined) return known
  const status = find()
  statuses.keep(path, at, status)
  return status
}

/** What all kinds of evidence say together. `signers` are those of the entries above. */
const statusOf = (
  certificate: Certificate,
  signers: readonly (CrlSigner | undefined)[],
  context: CheckContext
): RevocationStatus =>
  combined([statusByCrls(certificate, signers, context), statusByOcsp(certificate, signers, context)])

/** For each entry, itself as a signer of CRLs; undefined where it has no key. */
const signersOf = (path: CandidatePath, { options }: CheckContext): readonly (CrlSigner | undefined)[] => {
  const keys = workingKeys(path.entries.map(({ certificate }) => certificate.publicKey))
  return path.entries.map(({ certificate }, at) => {
    const key = keys[at]
    return key && { certificate, key, usageCounts: constraintsCount(path, at, options) }
  })
}

const statusByCrls = (
  certificate: Certificate,
  signers: readonly (CrlSigner | undefined)[],
  context: CheckContext
): RevocationStatus => {
  const issuer = certificate.issuer.key
  const candidates = crlsByIssuer(context.crls).get(issuer) ?? []
  const possible = signers.filter((signer) => signer?.certificate.subject.key === issuer)
  context.budget.spend('buildingSteps', candidates.length * Math.max(1, possible.length))
  return crlStatus(
    certificate,
    possible.filter((signer) => signer !== undefined),
    candidates,
    context
  )
}

/**
 * RFC 6960 §3.2. The issuer is the next entry, whose key has signed the certificate. A responder's own status is told by
 * CRLs and by what the issuer itself has signed, so no responder is asked for another.
 */
const statusByOcsp = (
  certificate: Certificate,
  signers: readonly (CrlSigner | undefined)[],
  context: CheckContext
): RevocationStatus => {
  const [issuer] = signers
  const responses = context.ocspResponses
  if (issuer === undefined || responses.length === 0) return { status: 'unknown', rejected: [] }
  const statusOfResponder = (responder: Certificate): RevocationStatus =>
    combined([
      statusByCrls(responder, signers, context),
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

function* findingsOf(at: number, { rejected }: UnknownStatus, mode: 'prefer' | 'require'): Iterable<Finding<Reported>> {
  const place = mode === 'require' ? errorAt : warningAt
  yield place(at, unknownFault(rejected))
  for (const evidence of rejected.slice(0, mostNamed)) {
    const about = evidenceFault(evidence)
    if (about !== undefined) yield warningAt(at, about)
  }
}

const revokedFault = ({ reason, revokedAt, invalidityDate, evidence }: RevokedStatus): Fault<'revoked'> =>
  fault('revoked', {
    reason,
    ...(revokedAt === undefined ? {} : { at: formatInstant(revokedAt) }),
    ...(invalidityDate === undefined ? {} : { invalidityDate: formatInstant(invalidityDate) }),
    source: evidence.map(({ source }) => source).join(' and ')
  })

/** Evidence that is only out of date says that asking again with newer evidence helps, so it goes before other reasons. */
const unknownFault = (rejected: readonly RejectedEvidence[]): Fault<'revocation-unknown' | 'revocation-stale'> => {
  const considered = rejected.slice(0, mostNamed).map(({ source, problem }) => ({ source, problem }))
  const newest = newestStale(rejected)
  if (newest?.staleness === undefined) {
    return fault('revocation-unknown', {
      why: rejected.length === 0 ? 'no-evidence' : 'no-usable-evidence',
      considered
    })
  }
  const { why, thisUpdate, nextUpdate } = newest.staleness
  const details = {
    why,
    source: newest.source,
    thisUpdate: formatInstant(thisUpdate),
    ...(nextUpdate === undefined ? {} : { nextUpdate: formatInstant(nextUpdate) }),
    considered
  }
  return fault('revocation-stale', details, newest.reference)
}

const newestStale = (rejected: readonly RejectedEvidence[]): RejectedEvidence | undefined =>
  rejected.reduce<RejectedEvidence | undefined>((newest, each) => {
    if (each.staleness === undefined) return newest
    return (newest?.staleness?.thisUpdate ?? Number.NEGATIVE_INFINITY) < each.staleness.thisUpdate ? each : newest
  }, undefined)

const evidenceFault = ({ type, source, kind, problem, reference }: RejectedEvidence): Fault<Reported> | undefined => {
  const details = { source, reason: problem }
  if (type === 'ocsp') {
    if (kind === 'invalid') return fault('ocsp-response-invalid', details, reference)
    return kind === 'unauthorized' ? fault('ocsp-responder-not-authorized', details, reference) : undefined
  }
  if (kind === 'invalid') return fault('crl-invalid', details, reference)
  return kind === 'scope' ? fault('crl-scope-mismatch', details, reference) : undefined
}
