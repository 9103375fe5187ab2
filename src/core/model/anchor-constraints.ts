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

/** What the constraints come to for purposes. */
export interface PurposeTrust {
  /** Those that the anchor is trusted for, in their order; undefined for all but what is rejected. */
  readonly trusted: readonly string[] | undefined
  readonly rejectsAll: boolean
  /** Whether the anchor is trusted for a purpose; `rejected` where it is explicitly not. */
  of(purpose: string): 'trusted' | 'untrusted' | 'rejected'
}

/** Lists are long where somebody wants them to be: each is gone through once. */
export const purposeTrust = ({ purposes, rejectedPurposes }: AnchorConstraints): PurposeTrust => {
  const rejected = new Set(rejectedPurposes)
  const rejectsAll = rejected.has(anyExtendedKeyUsage)
  const trusted = rejectsAll ? [] : purposes?.filter((oid) => !rejected.has(oid))
  const allowed = trusted && new Set(trusted)
  return {
    trusted,
    rejectsAll,
    of: (purpose) => {
      if (rejectsAll || rejected.has(purpose)) return 'rejected'
      return allowed === undefined || allowed.has(purpose) ? 'trusted' : 'untrusted'
    }
  }
}
