import { createHash } from 'node:crypto'
import type { Candidate } from '../../model/path.ts'
import type { TrustStore } from '../../model/trust-store.ts'

/** Makes a store of `anchors`, in their order; of equal certificates the first is kept. */
export const trustStore = (name: string | null, version: string | null, anchors: readonly Candidate[]): TrustStore => {
  const byFingerprint = new Map<string, Candidate>()
  for (const anchor of anchors) {
    const { fingerprint } = anchor.certificate
    if (!byFingerprint.has(fingerprint)) byFingerprint.set(fingerprint, anchor)
  }
  const kept = [...byFingerprint.values()]
  return {
    name,
    version,
    digest: createHash('sha256')
      .update([...byFingerprint.keys()].sort().join(''))
      .digest('hex'),
    anchors: kept,
    anchorsBySubject: Map.groupBy(kept, (anchor) => anchor.certificate.subject.key)
  }
}
