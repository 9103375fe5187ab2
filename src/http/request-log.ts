import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type AnswerSummary, summaryOf } from '../service/answers/summary.ts'
import type { Answer } from '../service/validation.ts'
import type { RouteOf } from './known-paths.ts'

/** Codes at most that a line of the log has of one answer. */
const mostCodes = 32

/** What it says of many verdicts in one answer: how many there were of each kind. */
export interface LoggedBatch {
  readonly lines: number
  readonly valid: number
  readonly invalid: number
  readonly indeterminate: number
  readonly refused: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What the log says beside status and time; set by the route. */
    logged: AnswerSummary | LoggedBatch | { readonly problem: string } | undefined
  }
}

export const loggedAnswer = (answer: Answer): AnswerSummary | { readonly problem: string } =>
  answer.kind === 'refusal' ? { problem: answer.code } : loggedSummary(summaryOf(answer.verdict))

export const loggedSummary = (summary: AnswerSummary): AnswerSummary =>
  summary.codes.length <= mostCodes ? summary : { ...summary, codes: summary.codes.slice(0, mostCodes) }

/** One line for each answer. The route is its pattern: paths and query strings of clients are not logged. */
export const logRequests = (app: FastifyInstance, log: Logger, routeOf: RouteOf): void => {
  app.decorateRequest('logged', undefined)
  app.addHook('onResponse', (request, reply, done) => {
    done()
    const route = routeOf(request) ?? null
    const level = route === '/metrics' || route?.startsWith('/health/') === true ? 'debug' : 'info'
    if (!log.isLevelEnabled(level)) return
    log[level](
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...request.logged
      },
      'request served'
    )
  })
}
