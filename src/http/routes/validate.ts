import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { KeptAnswers } from '../../service/answers/kept-answers.ts'
import type { ValidationService } from '../../service/validation.ts'
import type { BodiesInFlight } from '../body/bodies-in-flight.ts'
import { mediaTypeOf } from '../body/media-types.ts'
import { readBody } from '../body/read.ts'
import { type BodyLimits, validationRequest } from '../body/validation-request.ts'
import { queryOf } from '../option-texts.ts'
import { jsonType, plainJsonOf } from '../plain-json.ts'
import { Problem } from '../problem.ts'
import { loggedAnswer, loggedSummary } from '../request-log.ts'
import { validateRouteSchema } from '../schemas/validate-route.ts'

export interface ValidateRouteParts {
  readonly service: ValidationService
  readonly inFlight: BodiesInFlight
  readonly maxBodyBytes: number
  readonly limits: BodyLimits
  /** Undefined where none are kept. */
  readonly answers: KeptAnswers | undefined
}

/** A chain that fails is still a served request: 200, `valid: false`. */
export const validateRoute = (app: FastifyInstance, parts: ValidateRouteParts): void => {
  const { service, inFlight, maxBodyBytes, limits, answers } = parts
  // Before the body is looked at: what is sent in a type that is not taken need not be received.
  const onRequest = (request: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
    mediaTypeOf(request.headers)
    done()
  }
  app.post('/validate', { schema: validateRouteSchema, onRequest }, async (request, reply) => {
    const mediaType = mediaTypeOf(request.headers)
    const body = await readBody(request, reply, maxBodyBytes, inFlight)
    const contentType = request.headers['content-type'] ?? ''
    const question = answers?.question(`${contentType} ${request.url}`, body)
    const kept = question && answers?.find(question)
    if (kept !== undefined) {
      request.logged = loggedSummary(kept.summary)
      return sendVerdict(reply, kept.text)
    }
    const asked = await validationRequest({ mediaType, contentType, body, query: queryOf(request) }, limits)
    const given = service.validate(asked)
    const answer = given instanceof Promise ? await given : given
    request.logged = loggedAnswer(answer)
    if (answer.kind === 'verdict') {
      const text = plainJsonOf(answer.verdict)
      if (question !== undefined) answers?.keep(question, answer, text)
      return sendVerdict(reply, text)
    }
    const headers = answer.status === 503 ? { 'retry-after': answer.code === 'overloaded' ? '1' : '5' } : {}
    throw new Problem(answer.code, answer.detail, { status: answer.status, errors: answer.errors, headers })
  })
}

const sendVerdict = (reply: FastifyReply, text: string): FastifyReply =>
  reply.header('cache-control', 'no-store').type(jsonType).send(text)
