import type { RefusalError } from '../model/request.ts'

/** Why a field gives the request no verdict. */
export type FieldFault =
  | { readonly kind: 'too-many' }
  | { readonly kind: 'unreadable'; readonly errors: readonly RefusalError[] }
