import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Answer } from '../service/validation.ts'

/** What a line of the log says of a verdict: nothing that was sent, nor whom it is about. */
export interface LoggedAnswer {
  readonly outcome: string
  readonly codes: readonly string[]
  readonly pathLength: number
  readonly stores: readonly (string | null)[]
}

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
    logged: LoggedAnswer | LoggedBatch | { readonly problem: string } | undefined
  }
}

export const loggedAnswer = (answer: Answer): LoggedAnswer | { readonly problem: string } => {
  if (answer.kind === 'refusal') return { problem: answer.code }
  const { outcome, errors, path, trust } = answer.verdict
  return {
    outcome,
    codes: [...new Set(errors.map(({ code }) => code))].slice(0, 32),
    pathLength: path.length,
    stores: trust.map(({ name }) => name)
  }
}

/** One line for each answer. The route is its pattern: paths and query strings of clients are not logged. */
export const logRequests = (app: FastifyInstance, log: Logger): void => {
  app.decorateRequest('logged', undefined)
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? null : (request.routeOptions.url ?? null)
    const level = route === '/metrics' || route?.startsWith('/health/') === true ? 'debug' : 'info'
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
