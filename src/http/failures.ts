import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { KnownPaths } from './known-paths.ts'
import { Problem, problemType } from './problem.ts'

/** Every failure becomes a problem document here, at the edge, and nowhere else. */
export const answerFailures = (app: FastifyInstance, log: Logger, known: KnownPaths): void => {
  app.setErrorHandler<FastifyError | Error>((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.document.status >= 500 && problem.document.code === 'internal-error') {
      log.error({ requestId: request.id, route: request.routeOptions.url, fault: faultOf(error) }, 'request failed')
    }
    return sendProblem(reply, problem)
  })
  // Before a body is looked at: what is not there has no opinion on content types.
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.is404) throw unroutedProblem(request.raw.url ?? '', known)
    done()
  })
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new Problem('not-found', 'There is nothing at this path.'))
  )
}

/** For paths that cannot be decoded, which get to no route and no hook. */
export const answerBadPath = (_error: Error, request: FastifyRequest, reply: FastifyReply): void => {
  void sendProblem(reply.headers(everyAnswer(request.id)), malformedPath())
}

/** What every answer has: the id of its request, and no guessing of types. */
export const everyAnswer = (id: string): Readonly<Record<string, string>> => ({
  'x-request-id': id,
  'x-content-type-options': 'nosniff'
})

export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply => {
  reply.request.logged = { problem: problem.document.code }
  return reply.code(problem.document.status).headers(problem.headers).type(problemType).send(problem.document)
}

/** What Fastify itself throws has a status of its own; its text is for developers and is not handed on. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : undefined
  if (status === 413) return new Problem('body-too-large', 'The body is over the limit of the service.')
  if (status === 415) return new Problem('content-type-unsupported', 'The content type cannot be read.')
  if (status !== undefined && status >= 400 && status < 500) {
    return new Problem('request-malformed', 'The request cannot be read.')
  }
  return new Problem(
    'internal-error',
    'The service failed, which its log tells more about under the id of this request.'
  )
}

/** The kind of a fault and where it arose. Its message could quote what was sent, so it stays out of the log. */
const faultOf = (error: Error): { readonly name: string; readonly stack: readonly string[] } => ({
  name: error.name,
  stack: (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
})

/** What there is to say of a request that no route is for: the path is not there, or it takes other methods. */
const unroutedProblem = (target: string, known: KnownPaths): Problem => {
  try {
    const path = known(target)
    if (path === undefined) {
      return new Problem('not-found', 'There is nothing at this path. GET /openapi.json says what there is.')
    }
    const allow = [...path.methods].sort().join(', ')
    return new Problem('method-not-allowed', `This path takes ${allow} only.`, { headers: { allow } })
  } catch {
    return malformedPath()
  }
}

const malformedPath = (): Problem =>
  new Problem('request-malformed', 'The path of the request has a malformed percent-encoding.')
