import { createHash } from 'node:crypto'
import type { AnchorConstraints } from '../../core/model/anchor-constraints.ts'
import type { RefusalError } from '../../core/model/request.ts'
import type { StoreContent } from '../../trust/keeping.ts'
import { readUpload, type Upload, type UploadFault, type UploadFaultCode } from '../../trust/upload.ts'
import { constraintsAfter } from './constraints-after.ts'
import { type CertificateReference, referenceTo } from './store-changes.ts'

/** What somebody sends for a store, and how strictly it is to be taken. */
export interface Proposal extends Upload {
  /** As JSON has it; undefined for none. */
  readonly constraints?: unknown
  /** Takes what can be taken and lists the rest, in place of refusing all. */
  readonly partial: boolean
  readonly allowEndEntity: boolean
}

/** What of it is taken, as plain data. */
export interface Accepted {
  readonly certificates: readonly { readonly fingerprint: string; readonly der: Uint8Array }[]
  readonly crls: readonly Uint8Array[]
  /** As JSON had it. */
  readonly constraints: unknown
  /** What certificates say of themselves, by fingerprint. */
  readonly ownTrust: ReadonlyMap<string, AnchorConstraints>
  readonly duplicates: readonly (CertificateReference & { readonly pointer: string; readonly line?: number })[]
  readonly notTaken: readonly UploadFault[]
}

/** Why nothing of it is taken. */
export interface ProposalRefusal {
  readonly kind: 'refused'
  readonly code: UploadFaultCode | 'field-invalid' | 'too-many-certificates' | 'trust-store-empty'
  readonly detail: string
  readonly errors: readonly RefusalError<ProposalRefusal['code']>[]
}

/** Faults that one answer lists; it says how many there are. */
const mostListed = 1_000

export type Acceptance = ({ readonly kind: 'accepted' } & Accepted) | ProposalRefusal

/** Reads a proposal: what is to be taken of it, at most `maxCertificates` objects, or why nothing is. */
export const accept = (proposal: Proposal, maxCertificates: number): Acceptance => {
  const read = readUpload(proposal, { maxItems: maxCertificates, allowEndEntity: proposal.allowEndEntity })
  if (read.truncated) return tooMany(maxCertificates)
  const keys = read.faults.filter(({ code }) => code === 'private-key-refused')
  if (keys.length > 0) return refused(keys)
  if (read.faults.length > 0 && !proposal.partial) return refused(read.faults)
  if (read.certificates.length === 0) {
    const detail = 'It holds no certificate. A trust store that is not wanted any more is deleted, not emptied.'
    return refused([{ pointer: '/certificates', code: 'trust-store-empty', detail }, ...read.faults])
  }
  return {
    kind: 'accepted',
    certificates: read.certificates.map(({ fingerprint, der }) => ({ fingerprint, der })),
    crls: read.crls,
    constraints: proposal.constraints,
    ownTrust: read.ownTrust,
    duplicates: read.duplicates.map(({ certificate, ...place }) => ({ ...referenceTo(certificate), ...place })),
    notTaken: read.faults.slice(0, mostListed)
  }
}

/** The content that a store has after the change, of at most `maxCertificates` certificates. */
export const contentAfter = (
  mode: 'replace' | 'add',
  { certificates, crls, constraints, ownTrust }: Accepted,
  current: StoreContent | undefined,
  maxCertificates: number
): ({ readonly kind: 'content' } & StoreContent) | ProposalRefusal => {
  const base = mode === 'add' ? current : undefined
  const together = new Map([
    ...hashed(base?.certificates ?? []),
    ...certificates.map(({ fingerprint, der }) => [fingerprint, der] as const)
  ])
  if (together.size > maxCertificates) return tooMany(maxCertificates)
  const limited = constraintsAfter(base?.constraints, constraints, ownTrust, new Set(together.keys()))
  if (!limited.ok) {
    return refused(
      limited.faults.map(({ pointer, detail }) => ({
        pointer: `/constraints${pointer}`,
        code: 'field-invalid',
        detail: `The value ${detail}.`
      }))
    )
  }
  return {
    kind: 'content',
    certificates: [...together.values()],
    crls: [...new Map([...hashed(base?.crls ?? []), ...hashed(crls)]).values()],
    constraints: limited.text
  }
}

/** By SHA-256, as fingerprints are. A map keeps the place of the first of equal keys: what was there stays before what is new. */
const hashed = (ders: readonly Uint8Array[]): readonly (readonly [string, Uint8Array])[] =>
  ders.map((der) => [createHash('sha256').update(der).digest('hex'), der])

const tooMany = (most: number): ProposalRefusal => {
  const detail = `A trust store may hold ${most} certificates and other objects at most.`
  return refused([{ pointer: '/certificates', code: 'too-many-certificates', detail }])
}

const refused = (errors: readonly RefusalError<ProposalRefusal['code']>[]): ProposalRefusal => {
  const [first] = errors
  if (first === undefined) throw new Error('a refusal needs a reason')
  const more = errors.length > 1 ? ` (${errors.length} faults in all)` : ''
  const detail = `${first.pointer}: ${first.detail}${more}`
  return { kind: 'refused', code: first.code, detail, errors: errors.slice(0, mostListed) }
}
