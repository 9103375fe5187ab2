import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { weakKey } from '../../core/match/key/strength.ts'
import type { Certificate } from '../../core/model/certificate.ts'
import { formatInstant } from '../../core/model/instant.ts'
import type { SecurityLevel } from '../../core/model/options.ts'
import type { TrustStore } from '../../core/model/trust-store.ts'
import { isCa } from '../../trust/authority.ts'

/** A certificate as an answer names it. */
export interface CertificateReference {
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string
  /** RFC 4514. */
  readonly subject: string
  /** RFC 3339; null where it cannot be read. */
  readonly notAfter: string | null
}

/** What a change does to a store, and what is worth a look in the store that comes of it. */
export interface StoreChanges {
  readonly digest: { readonly before: string | null; readonly after: string | null }
  readonly added: readonly CertificateReference[]
  readonly removed: readonly CertificateReference[]
  /** How many certificates are in both. */
  readonly unchanged: number
  readonly crls: { readonly added: number; readonly removed: number; readonly unchanged: number }
  /** Those in both that are trusted for something else than before. */
  readonly constrained: readonly CertificateReference[]
  /** Of the store afterwards, as all below. */
  readonly expired: readonly CertificateReference[]
  /** Within 30 days. */
  readonly expiring: readonly CertificateReference[]
  readonly notCa: readonly CertificateReference[]
  readonly weak: readonly (CertificateReference & { readonly reason: string })[]
}

/** What the certificates are held against. */
export interface Yardstick {
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly now: number
  readonly securityLevel: SecurityLevel
}

const soon = 30 * 86_400

/** Compares a store with what is to take its place; undefined where there is none. */
export const changesBetween = (
  before: TrustStore | undefined,
  after: TrustStore | undefined,
  { now, securityLevel }: Yardstick
): StoreChanges => {
  const was = certificatesOf(before)
  const becomes = certificatesOf(after)
  const known = new Set(was.map(({ fingerprint }) => fingerprint))
  const kept = new Set(becomes.map(({ fingerprint }) => fingerprint))
  const added = becomes.filter(({ fingerprint }) => !known.has(fingerprint))
  return {
    digest: { before: before?.digest ?? null, after: after?.digest ?? null },
    added: added.map(referenceTo),
    removed: was.filter(({ fingerprint }) => !kept.has(fingerprint)).map(referenceTo),
    unchanged: becomes.length - added.length,
    crls: crlChanges(before, after),
    constrained: constrainedOtherwise(before, after),
    expired: becomes.filter(({ notAfter }) => notAfter !== undefined && notAfter < now).map(referenceTo),
    expiring: becomes
      .filter(({ notAfter }) => notAfter !== undefined && notAfter >= now && notAfter < now + soon)
      .map(referenceTo),
    notCa: becomes.filter((certificate) => !isCa(certificate)).map(referenceTo),
    weak: becomes.flatMap((certificate) => weaknessOf(certificate, securityLevel))
  }
}

export const referenceTo = ({ fingerprint, subject, notAfter }: Certificate): CertificateReference => ({
  fingerprint,
  subject: subject.text,
  notAfter: notAfter === undefined ? null : formatInstant(notAfter)
})

const certificatesOf = (store: TrustStore | undefined): readonly Certificate[] =>
  store?.anchors.map(({ certificate }) => certificate) ?? []

/** A key that validation would refuse in an anchor, at the level of the service. */
const weaknessOf = (certificate: Certificate, level: SecurityLevel): StoreChanges['weak'] => {
  const { publicKey } = certificate
  if (publicKey === undefined) return [{ ...referenceTo(certificate), reason: 'its key cannot be used' }]
  const fault = weakKey(publicKey, level)
  if (fault === undefined) return []
  const { details } = fault
  const reason =
    'reason' in details
      ? details.reason
      : `it is ${details.key} of ${details.bits} bits, of a strength of ${details.strength}; level ${level} asks for ${details.required}`
  return [{ ...referenceTo(certificate), reason }]
}

const constrainedOtherwise = (
  before: TrustStore | undefined,
  after: TrustStore | undefined
): readonly CertificateReference[] => {
  const was = new Map(before?.anchors.map((anchor) => [anchor.certificate.fingerprint, anchor]))
  return (after?.anchors ?? []).flatMap(({ certificate, constraints }) => {
    const known = was.get(certificate.fingerprint)
    return known === undefined || isDeepStrictEqual(known.constraints, constraints) ? [] : [referenceTo(certificate)]
  })
}

const crlChanges = (before: TrustStore | undefined, after: TrustStore | undefined): StoreChanges['crls'] => {
  const was = hashesOf(before)
  const becomes = hashesOf(after)
  const unchanged = becomes.intersection(was).size
  return { added: becomes.size - unchanged, removed: was.size - unchanged, unchanged }
}

const hashesOf = (store: TrustStore | undefined): ReadonlySet<string> =>
  new Set(store?.crls.map(({ crl }) => createHash('sha256').update(crl.der).digest('hex')))
