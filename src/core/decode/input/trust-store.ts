import { createHash } from 'node:crypto'
import { narrowed } from '../../model/anchor-constraints.ts'
import type { CrlCandidate } from '../../model/crl.ts'
import type { StoredAnchor, TrustAnchor, TrustStore } from '../../model/trust-store.ts'

/** What a store is made of. */
export interface TrustStoreParts {
  readonly name: string | null
  readonly version: string | null
  readonly anchors: readonly TrustAnchor[]
  readonly crls?: readonly CrlCandidate[]
}

/** Makes a store of `anchors`, in their order; of equal certificates the first is kept, with the constraints on all of them. */
export const trustStore = ({ name, version, anchors, crls = [] }: TrustStoreParts): TrustStore => {
  const byFingerprint = new Map<string, StoredAnchor>()
  for (const anchor of anchors) {
    const { fingerprint } = anchor.certificate
    const known = byFingerprint.get(fingerprint)
    if (known === undefined) byFingerprint.set(fingerprint, { ...anchor, place: byFingerprint.size })
    else if (anchor.constraints !== undefined)
      byFingerprint.set(fingerprint, { ...known, constraints: narrowed(known.constraints, anchor.constraints) })
  }
  const kept = [...byFingerprint.values()]
  return {
    name,
    version,
    digest: createHash('sha256')
      .update([...byFingerprint.keys()].sort().join(''))
      .digest('hex'),
    anchors: kept,
    anchorsBySubject: Map.groupBy(kept, (anchor) => anchor.certificate.subject.key),
    crls
  }
}
