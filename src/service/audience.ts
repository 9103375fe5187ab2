import { type Code, rowOf } from '../core/model/codes.ts'
import type {
  ChangeKind,
  Counterfactual,
  PathEntry,
  RevocationReport,
  Timeline,
  TimelineEdge,
  Verdict,
  VerdictFinding
} from '../core/model/verdict.ts'

/** What an outsider learns of a certificate: of his own what he sent, of those above it only that they are there. */
export type ClientPathEntry = Pick<PathEntry, 'notBefore' | 'notAfter' | 'role'> &
  Partial<Pick<PathEntry, 'fingerprint' | 'subject' | 'serialNumber'>> & {
    readonly revocation?: ClientRevocation
  }

/** Of the revocation of his own certificate: what, but not by which evidence. */
export type ClientRevocation = Omit<RevocationReport, 'evidence'>

/** A verdict without names of internal CAs, sources and stores. */
export type ClientVerdict = Omit<Verdict, 'path' | 'attempts' | 'fetches'> & {
  readonly path: readonly ClientPathEntry[]
}

/** Codes whose details, for the end-entity certificate, tell of nothing but that certificate and the request. */
const aboutOneself: ReadonlySet<Code> = new Set<Code>([
  'expired',
  'not-yet-valid',
  'hostname-mismatch',
  'ip-address-mismatch',
  'email-mismatch',
  'uri-mismatch'
])

export const forClient = (verdict: Verdict): ClientVerdict => {
  const { attempts: _attempts, fetches: _fetches, timeline, wouldBeValid, ...kept } = verdict
  return {
    ...kept,
    ...(timeline === undefined ? {} : { timeline: timeline && clientTimeline(timeline) }),
    ...(wouldBeValid === undefined ? {} : { wouldBeValid: wouldBeValid.filter(isOneself) }),
    path: verdict.path.map(clientEntry),
    errors: verdict.errors.map(clientFinding),
    warnings: verdict.warnings.map(clientFinding),
    trustAnchor: null,
    trust: []
  }
}

/** Changes of a request that tell nothing of CAs and stores. */
const ofOneself: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['time', 'name', 'purpose', 'keyUsage'])

const isOneself = ({ changes }: Counterfactual): boolean => changes.every(({ kind }) => ofOneself.has(kind))

const clientTimeline = ({ begins, ends, ...times }: Timeline): Timeline => ({
  ...times,
  begins: begins && clientEdge(begins),
  ends: ends && clientEdge(ends)
})

const clientEdge = ({ code }: TimelineEdge): TimelineEdge => ({
  code,
  message: `${rowOf(code).title}.`,
  certificate: null
})

const clientEntry = (entry: PathEntry): ClientPathEntry => {
  const { fingerprint, subject, serialNumber, notBefore, notAfter, role, revocation } = entry
  if (role !== 'end-entity') return { notBefore, notAfter, role }
  const own = { fingerprint, subject, serialNumber, notBefore, notAfter, role }
  return revocation === undefined ? own : { ...own, revocation: clientRevocation(revocation) }
}

const clientRevocation = ({ evidence: _, ...kept }: RevocationReport): ClientRevocation => kept

const clientFinding = (finding: VerdictFinding): VerdictFinding =>
  finding.certificate === 0 && aboutOneself.has(finding.code)
    ? finding
    : { ...finding, message: `${rowOf(finding.code).title}.`, details: {} }
