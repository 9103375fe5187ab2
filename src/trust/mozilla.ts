import { constrain } from '../core/constraints/apply.ts'
import { readConstraints } from '../core/constraints/read.ts'
import type { TrustAnchor } from '../core/model/trust-store.ts'
import { mozillaConstraints } from './mozilla-constraints.ts'

/** The anchors of the store `mozilla` with what Mozilla says of them; of roots that this Node.js does not bring along it says nothing. */
export const constrainedByMozilla = (anchors: readonly TrustAnchor[]): readonly TrustAnchor[] => {
  const read = readConstraints(mozillaConstraints)
  if (!read.ok) throw new Error(`The constraints of Mozilla cannot be read: ${JSON.stringify(read.faults)}`)
  return constrain(anchors, read.constraints).anchors
}
