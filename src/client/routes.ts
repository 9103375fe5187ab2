import type { Operations } from '../../openapi/types.d.ts'

/** Where each operation is, as the description says: the compiler stops here where it says otherwise. */
export const routes = {
  validate: { method: 'POST', path: '/validate' },
  validateBatch: { method: 'POST', path: '/validate/batch' },
  inspect: { method: 'POST', path: '/inspect' },
  repairChain: { method: 'POST', path: '/chain' },
  listTrustStores: { method: 'GET', path: '/trust-stores' },
  getTrustStore: { method: 'GET', path: '/trust-stores/{name}' },
  putTrustStore: { method: 'PUT', path: '/trust-stores/{name}' },
  deleteTrustStore: { method: 'DELETE', path: '/trust-stores/{name}' },
  listTrustStoreVersions: { method: 'GET', path: '/trust-stores/{name}/versions' },
  getTrustStoreVersion: { method: 'GET', path: '/trust-stores/{name}/versions/{version}' },
  restoreTrustStore: { method: 'POST', path: '/trust-stores/{name}/versions/{version}/restore' },
  rehearseTrustStore: { method: 'POST', path: '/trust-stores/{name}/rehearse' },
  listErrors: { method: 'GET', path: '/errors' },
  getError: { method: 'GET', path: '/errors/{code}' },
  live: { method: 'GET', path: '/health/live' },
  ready: { method: 'GET', path: '/health/ready' }
} as const satisfies { readonly [K in keyof Operations]?: Pick<Operations[K], 'method' | 'path'> }

/** An operation that the client calls. */
export type Route = keyof typeof routes
