import type { Operations } from '../../openapi/types.d.ts'
import { errorOf, ProblemError, unexpected } from './problem-error.ts'
import { type Route, routes } from './routes.ts'

export interface ClientOptions {
  /** Where the service is, with the path before its routes if there is one. */
  readonly url: string | URL
  /** A token that may change trust stores. It is sent with every request. */
  readonly token?: string | undefined
  /** How often a request that is answered 429 or 503 with Retry-After is sent again at most; 0 by default. */
  readonly retries?: number | undefined
  /** Seconds of Retry-After that are waited at most: where it is more, the problem is thrown at once; 30 by default. */
  readonly longestWait?: number | undefined
  /** Sent with every request, for a gateway before the service. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** In place of the global one. */
  readonly fetch?: typeof fetch | undefined
}

export interface CallOptions {
  /** Ends the call, with its waiting: `AbortSignal.timeout(5_000)` for five seconds. */
  readonly signal?: AbortSignal | undefined
}

/** What a request has beside its route. */
export interface Asked<R extends Route> extends CallOptions {
  readonly parameters?: Readonly<Record<string, string | number>>
  readonly query?: Operations[R]['query']
  readonly body?: Operations[R]['body']
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Statuses beside 2xx that are answers, not problems. */
  readonly alsoAnswers?: readonly number[]
}

/** What is sent as a stream has no type of its own in `fetch` yet. */
export type Sent = RequestInit & { readonly duplex?: 'half' }

/** Sends requests and gives their answers, or throws a problem. */
export interface Exchange {
  /** The answer, with a body that is not read yet. */
  send(route: Route, init: Sent, asked: Omit<Asked<Route>, 'body'>): Promise<Response>
  call<R extends Route>(route: R, asked: Asked<R>): Promise<Response>
  json<R extends Route>(route: R, asked: Asked<R>): Promise<Operations[R]['answer']>
}

export const exchange = (options: ClientOptions): Exchange => {
  const { token, retries = 0, longestWait = 30, headers: always = {}, fetch: send = fetch } = options
  const base = new URL(options.url)
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }

  const once = async (route: Route, init: Sent, asked: Omit<Asked<Route>, 'body'>): Promise<Response> => {
    const { parameters = {}, query = {}, headers = {}, signal, alsoAnswers = [] } = asked
    const { method, path } = routes[route]
    const url = new URL(pathOf(path, parameters).slice(1), base)
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value))
    }
    const given = new Headers(Object.entries({ ...always, ...authorization, ...headers }).filter(isGiven))
    const response = await send(url, { ...init, method, headers: given, ...(signal === undefined ? {} : { signal }) })
    if (response.ok || alsoAnswers.includes(response.status)) return response
    throw await errorOf(response)
  }

  const call = async <R extends Route>(route: R, { body, ...asked }: Asked<R>): Promise<Response> => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    for (let left = retries; ; left--) {
      try {
        return await once(route, init, { ...asked, headers: { accept: 'application/json', ...type, ...asked.headers } })
      } catch (error) {
        const wait = left > 0 ? waitAfter(error) : undefined
        if (wait === undefined || wait > longestWait) throw error
        await pause(wait, asked.signal)
      }
    }
  }

  return {
    send: once,
    call,
    json: async (route, asked) => {
      const response = await call(route, asked)
      return await jsonOf(response)
    }
  }
}

/** The body of an answer, whose type the description promises. */
export const jsonOf = async <T>(response: Response): Promise<T> => {
  try {
    return (await response.json()) as T
  } catch (cause) {
    if (cause instanceof SyntaxError) throw unexpected(response, 'The answer is not JSON.')
    throw cause
  }
}

const isGiven = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined

/** A name may have any character that the service takes, and what it does not take must not lead elsewhere. */
const pathOf = (path: string, parameters: Readonly<Record<string, string | number>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(parameters[name] ?? '')
    if (value === '' || value === '.' || value === '..')
      throw new TypeError(`"${value}" cannot stand in a path as ${name}`)
    return encodeURIComponent(value)
  })

/** Seconds until a request is sent again: only where the answer asks for it, and so nothing has come of it. */
const waitAfter = (error: unknown): number | undefined =>
  error instanceof ProblemError && (error.status === 429 || error.status === 503) ? error.retryAfter : undefined

const pause = (seconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end)
      resolve()
    }, seconds * 1_000)
    if (signal?.aborted === true) end()
    else signal?.addEventListener('abort', end, { once: true })
  })
