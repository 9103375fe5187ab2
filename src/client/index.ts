/**
 * A client of the service, for Node.js 20 and later and for browsers: `fetch` and nothing else.
 *
 * ```ts
 * import { createClient } from 'vidimus/client'
 *
 * const vidimus = createClient({ url: 'http://127.0.0.1:8080' })
 * const verdict = await vidimus.validate({ chain: pem, hostname: 'api.example.test' })
 * if (!verdict.valid) for (const { code, message } of verdict.errors) console.error(code, message)
 * ```
 *
 * Its types are those of the OpenAPI description.
 */

export type {
  BatchAnswer,
  BatchLine,
  ErrorEntry,
  Finding,
  Health,
  InspectedItem,
  Inspection,
  PathEntry,
  ProblemError as PlaceAtFault,
  RehearsalReport,
  RehearsalRequest,
  StoreChange,
  StoreUpload,
  StoreVersionContents,
  StoreVersionList,
  TrustStore,
  TrustStoreContents,
  TrustStoreList,
  ValidationRequest,
  Verdict
} from '../../openapi/types.d.ts'
export type { BatchOptions } from './batch.ts'
export { type Client, type ConvertedForm, createClient } from './client.ts'
export type { CallOptions, ClientOptions } from './exchange.ts'
export { ProblemError } from './problem-error.ts'
export type { Conditions, Tagged, TrustStores } from './trust-stores.ts'
