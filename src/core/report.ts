import { checkAgain } from './check-again.ts'
import { matchedNames } from './checks/identity.ts'
import { userConstrainedPolicies } from './checks/policies.ts'
import type { Certificate } from './model/certificate.ts'
import { type Finding, warning } from './model/finding.ts'
import { formatInstant } from './model/instant.ts'
import { type Candidate, type CandidatePath, type CheckContext, type Role, roleAt } from './model/path.ts'
import type { TrustStore } from './model/trust-store.ts'
import type { Attempt, PathEntry, PrivateKeyReport, TrustAnchorReference, Verdict } from './model/verdict.ts'
import { verdictFinding } from './model/verdict-finding.ts'
import type { Found } from './path/find.ts'
import { isOpen, type JudgedPath } from './path/judge.ts'
import { revocationOf } from './revocation-report.ts'

/** What belongs into a verdict beside what the search found. */
export interface Circumstances {
  readonly stores: readonly TrustStore[]
  /** Warnings about the input, which belong to no certificate of the path. */
  readonly warnings: readonly Finding[]
  readonly privateKey: PrivateKeyReport | undefined
}

/** Turns what the search found into the answer: plain JSON, the same for the same request, byte for byte. */
export const report = (
  found: Found,
  context: CheckContext,
  { stores, warnings, privateKey }: Circumstances
): Verdict => {
  const { best, outcome } = found
  const { explain, time, identities } = context.options
  const target = best.path.entries[0]?.certificate
  return {
    valid: outcome === 'valid',
    outcome,
    checkedAt: formatInstant(time.checkedAt),
    path: explain === 'none' ? [] : entriesOf(best.path, context),
    errors: best.errors.map(verdictFinding),
    warnings: explain === 'none' ? [] : [...warnings, ...best.warnings, ...fetchedOn(best.path)].map(verdictFinding),
    trustAnchor: anchorOf(best),
    trust: stores.map(({ name, version, digest }) => ({ name, version, digest })),
    ...checkAgain(found, context),
    ...(identities.length === 0 || target === undefined ? {} : { matchedNames: matchedNames(target, identities) }),
    ...(outcome === 'valid' ? { policies: userConstrainedPolicies(best.path, context) } : {}),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(explain === 'all' ? { attempts: found.attempts.map((judged) => attempt(judged, context)) } : {})
  }
}

const attempt = (judged: JudgedPath, context: CheckContext): Attempt => ({
  path: entriesOf(judged.path, context),
  outcome: judged.errors.length === 0 ? 'valid' : isOpen(judged) ? 'indeterminate' : 'invalid',
  errors: judged.errors.map(verdictFinding)
})

/** RFC 5280 §4.1.2.2 has 40 digits at most. A certificate may have millions, which are cut. */
const longestSerialNumber = 1024

const entriesOf = (path: CandidatePath, context: CheckContext): readonly PathEntry[] =>
  path.entries.map(({ certificate, source }, at) => {
    const revocation = revocationOf(path, at, context)
    return { ...entryOf(certificate, source, roleAt(path, at)), ...(revocation === undefined ? {} : { revocation }) }
  })

const entryOf = (certificate: Certificate, source: string, role: Role): PathEntry => ({
  fingerprint: certificate.fingerprint,
  subject: certificate.subject.text,
  issuer: certificate.issuer.text,
  serialNumber: certificate.serialNumber.slice(0, longestSerialNumber),
  notBefore: instant(certificate.notBefore),
  notAfter: instant(certificate.notAfter),
  role,
  source
})

/** What the path could not do without, and its holder did not send. */
const fetchedOn = ({ entries }: CandidatePath): readonly Finding[] =>
  entries.flatMap(({ certificate, source }, at) =>
    source.startsWith('fetched:')
      ? [warning('intermediate-fetched', at, { source, subject: certificate.subject.text })]
      : []
  )

const instant = (seconds: number | undefined): string | null => (seconds === undefined ? null : formatInstant(seconds))

/** The anchor at which the path ends, also where the path is not valid for other reasons. */
const anchorOf = ({ path }: JudgedPath): TrustAnchorReference | null => {
  const last: Candidate | undefined = path.anchored ? path.entries.at(-1) : undefined
  if (last === undefined) return null
  const { fingerprint, subject } = last.certificate
  return { fingerprint, subject: subject.text, source: path.anchorSource ?? last.source }
}
