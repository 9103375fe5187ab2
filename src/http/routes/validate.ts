import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ValidationService } from '../../service/validation.ts'
import type { BodiesInFlight } from '../body/bodies-in-flight.ts'
import { mediaTypeOf } from '../body/media-types.ts'
import { readBody } from '../body/read.ts'
import { type BodyLimits, validationRequest } from '../body/validation-request.ts'
import { queryOf } from '../option-texts.ts'
import { Problem } from '../problem.ts'
import { loggedAnswer } from '../request-log.ts'
import { validateRouteSchema } from '../schemas/validate-route.ts'

export interface ValidateRouteParts {
  readonly service: ValidationService
  readonly inFlight: BodiesInFlight
  readonly maxBodyBytes: number
  readonly limits: BodyLimits
}

/** A chain that fails is still a served request: 200, `valid: false`. */
export const validateRoute = (app: FastifyInstance, parts: ValidateRouteParts): void => {
  const { service, inFlight, maxBodyBytes, limits } = parts
  // Before the body is looked at: what is sent in a type that is not taken need not be received.
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    mediaTypeOf(request.headers)
  }
  app.post('/validate', { schema: validateRouteSchema, onRequest }, async (request, reply) => {
    const mediaType = mediaTypeOf(request.headers)
    const body = await readBody(request, reply, maxBodyBytes, inFlight)
    const contentType = request.headers['content-type'] ?? ''
    const asked = await validationRequest({ mediaType, contentType, body, query: queryOf(request) }, limits)
    const given = service.validate(asked)
    const answer = given instanceof Promise ? await given : given
    request.logged = loggedAnswer(answer)
    if (answer.kind === 'verdict') return reply.header('cache-control', 'no-store').send(answer.verdict)
    const headers = answer.status === 503 ? { 'retry-after': answer.code === 'overloaded' ? '1' : '5' } : {}
    throw new Problem(answer.code, answer.detail, { status: answer.status, errors: answer.errors, headers })
  })
}
