import type { Outcome, ValidationRequest, ValidationSettings } from '../../core/model/request.ts'
import type { PortableStore } from './portable-store.ts'

/** A validation for a worker process. */
export interface ValidationJob {
  readonly request: ValidationRequest
  /** Of stores that the worker was told of, in their order. */
  readonly stores: readonly number[]
  readonly settings: ValidationSettings
}

/** A trust store that a worker has to know; it takes the place of the one it knew under the same name. */
export interface StoreNote {
  readonly id: number
  readonly store: PortableStore
}

export type ValidationResult = Outcome
