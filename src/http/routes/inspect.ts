import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { InspectionService } from '../../service/inspection.ts'
import type { BodiesInFlight } from '../body/bodies-in-flight.ts'
import { inspectionRequest } from '../body/inspection-request.ts'
import { mediaTypeOf } from '../body/media-types.ts'
import { readBody } from '../body/read.ts'
import type { BodyLimits } from '../body/validation-request.ts'
import { queryOf } from '../option-texts.ts'
import { Problem } from '../problem.ts'
import { inspectRouteSchema } from '../schemas/inspect-route.ts'

export interface InspectRouteParts {
  readonly inspection: InspectionService
  readonly inFlight: BodiesInFlight
  readonly maxBodyBytes: number
  readonly limits: BodyLimits
}

/** What cannot be read is an item of the answer: only a request that is wrong itself is a problem. */
export const inspectRoute = (app: FastifyInstance, parts: InspectRouteParts): void => {
  const { inspection, inFlight, maxBodyBytes, limits } = parts
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    mediaTypeOf(request.headers)
  }
  app.post('/inspect', { schema: inspectRouteSchema, onRequest }, async (request, reply) => {
    const mediaType = mediaTypeOf(request.headers)
    const body = await readBody(request, reply, maxBodyBytes, inFlight)
    const contentType = request.headers['content-type'] ?? ''
    const material = await inspectionRequest({ mediaType, contentType, body, query: queryOf(request) }, limits)
    const answer = inspection.inspect(material)
    if (answer.kind === 'items') return reply.header('cache-control', 'no-store').send({ items: answer.items })
    throw new Problem(answer.code, answer.detail, { status: answer.status, errors: answer.errors })
  })
}
