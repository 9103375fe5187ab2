import type { ChainRequest, RepairedChain } from '../../core/model/chain.ts'
import type { Limits } from '../../core/model/limits.ts'
import type { Holding } from '../../core/model/moment.ts'
import type { Material, Refusal, ValidationRequest, ValidationSettings } from '../../core/model/request.ts'
import type { Verdict } from '../../core/model/verdict.ts'
import type { Conversion, Form } from '../../core/write/convert.ts'
import type { InspectionAnswer } from '../inspection.ts'
import type { Acceptance, Proposal } from '../trust-stores/accepted.ts'
import type { PortableGathered, PortableWant } from './portable-evidence.ts'
import type { PortableStore } from './portable-store.ts'

/** What a worker process is to do. */
export type Job =
  | ({ readonly kind: 'validation'; readonly request: ValidationRequest } & Surroundings)
  | ({ readonly kind: 'chain'; readonly request: ChainRequest } & Surroundings)
  | ({ readonly kind: 'inspection' } & Handed)
  | ({ readonly kind: 'conversion'; readonly form: Form } & Handed)
  | { readonly kind: 'upload'; readonly proposal: Proposal; readonly most: number }

/** Fields that a client may send unchanged with every request. */
export type RepeatableField = 'intermediates' | 'caBundle'

/** What a chain is held to. */
export interface Surroundings {
  /** Of stores that the worker was told of, in their order. */
  readonly stores: readonly number[]
  /** Stores that are not asked, and may be named in an explanation; the worker was told of them as well. */
  readonly otherStores: readonly number[]
  readonly settings: Omit<ValidationSettings, 'memory' | 'allowance' | 'otherStores'>
  readonly gathered: PortableGathered | undefined
  /** Fields of the request that it was sent without: they hold texts that the worker was told of. */
  readonly texts: readonly (readonly [RepeatableField, number])[]
}

/** What is looked at by itself, and how much of it. */
export interface Handed {
  readonly material: Material
  readonly most: number
  readonly limits: Limits
}

/** What a worker has to know beside its work, and what it need not know any more. */
export type Note =
  | { readonly kind: 'store'; readonly id: number; readonly store: PortableStore }
  | { readonly kind: 'crl'; readonly id: number; readonly der: Uint8Array }
  | { readonly kind: 'forget'; readonly ids: readonly number[] }
  | { readonly kind: 'text'; readonly id: number; readonly text: string }
  | { readonly kind: 'forget-texts'; readonly ids: readonly number[] }

/** What came of it, as plain data. */
export type JobResult =
  | {
      readonly kind: 'verdict'
      readonly verdict: Verdict
      readonly wanted: readonly PortableWant[] | undefined
      readonly holds: Holding | undefined
    }
  | {
      readonly kind: 'chain'
      readonly repaired: RepairedChain
      readonly certificates: readonly Uint8Array[]
      readonly wanted: readonly PortableWant[] | undefined
    }
  | InspectionAnswer
  | Conversion
  | Acceptance
  | Refusal
