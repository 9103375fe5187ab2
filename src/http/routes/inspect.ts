import type { FastifyInstance } from 'fastify'
import type { InspectionService } from '../../service/inspection.ts'
import { jsonType } from '../../service/plain-json.ts'
import type { BodiesInFlight } from '../body/bodies-in-flight.ts'
import { inspectionRequest } from '../body/inspection-request.ts'
import { receive, refuseUnread } from '../body/raw-request.ts'
import type { BodyLimits } from '../body/validation-request.ts'
import { negotiated } from '../negotiation.ts'
import { queryOf } from '../option-texts.ts'
import { refusalProblem } from '../refusal-problem.ts'
import { inspectRouteSchema, inspectTypes } from '../schemas/inspect-route.ts'

export interface InspectRouteParts {
  readonly inspection: InspectionService
  readonly inFlight: BodiesInFlight
  readonly maxBodyBytes: number
  readonly limits: BodyLimits
}

/** What each form is called here, and the content type that says all of it. */
const forms = {
  'application/pem-certificate-chain': ['pem', 'application/pem-certificate-chain'],
  'application/x-pem-file': ['pem', 'application/x-pem-file'],
  'application/pkix-cert': ['der', 'application/pkix-cert'],
  'application/pkcs7-mime': ['pkcs7', 'application/pkcs7-mime; smime-type=certs-only'],
  'application/x-pkcs7-certificates': ['pkcs7', 'application/x-pkcs7-certificates']
} as const satisfies Record<Exclude<(typeof inspectTypes)[number], 'application/json'>, readonly [string, string]>

/** What cannot be read is an item of the answer: only a request that is wrong itself is a problem, or a form that cannot be made. */
export const inspectRoute = (app: FastifyInstance, parts: InspectRouteParts): void => {
  const { inspection, inFlight, maxBodyBytes, limits } = parts
  app.post(
    '/inspect',
    { schema: inspectRouteSchema, onRequest: refuseUnread(inspectTypes) },
    async (request, reply) => {
      const raw = await receive(request, reply, maxBodyBytes, inFlight)
      const material = await inspectionRequest({ ...raw, query: queryOf(request) }, limits)
      reply.headers({ 'cache-control': 'no-store', vary: 'accept' })
      const wanted = negotiated(request.headers.accept, inspectTypes)
      if (wanted === 'application/json') {
        const given = inspection.inspect(material)
        const answer = given instanceof Promise ? await given : given
        if (answer.kind === 'inspected') return reply.type(jsonType).send(answer.json)
        throw refusalProblem(answer)
      }
      const [form, type] = forms[wanted]
      const made = inspection.convert(material, form)
      const converted = made instanceof Promise ? await made : made
      if (converted.kind === 'octets') return reply.type(type).send(Buffer.from(converted.octets))
      throw refusalProblem(converted)
    }
  )
}
