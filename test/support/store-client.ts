import type { RunningService } from './service.ts'

/** A token for services that run as processes. */
export const adminToken = 'token-of-the-process-tests'

export interface ClientAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: {
    readonly code?: string
    readonly version?: string
    readonly digest?: string
    readonly result?: string
    readonly versions?: readonly {
      readonly version: string
      readonly digest: string
      readonly fromDigest: string | null
    }[]
  }
}

/** Asks a running service as a client over the network does. */
export const ask = async (
  service: RunningService,
  method: string,
  path: string,
  more: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {}
): Promise<ClientAnswer> => {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/x-pem-file', ...more.headers }
  const given = method === 'GET' ? { method } : { method, headers, body: more.body ?? null }
  const answer = await fetch(new URL(path, service.url), given)
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) }
}
