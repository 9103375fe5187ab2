import type { AnchorConstraints } from '../model/anchor-constraints.ts'
import type { RequestedSubtree } from '../model/request.ts'

/** What an operator says of an anchor, as JSON has it: each field narrows what it is trusted for. */
export interface ConstraintsEntry {
  /** RFC 3339: an end entity whose notBefore is later is not trusted. */
  readonly distrustAfter?: string
  /** Names or OIDs of the purposes that the anchor is trusted for. */
  readonly purposes?: readonly string[]
  /** Names or OIDs of purposes that it is not trusted for; `anyExtendedKeyUsage` stands for all. */
  readonly rejectedPurposes?: readonly string[]
  readonly nameConstraints?: {
    readonly permitted?: readonly RequestedSubtree[]
    readonly excluded?: readonly RequestedSubtree[]
  }
  /** OIDs of certificate policies of which one must be valid for the path. */
  readonly policies?: readonly string[]
}

/** Constraints on the anchors of a store: by fingerprint (SHA-256 in lower-case hex), or `*` for all of them. */
export interface ConstraintsDocument {
  readonly [fingerprint: string]: ConstraintsEntry
}

/** The same, read; keys as they were. */
export type StoreConstraints = ReadonlyMap<string, AnchorConstraints>

/** The key of what is said of every anchor. */
export const everyAnchor = '*'

/** A place in the document, as a JSON Pointer (RFC 6901), and what is wrong there. */
export interface ConstraintsFault {
  readonly pointer: string
  readonly detail: string
}

export type ConstraintsReading =
  | { readonly ok: true; readonly constraints: StoreConstraints }
  | { readonly ok: false; readonly faults: readonly ConstraintsFault[] }
