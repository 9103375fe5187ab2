import {
  type ConstraintsDocument,
  type ConstraintsEntry,
  type ConstraintsFault,
  everyAnchor
} from '../../core/constraints/document.ts'
import { readConstraints } from '../../core/constraints/read.ts'
import { type AnchorConstraints, narrowed, purposeTrust } from '../../core/model/anchor-constraints.ts'

/** What a store is to say of its anchors: as text, undefined for nothing, or what is wrong with it. */
export type ConstraintsAfter =
  | { readonly ok: true; readonly text: string | undefined }
  | { readonly ok: false; readonly faults: readonly ConstraintsFault[] }

/**
 * Puts together what is kept (`base`), what was sent as JSON, and what certificates that were sent say of themselves.
 * What is sent of an anchor takes the place of what is kept of it; what its certificate says narrows that. Every
 * entry must speak of one of `fingerprints`, the anchors of the store.
 */
export const constraintsAfter = (
  base: string | undefined,
  sent: unknown,
  ownTrust: ReadonlyMap<string, AnchorConstraints>,
  fingerprints: ReadonlySet<string>
): ConstraintsAfter => {
  if (sent !== undefined) {
    const read = readConstraints(sent)
    if (!read.ok) return read
  }
  const document: Record<string, ConstraintsEntry> = {
    ...entriesOf(base === undefined ? undefined : JSON.parse(base)),
    ...entriesOf(sent)
  }
  const constraints = readConstraints(document)
  if (!constraints.ok) return constraints
  for (const [fingerprint, own] of ownTrust) {
    document[fingerprint] = { ...document[fingerprint], ...purposesOf(constraints.constraints.get(fingerprint), own) }
  }
  const faults = Object.keys(document)
    .filter((key) => key !== everyAnchor && !fingerprints.has(key))
    .map((key) => ({ pointer: `/${key}`, detail: 'is the fingerprint of no certificate of this store' }))
  if (faults.length > 0) return { ok: false, faults }
  const both = readConstraints(document)
  if (!both.ok) return both
  return { ok: true, text: Object.keys(document).length === 0 ? undefined : JSON.stringify(document) }
}

/** What was kept was read before, and is proven by its checksum. */
const entriesOf = (document: unknown): ConstraintsDocument => (isDocument(document) ? document : {})

const isDocument = (value: unknown): value is ConstraintsDocument => typeof value === 'object' && value !== null

/** The purposes that are left where both hold, as an entry has them; whoever is left with none has no `purposes`, and a fault. */
const purposesOf = (said: AnchorConstraints | undefined, own: AnchorConstraints): ConstraintsEntry => {
  const both = narrowed(said, own) ?? own
  const { trusted } = purposeTrust(both)
  return trusted === undefined ? { rejectedPurposes: both.rejectedPurposes } : { purposes: trusted }
}
