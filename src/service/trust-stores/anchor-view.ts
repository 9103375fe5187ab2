import { certificateDescriber } from '../../core/inspect/certificate.ts'
import { generalNameText } from '../../core/match/name/general-name-text.ts'
import type { AnchorConstraints } from '../../core/model/anchor-constraints.ts'
import type { CertificateDescription } from '../../core/model/description.ts'
import { formatInstant } from '../../core/model/instant.ts'
import type { Limits } from '../../core/model/limits.ts'
import type { GeneralName } from '../../core/model/name.ts'
import type { TrustAnchor } from '../../core/model/trust-store.ts'

interface NameView {
  readonly type: GeneralName['type']
  readonly value: string
}

/** What a store says of an anchor, each narrowing what it is trusted for. */
export interface ConstraintsView {
  /** RFC 3339. */
  readonly distrustAfter?: string
  /** OIDs. */
  readonly purposes?: readonly string[]
  readonly rejectedPurposes?: readonly string[]
  /** All of them hold. */
  readonly nameConstraints?: readonly {
    readonly permitted: readonly NameView[]
    readonly excluded: readonly NameView[]
  }[]
  readonly policies?: readonly string[]
}

/** A trust anchor as the API shows it: what its certificate says, and what the store says of it. */
export interface AnchorView extends CertificateDescription {
  /** Null where the store says nothing of it. */
  readonly constraints: ConstraintsView | null
}

/** `limits` bound the signatures that are verified for all of them together. */
export const anchorViews = (anchors: readonly TrustAnchor[], limits: Limits): readonly AnchorView[] => {
  const describe = certificateDescriber(limits)
  return anchors.map(({ certificate, constraints }) => ({
    ...describe(certificate),
    constraints: constraints === undefined ? null : constraintsView(constraints)
  }))
}

const constraintsView = (constraints: AnchorConstraints): ConstraintsView => {
  const { distrustAfter, purposes, rejectedPurposes, names, policies } = constraints
  return {
    ...(distrustAfter === undefined ? {} : { distrustAfter: formatInstant(distrustAfter) }),
    ...(purposes === undefined ? {} : { purposes }),
    ...(rejectedPurposes.length === 0 ? {} : { rejectedPurposes }),
    ...(names.length === 0
      ? {}
      : {
          nameConstraints: names.map(({ permitted, excluded }) => ({
            permitted: permitted.map(nameView),
            excluded: excluded.map(nameView)
          }))
        }),
    ...(policies === undefined ? {} : { policies })
  }
}

const nameView = (name: GeneralName): NameView => ({ type: name.type, value: generalNameText(name) })
