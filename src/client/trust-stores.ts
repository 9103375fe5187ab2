import type {
  Operations,
  RehearsalReport,
  RehearsalRequest,
  StoreChange,
  StoreUpload,
  StoreVersionContents,
  StoreVersionList,
  TrustStore,
  TrustStoreContents
} from '../../openapi/types.d.ts'
import { type CallOptions, type Exchange, jsonOf } from './exchange.ts'
import type { Route } from './routes.ts'

/** An answer with the entity tag that the next change, or the next look, can name. */
export type Tagged<T> = T & { readonly etag: string | undefined }

/** When a change is to be made: otherwise it is `precondition-failed`, and nothing was changed. */
export interface Conditions extends CallOptions {
  /** Only where the store is still what this tag stands for. */
  readonly ifMatch?: string | undefined
  /** `*`: only where there is no such store. */
  readonly ifNoneMatch?: string | undefined
}

type Query<R extends Route> = Operations[R]['query']
type Looking = { readonly ifNoneMatch: string }

export interface TrustStores {
  /** All of them, those of the configuration first. */
  list(options?: CallOptions): Promise<readonly TrustStore[]>
  /** A page of one; with `ifNoneMatch`, undefined where it is still the same. */
  get(
    name: string,
    options: Query<'getTrustStore'> & CallOptions & Looking
  ): Promise<Tagged<TrustStoreContents> | undefined>
  get(name: string, options?: Query<'getTrustStore'> & CallOptions): Promise<Tagged<TrustStoreContents>>
  /** The whole of one, as PEM. */
  pem(name: string, options?: CallOptions): Promise<string>
  put(name: string, upload: StoreUpload, options?: Query<'putTrustStore'> & Conditions): Promise<Tagged<StoreChange>>
  delete(name: string, options?: Query<'deleteTrustStore'> & Conditions): Promise<Tagged<StoreChange>>
  versions(name: string, options?: Query<'listTrustStoreVersions'> & CallOptions): Promise<StoreVersionList>
  version(
    name: string,
    version: number | string,
    options?: Query<'getTrustStoreVersion'> & CallOptions
  ): Promise<Tagged<StoreVersionContents>>
  /** Makes a new version with the content of an old one. */
  revert(
    name: string,
    version: number | string,
    options?: Query<'restoreTrustStore'> & Conditions
  ): Promise<Tagged<StoreChange>>
  /** Which verdicts a change would flip; writes nothing. */
  rehearse(name: string, request: RehearsalRequest, options?: CallOptions): Promise<RehearsalReport>
}

export const trustStores = (service: Exchange): TrustStores => {
  const tagged = async <T>(answer: Promise<Response>): Promise<Tagged<T>> => {
    const response = await answer
    return { ...(await jsonOf<T>(response)), etag: response.headers.get('etag') ?? undefined }
  }

  async function get(
    name: string,
    options: Query<'getTrustStore'> & CallOptions & Looking
  ): Promise<Tagged<TrustStoreContents> | undefined>
  async function get(name: string, options?: Query<'getTrustStore'> & CallOptions): Promise<Tagged<TrustStoreContents>>
  async function get(
    name: string,
    { signal, ifNoneMatch, ...query }: Query<'getTrustStore'> & CallOptions & Partial<Looking> = {}
  ): Promise<Tagged<TrustStoreContents> | undefined> {
    const headers = { 'if-none-match': ifNoneMatch }
    const alsoAnswers = ifNoneMatch === undefined ? [] : [304]
    const response = await service.call('getTrustStore', { parameters: { name }, query, headers, signal, alsoAnswers })
    return response.status === 304 ? undefined : await tagged(Promise.resolve(response))
  }

  return {
    list: async (options) => (await service.json('listTrustStores', { ...options })).stores,
    get,
    pem: async (name, { signal } = {}) => {
      const headers = { accept: 'application/pem-certificate-chain' }
      return await (await service.call('getTrustStore', { parameters: { name }, headers, signal })).text()
    },
    put: (name, body, options = {}) => {
      const { query, ...rest } = conditional(options)
      return tagged(service.call('putTrustStore', { parameters: { name }, body, query, ...rest }))
    },
    delete: (name, options = {}) => {
      const { query, ...rest } = conditional(options)
      return tagged(service.call('deleteTrustStore', { parameters: { name }, query, ...rest }))
    },
    versions: (name, { signal, ...query } = {}) =>
      service.json('listTrustStoreVersions', { parameters: { name }, query, signal }),
    version: (name, version, { signal, ...query } = {}) =>
      tagged(service.call('getTrustStoreVersion', { parameters: { name, version }, query, signal })),
    revert: (name, version, options = {}) => {
      const { query, ...rest } = conditional(options)
      return tagged(service.call('restoreTrustStore', { parameters: { name, version }, query, ...rest }))
    },
    rehearse: (name, body, options) => service.json('rehearseTrustStore', { parameters: { name }, body, ...options })
  }
}

/** Parts what stands in the query from the conditions, which stand in header fields. */
const conditional = <Q extends Conditions>({ signal, ifMatch, ifNoneMatch, ...query }: Q) => ({
  query,
  signal,
  headers: { 'if-match': ifMatch, 'if-none-match': ifNoneMatch }
})
