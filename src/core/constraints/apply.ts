import { narrowed } from '../model/anchor-constraints.ts'
import type { TrustAnchor } from '../model/trust-store.ts'
import { type ConstraintsFault, everyAnchor, type StoreConstraints } from './document.ts'
import { ConstraintsFaults } from './faults.ts'

export interface ConstrainedAnchors {
  readonly anchors: readonly TrustAnchor[]
  /** Fingerprints that no anchor has: what was to be limited is not there, or is there unlimited under another name. */
  readonly faults: readonly ConstraintsFault[]
}

/**
 * The anchors of one store with the constraints on them. What is said of every anchor, what is said of this one, and what it
 * came with (as a TRUSTED CERTIFICATE) all hold: each narrows the others.
 */
export const constrain = (anchors: readonly TrustAnchor[], constraints: StoreConstraints): ConstrainedAnchors => {
  const faults = new ConstraintsFaults()
  const present = new Set(anchors.map(({ certificate }) => certificate.fingerprint))
  for (const key of constraints.keys()) {
    if (key !== everyAnchor && !present.has(key)) faults.add([key], 'is the fingerprint of no anchor of this store')
  }
  const ofEvery = constraints.get(everyAnchor)
  return {
    anchors: anchors.map((anchor) => {
      const said = narrowed(ofEvery, constraints.get(anchor.certificate.fingerprint))
      return said === undefined ? anchor : { ...anchor, constraints: narrowed(anchor.constraints, said) }
    }),
    faults: faults.list
  }
}
