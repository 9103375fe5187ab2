import type { FastifyInstance, FastifyReply } from 'fastify'
import type { KeptAnswers } from '../../service/answers/kept-answers.ts'
import type { KnownText } from '../../service/lanes/repeated-texts.ts'
import { jsonType, plainJsonOf } from '../../service/plain-json.ts'
import type { ValidationService } from '../../service/validation.ts'
import type { BodiesInFlight } from '../body/bodies-in-flight.ts'
import { receive, refuseUnread, releaseJson } from '../body/raw-request.ts'
import { type BodyLimits, validationRequest } from '../body/validation-request.ts'
import { queryOf } from '../option-texts.ts'
import { refusalProblem } from '../refusal-problem.ts'
import { loggedAnswer, loggedSummary } from '../request-log.ts'
import { validateRouteSchema } from '../schemas/validate-route.ts'

export interface ValidateRouteParts {
  readonly service: ValidationService
  readonly inFlight: BodiesInFlight
  readonly maxBodyBytes: number
  readonly limits: BodyLimits
  readonly knownText: KnownText
  /** Undefined where none are kept. */
  readonly answers: KeptAnswers | undefined
}

/** A chain that fails is still a served request: 200, `valid: false`. */
export const validateRoute = (app: FastifyInstance, parts: ValidateRouteParts): void => {
  const { service, inFlight, maxBodyBytes, limits, knownText, answers } = parts
  app.post('/validate', { schema: validateRouteSchema, onRequest: refuseUnread() }, async (request, reply) => {
    const raw = await receive(request, reply, maxBodyBytes, inFlight)
    const question = answers?.question(`${raw.contentType} ${request.url}`, raw.body)
    const kept = question && answers?.find(question)
    if (kept !== undefined) {
      releaseJson(raw)
      request.logged = loggedSummary(kept.summary)
      return verdictText(reply, kept.text)
    }
    const asked = await validationRequest({ ...raw, query: queryOf(request) }, limits, knownText)
    releaseJson(raw)
    const given = service.validate(asked)
    const answer = given instanceof Promise ? await given : given
    request.logged = loggedAnswer(answer)
    if (answer.kind === 'verdict') {
      const text = plainJsonOf(answer.verdict)
      if (question !== undefined) answers?.keep(question, answer, text)
      return verdictText(reply, text)
    }
    throw refusalProblem(answer)
  })
}

/** The text is given back for Fastify to send it: an answer that is sent already would be waited for. */
const verdictText = (reply: FastifyReply, text: string): string => {
  reply.header('cache-control', 'no-store').type(jsonType)
  return text
}
