import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { KeptAnswers } from '../../service/answers/kept-answers.ts'
import type { KnownText } from '../../service/lanes/repeated-texts.ts'
import type { ValidationService } from '../../service/validation.ts'
import { answerLine, type BatchAnswer } from '../batch/answers.ts'
import { type Line, LineCutter, releaseLine } from '../batch/lines.ts'
import { Turns } from '../batch/turns.ts'
import type { BodiesInFlight } from '../body/bodies-in-flight.ts'
import { refuseCodings } from '../body/media-types.ts'
import type { BodyLimits } from '../body/validation-request.ts'
import { letBodyCome } from '../framing.ts'
import { queryOf } from '../option-texts.ts'
import { Problem } from '../problem.ts'
import { BatchQuery, batchRouteSchema, batchType } from '../schemas/batch-route.ts'
import { validator } from '../validator.ts'

export interface BatchRouteParts {
  readonly service: ValidationService
  readonly inFlight: BodiesInFlight
  /** Undefined where none are kept. */
  readonly answers: KeptAnswers | undefined
  /** Of a line. */
  readonly maxBodyBytes: number
  readonly limits: BodyLimits
  readonly knownText: KnownText
  /** Milliseconds in which a line must have come, and its answer been taken. */
  readonly lineTimeout: number
}

/** Lines of one request that may be under way: side by side here, in other processes, or waiting for something to be fetched. */
const mostUnderWay = 8

const validQuery = validator(BatchQuery)

/** Answers are sent while lines still come, and no more lines are read than answers are taken: memory does not grow with their number. */
export const batchRoute = (app: FastifyInstance, parts: BatchRouteParts): void => {
  const { service, answers, inFlight, maxBodyBytes, limits, knownText, lineTimeout } = parts
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    requireNdjson(request)
  }
  app.post(
    '/validate/batch',
    { schema: batchRouteSchema, onRequest, config: { streams: true } },
    async (request, reply) => {
      const { ordered = true } = validQuery(Object.fromEntries([...queryOf(request)].map(readOption)))
      const logged = { lines: 0, valid: 0, invalid: 0, indeterminate: 0, refused: 0 }
      request.logged = logged
      letBodyCome(request, reply)
      const late = setTimeout(() => request.raw.destroy(), lineTimeout)
      reply.raw.once('close', () => clearTimeout(late))
      const given = new Turns<Line, BatchAnswer>({
        inputs: new LineCutter(maxBodyBytes, inFlight),
        work: (line) => answerLine(line, { service, answers, limits, knownText }),
        dropped: releaseLine,
        textOf: ({ text, outcome }) => {
          logged[outcome]++
          logged.lines++
          return text
        },
        sent: () => late.refresh(),
        most: mostUnderWay,
        ordered
      })
      request.raw.pipe(given)
      // What no longer comes has no end either.
      request.raw.once('close', () => {
        if (!request.raw.readableEnded) given.destroy()
      })
      return reply.type(batchType).header('cache-control', 'no-store').send(given)
    }
  )
}

/** What is neither true nor false is left to the schema to refuse. */
const readOption = ([name, [text, ...more]]: readonly [string, readonly string[]]): readonly [string, unknown] => [
  name,
  more.length === 0 && (text === 'true' || text === 'false') ? text === 'true' : text
]

const requireNdjson = ({ headers }: FastifyRequest): void => {
  const [essence = ''] = (headers['content-type'] ?? '').split(';', 1)
  if (essence.trim().toLowerCase() !== batchType) {
    throw new Problem('content-type-unsupported', `The body must have the content type ${batchType}.`)
  }
  refuseCodings(headers)
}
