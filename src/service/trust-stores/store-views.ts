import { formatInstant } from '../../core/model/instant.ts'
import type { StoredAnchor, TrustStore } from '../../core/model/trust-store.ts'
import { isCa } from '../../trust/authority.ts'
import type { VersionRecord } from '../../trust/keeping.ts'
import type { StoreOrigin, StoreSnapshot } from '../../trust/registry.ts'

/** As Python's `SSLContext.cert_store_stats` counts. */
export interface StoreCounts {
  readonly x509: number
  /** Those that are of CAs. */
  readonly x509_ca: number
  readonly crl: number
}

/** A trust store as it is served. */
export interface StoreSummary {
  readonly name: string
  /** The number of an upload; else what its source says. */
  readonly version: string | null
  readonly digest: string
  readonly counts: StoreCounts
  readonly origin: StoreOrigin
  /** RFC 3339: when this version became the one that is served. */
  readonly since: string
  /** Whether requests are held to it that name no store. */
  readonly isDefault: boolean
}

export interface StoreView {
  readonly summary: StoreSummary
  /** Another for every content: what entity tags are made of. */
  readonly tag: string
  readonly anchors: readonly StoredAnchor[]
}

/** A change as the audit tells of it. */
export interface VersionView {
  readonly version: string
  /** RFC 3339. */
  readonly at: string
  readonly by: string
  readonly action: VersionRecord['action']
  readonly fromDigest: string | null
  readonly digest: string | null
  readonly checksum: string | null
  /** Whether its content can still be read and restored. */
  readonly kept: boolean
}

export const summaryOf = (name: string, snapshot: StoreSnapshot, isDefault: boolean): StoreSummary => ({
  name,
  version: snapshot.store.version,
  digest: snapshot.store.digest,
  counts: countsOf(snapshot.store),
  origin: snapshot.origin,
  since: formatInstant(snapshot.since),
  isDefault
})

export const versionView = ({
  version,
  at,
  by,
  action,
  fromDigest,
  digest,
  checksum,
  kept
}: VersionRecord): VersionView => ({
  version: String(version),
  at: formatInstant(at),
  by,
  action,
  fromDigest,
  digest,
  checksum,
  kept
})

/** By number and checksum: a data directory that was lost counts from 1 again, but not with the same contents. */
export const tagOfVersion = ({ version, checksum }: VersionRecord): string => `${version}-${checksum?.slice(0, 32)}`

/** For a store of the configuration, whose constraints can change without its digest. */
export const tagOfSnapshot = ({ store, since }: StoreSnapshot): string =>
  `${store.version}-${store.digest.slice(0, 32)}-${since}`

/** Stores never change, and reading what each of thousands of certificates is takes a while. */
const counted = new WeakMap<TrustStore, StoreCounts>()

export const countsOf = (store: TrustStore): StoreCounts => {
  const known = counted.get(store)
  if (known !== undefined) return known
  const counts = {
    x509: store.anchors.length,
    x509_ca: store.anchors.filter(({ certificate }) => isCa(certificate)).length,
    crl: store.crls.length
  }
  counted.set(store, counts)
  return counts
}
