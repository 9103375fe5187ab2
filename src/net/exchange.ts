import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Content } from './content.ts'
import { type Fetched, failed } from './fetch-fault.ts'
import type { Target } from './target.ts'

/** What is asked of a host that may be asked. */
export interface Question {
  readonly accept: string
  readonly maxBytes: number
  /** POSTed where it is there. */
  readonly body?: { readonly type: string; readonly octets: Uint8Array }
}

export interface Pace {
  /** Milliseconds until the header of the answer must be there, from now. */
  readonly headerMs: number
  /** Milliseconds until all of it must be there. */
  readonly wholeMs: number
  /** Bytes of the content that must come in each full second. */
  readonly leastBytesPerSecond: number
}

/** Takes note of octets that are held, or of their release where negative; false where there is no room. */
export type Hold = (octets: number) => boolean

// Agents of their own: none keeps connections, and none knows of proxies, which those of Node.js take from the environment.
const agents = { 'http:': new HttpAgent({ keepAlive: false }), 'https:': new HttpsAgent({ keepAlive: false }) }

const late = failed('timeout', 'did not answer in time')

const tick = 1_000

/**
 * Asks once and gives the content of the answer. `addresses` are those of the target's host, and no other is connected
 * to: the name is not resolved again. Statuses other than 200, redirects among them, and content codings are failures.
 */
export const exchange = (
  target: Target,
  addresses: readonly string[],
  question: Question,
  pace: Pace,
  hold: Hold
): Promise<Fetched<Uint8Array>> => {
  const { promise, resolve } = Promise.withResolvers<Fetched<Uint8Array>>()
  const { url } = target
  const ask = url.protocol === 'https:' ? httpsRequest : httpRequest
  let answers = false
  const request = ask(optionsFor(target, addresses, question))
  const end = (outcome: Fetched<Uint8Array>): void => {
    clearTimeout(header)
    clearTimeout(whole)
    request.destroy()
    resolve(outcome)
  }
  // What has arrived by then is not late, though the process may have been too busy to take it in.
  const header = setTimeout(() => setImmediate(() => !answers && end(late)), pace.headerMs)
  const whole = setTimeout(() => end(failed('timeout', 'did not come to the end of its answer in time')), pace.wholeMs)
  // What comes after the first outcome has no effect: the promise is settled.
  request.on('error', (error) => end(failed('connection-failed', connectionFault(error))))
  request.on('close', () => {
    if (!answers) end(failed('connection-failed', 'ended the connection without an answer'))
  })
  request.on('response', (response) => {
    answers = true
    clearTimeout(header)
    const fault = headerFault(response, question.maxBytes)
    if (fault === undefined) void contentOf(response, question.maxBytes, pace, hold).then(end)
    else end(fault)
  })
  request.end(question.body?.octets)
  return promise
}

const optionsFor = ({ url, host, port }: Target, addresses: readonly string[], question: Question): RequestOptions => {
  const { accept, body } = question
  const headers = {
    host: url.host,
    accept,
    'accept-encoding': 'identity',
    'user-agent': 'vidimus',
    ...(body === undefined ? {} : { 'content-type': body.type, 'content-length': body.octets.length })
  }
  return {
    method: body === undefined ? 'GET' : 'POST',
    host,
    port,
    path: `${url.pathname}${url.search}`,
    headers,
    agent: url.protocol === 'https:' ? agents['https:'] : agents['http:'],
    lookup: only(addresses),
    maxHeaderSize: 16_384,
    insecureHTTPParser: false
  }
}

/** In place of a look-up: the addresses that were checked. */
const only =
  (addresses: readonly string[]): LookupFunction =>
  (_host, options, callback) => {
    const known = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    const [first] = known
    if (options.all === true) callback(null, known)
    else callback(null, first?.address ?? '', first?.family)
  }

const headerFault = (response: IncomingMessage, maxBytes: number): Fetched<never> | undefined => {
  const { statusCode, headers } = response
  if (statusCode !== 200) return failed('status', `answers with status ${statusCode}`)
  const coding = headers['content-encoding'] ?? 'identity'
  if (coding.trim().toLowerCase() !== 'identity') return failed('coded', 'answers in a content coding, unasked')
  return Number(headers['content-length'] ?? 0) > maxBytes ? tooLarge(maxBytes) : undefined
}

const tooLarge = (maxBytes: number): Fetched<never> => failed('too-large', `answers with more than ${maxBytes} bytes`)

const byDrops = failed('too-slow', 'answers by drops')

const contentOf = (
  response: IncomingMessage,
  maxBytes: number,
  { leastBytesPerSecond }: Pace,
  hold: Hold
): Promise<Fetched<Uint8Array>> => {
  const { promise, resolve } = Promise.withResolvers<Fetched<Uint8Array>>()
  const content = new Content()
  let before = 0
  let ended = false
  const end = (outcome: Fetched<Uint8Array>): void => {
    if (ended) return
    ended = true
    hold(-content.size)
    clearInterval(progress)
    resolve(outcome)
  }
  const progress = setInterval(() => {
    if (content.size - before < leastBytesPerSecond) end(byDrops)
    before = content.size
  }, tick)
  response.on('data', (chunk: Uint8Array) => {
    if (ended) return
    if (content.size + chunk.length > maxBytes) return end(tooLarge(maxBytes))
    if (!hold(chunk.length)) return end(failed('busy', 'was given up: too much is being fetched already'))
    content.add(chunk)
    if (content.isDrops) end(byDrops)
  })
  const incomplete = (): void => end(failed('incomplete', 'ended the connection amid its answer'))
  response.on('error', incomplete)
  response.on('close', incomplete)
  response.on('end', () => (response.complete ? end({ ok: true, value: content.octets }) : incomplete()))
  return promise
}

/** The code is Node's own word, and says nothing that the other side could have written. */
const connectionFault = (error: Error): string => {
  const code = 'code' in error ? String(error.code) : 'of an unknown reason'
  return code.startsWith('HPE_') ? 'answers with something other than HTTP' : `cannot be reached (${code})`
}
