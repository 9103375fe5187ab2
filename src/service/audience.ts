import { type Code, rowOf } from '../core/model/codes.ts'
import type { PathEntry, Verdict, VerdictFinding } from '../core/model/verdict.ts'

/** What an outsider learns of a certificate: of his own what he sent, of those above it only that they are there. */
export type ClientPathEntry = Pick<PathEntry, 'notBefore' | 'notAfter' | 'role'> &
  Partial<Pick<PathEntry, 'fingerprint' | 'subject' | 'serialNumber'>>

/** A verdict without names of internal CAs, sources and stores. */
export type ClientVerdict = Omit<Verdict, 'path' | 'attempts'> & { readonly path: readonly ClientPathEntry[] }

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
  const { attempts: _, ...kept } = verdict
  return {
    ...kept,
    path: verdict.path.map(clientEntry),
    errors: verdict.errors.map(clientFinding),
    warnings: verdict.warnings.map(clientFinding),
    trustAnchor: null,
    trust: []
  }
}

const clientEntry = (entry: PathEntry): ClientPathEntry => {
  const { fingerprint, subject, serialNumber, notBefore, notAfter, role } = entry
  if (role !== 'end-entity') return { notBefore, notAfter, role }
  return { fingerprint, subject, serialNumber, notBefore, notAfter, role }
}

const clientFinding = (finding: VerdictFinding): VerdictFinding =>
  finding.certificate === 0 && aboutOneself.has(finding.code)
    ? finding
    : { ...finding, message: `${rowOf(finding.code).title}.`, details: {} }
