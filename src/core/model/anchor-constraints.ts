import type { Subtrees } from './name.ts'
import { anyExtendedKeyUsage } from './oids.ts'

/** What a store says of one of its anchors beside what the anchor's own certificate says; each narrows what it is trusted for. */
export interface AnchorConstraints {
  /** Seconds since 1970-01-01T00:00:00Z: an end entity whose notBefore is later is not trusted. */
  readonly distrustAfter: number | undefined
  /** OIDs of the purposes that it is trusted for, anyExtendedKeyUsage never among them; undefined for all. */
  readonly purposes: readonly string[] | undefined
  /** OIDs of purposes that it is not trusted for, whatever `purposes` says; anyExtendedKeyUsage stands for all. */
  readonly rejectedPurposes: readonly string[]
  /** Each by itself holds for every name below the anchor: two lists of permitted subtrees have no list that is both. */
  readonly names: readonly Subtrees[]
  /** OIDs of the certificate policies that it is trusted for, anyPolicy never among them; undefined for any or none. */
  readonly policies: readonly string[] | undefined
}

/** An anchor that is trusted for all that its own certificate allows. */
export const unconstrained: AnchorConstraints = {
  distrustAfter: undefined,
  purposes: undefined,
  rejectedPurposes: [],
  names: [],
  policies: undefined
}

/** What is left where both hold. */
export const narrowed = (
  one: AnchorConstraints | undefined,
  other: AnchorConstraints | undefined
): AnchorConstraints | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  return {
    distrustAfter: earlier(one.distrustAfter, other.distrustAfter),
    purposes: common(one.purposes, other.purposes),
    rejectedPurposes: [...new Set([...one.rejectedPurposes, ...other.rejectedPurposes])],
    names: [...one.names, ...other.names],
    policies: common(one.policies, other.policies)
  }
}

const earlier = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)

const common = (
  one: readonly string[] | undefined,
  other: readonly string[] | undefined
): readonly string[] | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  const allowed = new Set(other)
  return one.filter((oid) => allowed.has(oid))
}

/** Whether an anchor is trusted for a purpose; `rejected` where it is explicitly not. */
export const trustFor = (constraints: AnchorConstraints, purpose: string): 'trusted' | 'untrusted' | 'rejected' => {
  const { purposes, rejectedPurposes } = constraints
  if (rejectedPurposes.includes(purpose) || rejectedPurposes.includes(anyExtendedKeyUsage)) return 'rejected'
  return purposes === undefined || purposes.includes(purpose) ? 'trusted' : 'untrusted'
}

/** Whether there is no purpose that an anchor is trusted for. */
export const trustsNothing = ({ purposes, rejectedPurposes }: AnchorConstraints): boolean =>
  rejectedPurposes.includes(anyExtendedKeyUsage) || purposes?.every((oid) => rejectedPurposes.includes(oid)) === true
