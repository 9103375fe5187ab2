import { isExempt, noRevAvailConflicts } from '../match/crl/no-rev-avail.ts'
import { certificateStatus } from '../match/status/certificate-status.ts'
import { lacksStaple } from '../match/status/must-staple.ts'
import { isShortLived } from '../match/status/short-lived.ts'
import type { Certificate } from '../model/certificate.ts'
import { error, errorAt, type Fault, type Finding, fault, warning, warningAt } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import { type CheckContext, roleAt } from '../model/path.ts'
import type { EvidenceType, RejectedEvidence, RevokedStatus, UnknownStatus, Unreachable } from '../model/revocation.ts'
import { defineCheck } from './check.ts'

const reports = [
  'revoked',
  'revocation-unknown',
  'revocation-stale',
  'revocation-unreachable',
  'crl-invalid',
  'crl-scope-mismatch',
  'crl-signer-not-found',
  'crl-signer-not-valid',
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
 * CRLs count that the certificate's own issuer has signed, or a CRL issuer that the certificate names: by a key of the path, or
 * by one with a valid path of its own to the same trust anchor. A trust anchor's own status is not asked, nor is the last
 * certificate's of a path that leads to no anchor, for whose CRL there is no key.
 *
 * One certificate has one finding about its status. What is wrong with each piece of evidence is a warning beside it, so that a path
 * which fails for want of evidence alone can be told from one that fails for certain.
 */
export const revocation = defineCheck({
  name: 'revocation',
  reports,
  run(path, context, report) {
    const { mode, scope } = context.options.revocation
    for (const [at, { certificate }] of path.entries.entries()) {
      if (roleAt(path, at) === 'trust-anchor') continue
      for (const conflict of noRevAvailConflicts(certificate)) report(errorAt(at, conflict))
    }
    if (mode === 'off') return
    const asked = Math.min(path.entries.length - 1, scope === 'leaf' ? 1 : path.entries.length)
    for (let at = 0; at < asked; at++) {
      const certificate = path.entries[at]?.certificate
      if (certificate === undefined) continue
      const status = certificateStatus(path, at, context)
      if (status.status === 'revoked') {
        report(errorAt(at, revokedFault(status)))
      } else if (status.status === 'unknown' && !isLetOff(certificate, at, context)) {
        context.statuses.want(certificate)
        for (const each of findingsOf(at, status, mode, context.unreachable?.get(certificate.fingerprint) ?? []))
          report(each)
      }
      if (at === 0 && lacksStaple(certificate, status, context.options)) {
        report(mode === 'require' ? error('staple-required', at, {}) : warning('staple-required', at, {}))
      }
    }
  }
})

/** Whether a status need not be known; that somebody revoked it nevertheless still counts. */
const isLetOff = (certificate: Certificate, at: number, { options }: CheckContext): boolean =>
  isExempt(certificate) || (at === 0 && options.profile === 'webpki' && isShortLived(certificate))

function* findingsOf(
  at: number,
  { rejected }: UnknownStatus,
  mode: 'prefer' | 'require',
  unreachable: readonly Unreachable[]
): Iterable<Finding<Reported>> {
  const place = mode === 'require' ? errorAt : warningAt
  const missing = unreachable.length > 0 && fault('revocation-unreachable', { places: unreachable.slice(0, mostNamed) })
  if (missing !== false && rejected.length === 0) {
    yield place(at, missing)
    return
  }
  yield place(at, unknownFault(rejected))
  if (missing !== false) yield warningAt(at, missing)
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

type EvidenceCode = Exclude<Reported, 'revoked' | `revocation-${string}` | 'staple-required' | 'no-rev-avail-conflict'>

/** What is told of evidence beside the status. Of what is stale, and of a responder whose certificate is missing, the status tells. */
const codeOf: Readonly<Record<EvidenceType, Partial<Readonly<Record<RejectedEvidence['kind'], EvidenceCode>>>>> = {
  crl: {
    invalid: 'crl-invalid',
    unauthorized: 'crl-signer-not-valid',
    'other-key': 'crl-signer-not-found',
    scope: 'crl-scope-mismatch'
  },
  ocsp: { invalid: 'ocsp-response-invalid', unauthorized: 'ocsp-responder-not-authorized' }
}

const evidenceFault = ({
  type,
  source,
  kind,
  problem,
  reference
}: RejectedEvidence): Fault<EvidenceCode> | undefined => {
  const code = codeOf[type][kind]
  return code && fault(code, { source, reason: problem }, reference)
}
