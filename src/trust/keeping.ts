/**
 * Where uploaded trust stores are kept: the embedded database or PostgreSQL. Every version is a row that never changes;
 * the row with the highest number is what the store is. What happens at once is decided by who adds that row first.
 */

/** What a version of a store holds. */
export interface StoreContent {
  /** DER, in the order of the store. */
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  /** JSON text of the constraints on its anchors, as they were given; undefined for none. */
  readonly constraints: string | undefined
}

/** A version of a store without its content: the audit record of the change that made it. */
export interface VersionRecord {
  readonly name: string
  /** 1, 2, … for each name. Never given twice, not even after the store was deleted. */
  readonly version: number
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly at: number
  /** Who made the change: the label of the token. */
  readonly by: string
  readonly action: 'replace' | 'add' | 'restore' | 'delete'
  /** The store's digest before the change (null where there was no store) and after it (null where there is none now). */
  readonly fromDigest: string | null
  readonly digest: string | null
  /** Lower-case hex SHA-256 over the whole content; null for a deletion. */
  readonly checksum: string | null
  /** Whether the content is still kept: old versions lose theirs. */
  readonly kept: boolean
}

/** A change to be kept, made from the version that the writer saw. */
export interface StoreChange {
  readonly name: string
  /** The highest version that the writer saw, a deletion too; 0 where there was none. The new one is the next. */
  readonly seen: number
  readonly at: number
  readonly by: string
  readonly action: VersionRecord['action']
  readonly fromDigest: string | null
  readonly digest: string | null
  /** Undefined for a deletion. */
  readonly content: StoreContent | undefined
}

export type Kept =
  | { readonly kind: 'kept'; readonly record: VersionRecord }
  /** Somebody else was first; nothing was written. */
  | { readonly kind: 'lost-race' }
  /** Nothing was written, and it may be tried again. */
  | { readonly kind: 'busy'; readonly reason: string }
  /** Nothing was written: no room, no right to write, or a database that is damaged or made for a newer program. */
  | { readonly kind: 'no-storage'; readonly reason: string }
  /** The database went away while it was writing. Whether it was written shows when it is back: read before trying again. */
  | { readonly kind: 'unknown'; readonly reason: string }

export type ContentRead =
  | { readonly kind: 'content'; readonly record: VersionRecord; readonly content: StoreContent }
  | { readonly kind: 'absent' }
  /** The content is not what was written: its checksum says so. */
  | { readonly kind: 'damaged'; readonly record: VersionRecord }

/** Why the database does not answer. */
export type KeepingFault =
  /** Others use it just now; the same may succeed a moment later. */
  | 'busy'
  /** It has no room, or takes no changes. */
  | 'no-storage'
  /** It is away, or lets nobody in. */
  | 'unreachable'
  /** What is kept there is not what was written. */
  | 'damaged'
  /** A newer program has made it what this one must not use. */
  | 'incompatible'
  /** It went away while it was writing. */
  | 'unknown'

/** What every method rejects with. The message is fit for a log: it holds neither passwords nor what is kept. */
export class KeepingError extends Error {
  override readonly name = 'KeepingError'
  readonly fault: KeepingFault

  constructor(fault: KeepingFault, reason: string) {
    super(reason)
    this.fault = fault
  }
}

/**
 * All methods reject with a `KeepingError` where the database does not answer, except `keep`, which says so in its
 * answer. A data directory that cannot be made holds nothing: it is read as empty.
 */
export interface StoreKeeping {
  /** The newest version of every name, deletions included. */
  heads(): Promise<readonly VersionRecord[]>
  read(name: string, version: number): Promise<ContentRead>
  /** Atomic and durable when it says `kept`. */
  keep(change: StoreChange): Promise<Kept>
  /** Versions of a name, newest first, those below `before` (undefined: from the newest), at most `most`. */
  versions(name: string, before: number | undefined, most: number): Promise<readonly VersionRecord[]>
  /** Calls `changed` soon after anybody, here or elsewhere, has changed something, until `close`. It may call too often. */
  watch(changed: () => void): void
  close(): Promise<void>
}
