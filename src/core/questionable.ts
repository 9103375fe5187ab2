import { basicConstraints } from './checks/basic-constraints.ts'
import type { Check } from './checks/check.ts'
import { criticalExtensions } from './checks/critical-extensions.ts'
import { form } from './checks/form.ts'
import { issuanceRules } from './checks/issuance-rules.ts'
import { strength } from './checks/strength.ts'
import { webpkiExtensions } from './checks/webpki-extensions.ts'
import { webpkiNames } from './checks/webpki-names.ts'
import { statusBook } from './match/status/status-book.ts'
import type { Certificate } from './model/certificate.ts'
import { rowOf } from './model/codes.ts'
import type { QuestionableItem } from './model/description.ts'
import type { Finding } from './model/finding.ts'
import { Budget, LimitReached, type Limits } from './model/limits.ts'
import { anyExtendedKeyUsage } from './model/oids.ts'
import { purposeOids, type ValidationOptions } from './model/options.ts'
import type { CandidatePath, CheckContext } from './model/path.ts'
import { Complaints, readOptions } from './request/options.ts'

/** The checks of validation that judge a certificate by itself, without a time or a name that was asked for. */
const checks: readonly Check[] = [
  form,
  criticalExtensions,
  strength,
  issuanceRules,
  basicConstraints,
  webpkiExtensions,
  webpkiNames
]

/** As many as a person reads. */
const mostTold = 100

/**
 * Makes what says of a certificate what is questionable about it: the findings of the very checks by which paths are judged, in the
 * role that it has by what it says of itself. Those of the profile `webpki` alone are told where it may be a TLS server's, or a CA
 * above one.
 */
export const questioner = (
  limits: Limits,
  verify: CheckContext['verify']
): ((certificate: Certificate) => readonly QuestionableItem[]) => {
  const findings = (certificate: Certificate, profile: ValidationOptions['profile']): readonly Finding[] => {
    const { path, at } = placed(certificate)
    const context = contextOf(profile, limits, verify)
    const found = checks.flatMap((check) => findingsOf(check, path, context))
    return found.filter((finding) => finding.certificate === at)
  }
  return (certificate) => {
    const general = findings(certificate, 'rfc5280')
    const known = new Set(general.map(keyOf))
    const web = mayServeTheWeb(certificate)
      ? findings(certificate, 'webpki').filter((finding) => !known.has(keyOf(finding)))
      : []
    return [...general.map((each) => item(each, 'rfc5280')), ...web.map((each) => item(each, 'webpki'))].slice(
      0,
      mostTold
    )
  }
}

const keyOf = ({ code, details }: Finding): string => `${code} ${JSON.stringify(details)}`

const item = (
  { code, details, severity, reference }: Finding,
  profile: QuestionableItem['profile']
): QuestionableItem => {
  const row = rowOf(code)
  return { code, message: row.message(details), reference: reference ?? row.reference, severity, profile }
}

/** A CA stands above another certificate, here itself, and where it is self-issued at the end of a path; all else at its start. */
const placed = (certificate: Certificate): { readonly path: CandidatePath; readonly at: number } => {
  const entry = { certificate, source: 'chain[0]' }
  if (certificate.basicConstraints?.ca !== true) return { path: { entries: [entry], anchored: false }, at: 0 }
  return { path: { entries: [entry, entry], anchored: certificate.selfIssued }, at: 1 }
}

const mayServeTheWeb = ({ extendedKeyUsage }: Certificate): boolean =>
  extendedKeyUsage === undefined ||
  extendedKeyUsage.includes(purposeOids.serverAuth) ||
  extendedKeyUsage.includes(anyExtendedKeyUsage)

const toldEnough = Symbol('told enough')

/** A check that a limit cuts short has said what it found before. */
const findingsOf = (check: Check, path: CandidatePath, context: CheckContext): readonly Finding[] => {
  const findings: Finding[] = []
  try {
    check.run(path, context, (finding) => {
      if (findings.push(finding) >= mostTold) throw toldEnough
    })
  } catch (thrown) {
    if (thrown !== toldEnough && !(thrown instanceof LimitReached)) throw thrown
  }
  return findings
}

const contextOf = (
  profile: ValidationOptions['profile'],
  limits: Limits,
  verify: CheckContext['verify']
): CheckContext => ({
  options: readOptions(
    { chain: '', profile },
    { now: 0, securityLevel: 2, limits, maxCertificates: 0 },
    new Complaints()
  ),
  budget: new Budget(limits),
  crls: [],
  ocspResponses: [],
  certificates: [],
  signers: { named: () => [], judge: () => ({ valid: false, problem: 'no evidence is asked for' }) },
  statuses: statusBook(),
  verify
})
