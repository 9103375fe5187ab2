import type {
  BatchAnswer,
  BatchLine,
  ChainRequest,
  ErrorEntry,
  ErrorList,
  Health,
  Inspection,
  RepairedChain,
  ValidationRequest,
  Verdict
} from '../../openapi/types.d.ts'
import { type BatchOptions, validateBatch } from './batch.ts'
import { type CallOptions, type ClientOptions, exchange } from './exchange.ts'
import { type TrustStores, trustStores } from './trust-stores.ts'

/** PEM text, one certificate in DER, or a certs-only CMS message in DER. */
export type ConvertedForm = 'pem' | 'der' | 'pkcs7'

const mediaTypes: Readonly<Record<ConvertedForm, string>> = {
  pem: 'application/pem-certificate-chain',
  der: 'application/pkix-cert',
  pkcs7: 'application/pkcs7-mime'
}

/** The service. Every method throws a `ProblemError` where there is no answer, and what `fetch` throws where nobody answers. */
export interface Client {
  /** A certificate that is not valid is an answer, not an error. */
  validate(request: ValidationRequest, options?: CallOptions): Promise<Verdict>
  /** Any number of validations in a stream. What is wrong with a line is the answer to it: `status` and a problem. */
  validateBatch(
    lines: Iterable<BatchLine> | AsyncIterable<BatchLine>,
    options?: BatchOptions
  ): AsyncGenerator<BatchAnswer, undefined>
  /** What certificates, CRLs, keys and bundles say. */
  inspect(chain: string | readonly string[], options?: CallOptions): Promise<Inspection>
  /** The certificates, and CRLs where the form has room for them, in another form; private keys are never given back. */
  convert(chain: string | readonly string[], form: ConvertedForm, options?: CallOptions): Promise<Uint8Array>
  /** Puts a chain right: its order, duplicates, strangers, what is missing. */
  repairChain(request: ChainRequest, options?: CallOptions): Promise<RepairedChain>
  readonly trustStores: TrustStores
  readonly errors: {
    /** All codes of errors, warnings and problems. */
    list(options?: CallOptions): Promise<ErrorList['errors']>
    /** What a code means, how it comes about, how to check it, what others call it. */
    get(code: string, options?: CallOptions): Promise<ErrorEntry>
  }
  readonly health: {
    /** Whether the process serves at all. */
    live(options?: CallOptions): Promise<Health>
    /** Whether requests should be sent there; `unavailable` is an answer too. */
    ready(options?: CallOptions): Promise<Health>
  }
}

export const createClient = (options: ClientOptions): Client => {
  const service = exchange(options)
  return {
    validate: (body, call) => service.json('validate', { body, ...call }),
    validateBatch: (lines, batch = {}) => validateBatch(service, lines, batch),
    inspect: (chain, call) => service.json('inspect', { body: { chain }, ...call }),
    convert: async (chain, form, { signal } = {}) => {
      const headers = { accept: mediaTypes[form] }
      const response = await service.call('inspect', { body: { chain }, headers, signal })
      return new Uint8Array(await response.arrayBuffer())
    },
    repairChain: (body, call) => service.json('repairChain', { body, ...call }),
    trustStores: trustStores(service),
    errors: {
      list: async (call) => (await service.json('listErrors', { ...call })).errors,
      get: (code, call) => service.json('getError', { parameters: { code }, ...call })
    },
    health: {
      live: (call) => service.json('live', { ...call }),
      ready: (call) => service.json('ready', { alsoAnswers: [503], ...call })
    }
  }
}
