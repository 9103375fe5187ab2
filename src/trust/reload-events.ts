import type { LoadReport } from './load.ts'
import type { Told } from './make-store.ts'

/** What came of reading a store anew, for the log. */
export type ReloadEvent =
  /** It is another, and served from now on. */
  | { readonly kind: 'replaced'; readonly report: LoadReport; readonly version: string | null; readonly before: string }
  /** It could not be used for a while, and is as it was before that. */
  | { readonly kind: 'recovered'; readonly store: string; readonly version: string }
  /** It cannot be used: what was served goes on being served. */
  | { readonly kind: 'kept'; readonly store: string; readonly version: string; readonly because: readonly Told[] }

/** How reading a store anew has gone since the service started. */
export interface ReloadCounts {
  readonly successes: number
  readonly failures: number
  /** When it was last read with success, in seconds since 1970-01-01T00:00:00Z. */
  readonly lastSuccess: number
  /** Whether the last reading failed. */
  readonly failing: boolean
}
