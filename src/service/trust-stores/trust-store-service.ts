import type { Refusal } from '../../core/model/request.ts'
import type { StoredAnchor, TrustStore } from '../../core/model/trust-store.ts'
import { KeepingError, type VersionRecord } from '../../trust/keeping.ts'
import { storeFrom } from '../../trust/store-content.ts'
import type { Acceptance, Proposal } from './accepted.ts'
import { type AnchorView, anchorViews } from './anchor-view.ts'
import { type Changed, type ChangeOrder, type ChangingParts, makeChange, type Unkept, unkept } from './changing.ts'
import { type RehearsalOrder, type Rehearsed, type RehearsingParts, rehearsals } from './rehearsing.ts'
import {
  countsOf,
  type StoreCounts,
  type StoreView,
  summaryOf,
  tagOfSnapshot,
  tagOfVersion,
  type VersionView,
  versionView
} from './store-views.ts'

export type VersionsRead = { readonly kind: 'versions'; readonly versions: readonly VersionView[] } | Unkept

export type VersionRead =
  | {
      readonly kind: 'version'
      readonly version: VersionView
      /** Undefined where its content is kept no longer, and for a deletion. */
      readonly content:
        | { readonly tag: string; readonly counts: StoreCounts; readonly anchors: readonly StoredAnchor[] }
        | undefined
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly reason: string }
  | Unkept

/** Who sends something for a store: somebody with a token has more time than anybody. */
export type Sender = 'administrator' | 'anybody'

/** What is taken, or why nothing is: the limits of a request may be the reason. */
export type Accepting = Acceptance | Refusal

/** What reads what is sent for a store, and what a change is rehearsed with. */
export interface StoreParts extends Pick<RehearsingParts, 'validation' | 'remembered'> {
  readonly accept: (proposal: Proposal, maxCertificates: number, by: Sender) => Accepting | Promise<Accepting>
}

/** The trust stores as the API shows and changes them. */
export interface TrustStoreService {
  list(): readonly StoreView[]
  get(name: string): StoreView | undefined
  /** What anchors of a store are. */
  describe(anchors: readonly StoredAnchor[]): readonly AnchorView[]
  /** Newest first, those below `before`. */
  versions(name: string, before: number | undefined, most: number): Promise<VersionsRead>
  version(name: string, version: number): Promise<VersionRead>
  /** Reads what was sent: what is taken of it, or why nothing is. */
  accept(proposal: Proposal, by: Sender): Accepting | Promise<Accepting>
  change(order: ChangeOrder): Promise<Changed>
  rehearse(order: RehearsalOrder): Promise<Rehearsed>
}

export const trustStoreService = (parts: ChangingParts, rehearsing: StoreParts): TrustStoreService => {
  const { registry, keeping, uploaded, defaultStores, maxCertificates } = parts
  const get = (name: string): StoreView | undefined => {
    const snapshot = registry.get(name)
    if (snapshot === undefined) return undefined
    const record = snapshot.origin === 'uploaded' ? uploaded.served(name) : undefined
    return {
      summary: summaryOf(name, snapshot, defaultStores.includes(name)),
      tag: record === undefined ? tagOfSnapshot(snapshot) : tagOfVersion(record),
      anchors: snapshot.store.anchors
    }
  }
  return {
    get,
    describe: (anchors) => anchorViews(anchors, rehearsing.validation.limits),
    list: () => [...registry.snapshots.keys()].flatMap((name) => get(name) ?? []),
    versions: (name, before, most) =>
      answered(async () => {
        const versions = await keeping.versions(name, before, most)
        return { kind: 'versions', versions: versions.map(versionView) }
      }),
    version: (name, version) => answered(() => readVersion(name, version, parts)),
    accept: (proposal, by) => rehearsing.accept(proposal, maxCertificates, by),
    change: (order) => makeChange(order, parts),
    rehearse: rehearsals({ ...rehearsing, keeping, maxCertificates })
  }
}

const answered = async <T>(ask: () => Promise<T>): Promise<T | Unkept> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof KeepingError) return unkept(error)
    throw error
  }
}

const readVersion = async (
  name: string,
  version: number,
  { keeping }: ChangingParts
): Promise<Exclude<VersionRead, Unkept>> => {
  const read = await keeping.read(name, version)
  if (read.kind === 'damaged') return { kind: 'damaged', reason: 'it is not what was written' }
  if (read.kind === 'absent') {
    const [record] = await keeping.versions(name, version + 1, 1)
    if (record?.version !== version) return { kind: 'absent' }
    return { kind: 'version', version: versionView(record), content: undefined }
  }
  const built = await storeFrom(name, String(version), read.content)
  return built.ok
    ? { kind: 'version', version: versionView(read.record), content: contentView(read.record, built.value) }
    : { kind: 'damaged', reason: built.reason }
}

const contentView = (record: VersionRecord, store: TrustStore) => ({
  tag: tagOfVersion(record),
  counts: countsOf(store),
  anchors: store.anchors
})
