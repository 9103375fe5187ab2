import { setTimeout as elapsed } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Administrators } from '../service/administrators.ts'
import { Problem } from './problem.ts'

export interface AuthenticationParts {
  readonly administrators: Administrators
  readonly log: Logger
  /** Milliseconds that a wrong token waits for its answer. */
  readonly delay: number
}

/** Gives the label of who makes the request, or throws a problem. */
export type Authenticate = (request: Pick<FastifyRequest, 'id' | 'headers'>) => Promise<string>

/** Wrong tokens that wait at the same time. */
const mostWaiting = 32
/** Lines of the log about them in a minute. */
const mostLogged = 60

/**
 * Reads the bearer token of a request (RFC 6750 §2.1).
 *
 * Wrong ones are answered late, and only some wait at a time, so that guessing costs time and never much memory or log.
 * A right one is let in whatever others do: a lockout would be a weapon against those who have to change something, and
 * tokens are long enough to need none.
 */
export const authentication = ({ administrators, log, delay }: AuthenticationParts): Authenticate => {
  const note = loggedFailures(log)
  let waiting = 0
  return async (request) => {
    if (!administrators.any) {
      throw new Problem(
        'changes-disabled',
        'No token is configured that may change trust stores. ADMIN_TOKENS or ADMIN_TOKENS_FILE, set for the service, lets in who has one.'
      )
    }
    const token = /^Bearer +([^ ]+) *$/i.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) throw refused('Changing trust stores needs a token: Authorization: Bearer TOKEN.', '')
    const label = administrators.labelOf(token)
    if (label !== undefined) return label
    note(request.id)
    if (waiting >= mostWaiting) {
      throw new Problem('rate-limited', 'Too many wrong tokens were presented.', { headers: { 'retry-after': '1' } })
    }
    waiting += 1
    await elapsed(delay)
    waiting -= 1
    throw refused('The token is none that may change trust stores.', ', error="invalid_token"')
  }
}

const refused = (detail: string, error: string): Problem =>
  new Problem('not-authenticated', detail, { headers: { 'www-authenticate': `Bearer realm="vidimus"${error}` } })

/** Logs failures, some in a minute, and how many more there were. Nothing of a token goes to the log. */
const loggedFailures = (log: Logger): ((requestId: string) => void) => {
  let minute = Number.NaN
  let count = 0
  return (requestId) => {
    const now = Math.floor(performance.now() / 60_000)
    if (now !== minute) {
      if (count > mostLogged) log.warn({ count: count - mostLogged }, 'more requests had a wrong token')
      minute = now
      count = 0
    }
    count += 1
    if (count <= mostLogged) log.warn({ requestId }, 'a request had a wrong token')
  }
}
