import type { Holding } from '../../core/model/moment.ts'
import type { Refusal, ValidationRequest, ValidationSettings } from '../../core/model/request.ts'
import type { Verdict } from '../../core/model/verdict.ts'
import type { PortableGathered, PortableWant } from './portable-evidence.ts'
import type { PortableStore } from './portable-store.ts'

/** A validation for a worker process. */
export interface ValidationJob {
  readonly request: ValidationRequest
  /** Of stores that the worker was told of, in their order. */
  readonly stores: readonly number[]
  /** Stores that are not asked, and may be named in an explanation; the worker was told of them as well. */
  readonly otherStores: readonly number[]
  readonly settings: Omit<ValidationSettings, 'memory' | 'onLimitReached' | 'otherStores'>
  readonly gathered: PortableGathered | undefined
}

/** What a worker has to know beside its work, and what it need not know any more. */
export type Note =
  | { readonly kind: 'store'; readonly id: number; readonly store: PortableStore }
  | { readonly kind: 'crl'; readonly id: number; readonly der: Uint8Array }
  | { readonly kind: 'forget'; readonly ids: readonly number[] }

export type ValidationResult =
  | {
      readonly kind: 'verdict'
      readonly verdict: Verdict
      readonly wanted: readonly PortableWant[] | undefined
      readonly holds: Holding | undefined
    }
  | Refusal
