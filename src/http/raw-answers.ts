import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { everyAnswer } from './failures.ts'
import { Problem, problemType } from './problem.ts'

/** What the log says of a request that was not served. */
interface RefusedRequest {
  readonly id: string
  readonly method: string
  /** The pattern of its path. */
  readonly route: string | undefined
}

/** Answers on a connection itself, where there is no reply to answer with, and ends it. `refused` is what is known of the request. */
export type RawAnswer = (socket: Duplex, problem: Problem, refused?: RefusedRequest) => void

/** Each answer is logged and counted as those of routes are; nothing that was sent is in the log. */
export const rawAnswers =
  (log: Logger, answered: (status: number) => void): RawAnswer =>
  (socket, { document }, refused) => {
    if (!socket.writable || isAnswering(socket)) {
      socket.destroy()
      return
    }
    const { status, title, code } = document
    const requestId = refused?.id ?? randomUUID()
    const body = JSON.stringify(document)
    const lines = [
      `HTTP/1.1 ${status} ${title}`,
      ...Object.entries(everyAnswer(requestId)).map(([name, value]) => `${name}: ${value}`),
      `content-type: ${problemType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body
    ]
    socket.end(lines.join('\r\n'), () => socket.destroy())
    answered(status)
    const { method = null, route = null } = refused ?? {}
    log.info({ requestId, method, route, status, problem: code }, 'request not served')
  }

/** Whether an answer has begun to go out, into which nothing else may be written. Node's own handler asks the same. */
const isAnswering = (socket: Duplex): boolean => {
  const current = '_httpMessage' in socket ? socket._httpMessage : undefined
  return typeof current === 'object' && current !== null && 'headersSent' in current && current.headersSent === true
}

/** The problem of what the HTTP parser cannot make a request of, by the code of its error. */
export const parserProblem = (code: string | undefined): Problem => {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Problem('header-too-large', 'The header fields are over the limit of the service.')
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestTimeout()
  return new Problem('request-malformed', 'The request is not well-formed HTTP.')
}

export const requestTimeout = (): Problem => new Problem('request-timeout', 'The request did not arrive in time.')
