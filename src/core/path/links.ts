import type { Certificate } from '../model/certificate.ts'
import type { Candidate, CandidatePath, CheckContext } from '../model/path.ts'
import type { TrustAnchor } from '../model/trust-store.ts'

/** A partial path as a list linked upwards, so that a thousand of them share what they have in common. */
export interface Link {
  readonly candidate: Candidate
  readonly below: Link | undefined
  /** Certificates from the target to this one. */
  readonly depth: number
}

export const startAt = (target: Candidate): Link => ({ candidate: target, below: undefined, depth: 1 })

export const extend = (below: Link, candidate: Candidate): Link => ({ candidate, below, depth: below.depth + 1 })

/** The path up to `top`, which ends at no anchor. */
export const openPath = (top: Link): CandidatePath => ({ entries: entriesOf(top), anchored: false })

/** The path up to `top` and its anchor above that. */
export const anchoredPath = (top: Link, anchor: TrustAnchor): CandidatePath => ({
  entries: [...entriesOf(top), anchor],
  anchored: true,
  anchorConstraints: anchor.constraints
})

const entriesOf = (top: Link): readonly Candidate[] => {
  const entries: Candidate[] = []
  for (let link: Link | undefined = top; link !== undefined; link = link.below) entries.push(link.candidate)
  return entries.reverse()
}

/**
 * RFC 4158 §2.4.2: the same name with the same key again leads nowhere that was not reached before. The target has no
 * shorter way than over its issuer, who may have its name and key: it must only not come again itself (RFC 5280 §6.1).
 */
export const wouldLoop = (top: Link, next: Certificate): boolean => {
  for (let link: Link | undefined = top; link !== undefined; link = link.below) {
    const { subject, spki, der } = link.candidate.certificate
    if (link.below === undefined) return Buffer.compare(der, next.der) === 0
    if (subject.key === next.subject.key && Buffer.compare(spki, next.spki) === 0) return true
  }
  return false
}

const octetsAPath = 32_768

/** What judging a path costs, in paths of ordinary certificates: it grows with the certificates' octets. */
export const weightOf = ({ entries }: CandidatePath): number =>
  1 + Math.floor(entries.reduce((sum, { certificate }) => sum + certificate.der.length, 0) / octetsAPath)

/** What key identifiers say of a possible issuer: a hint for the order in which issuers are tried (RFC 4158 §3.5.12). */
export type KeyHint = 'match' | 'unknown' | 'mismatch'

export const keyHint = (child: Certificate, issuer: Certificate): KeyHint => {
  const wanted = child.authorityKeyIdentifier?.keyIdentifier
  const found = issuer.subjectKeyIdentifier
  if (wanted === undefined || found === undefined) return 'unknown'
  return wanted === found ? 'match' : 'mismatch'
}

const hintOrder: Readonly<Record<KeyHint, number>> = { match: 0, unknown: 1, mismatch: 2 }

/** Likeliest issuers first; equally likely ones in the order in which they came. */
export const likeliestFirst = <C extends Candidate>(child: Certificate, issuers: readonly C[]): readonly C[] =>
  issuers.length < 2
    ? issuers
    : issuers.toSorted(
        (one, other) => hintOrder[keyHint(child, one.certificate)] - hintOrder[keyHint(child, other.certificate)]
      )

/**
 * Whether the child's signature verifies under the issuer's key. A DSA key with inherited parameters can only be tried
 * when the whole path is known (RFC 5280 §6.1.4 (d) to (f)): it passes here, and the check of signatures decides.
 */
export const signed = (child: Certificate, issuer: Certificate, context: CheckContext): boolean => {
  const key = issuer.publicKey
  if (key === undefined) return false
  if (key.type === 'dsa' && key.parameters === undefined) return true
  return context.verify(child, key) === undefined
}
