import Fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { InspectionService } from '../service/inspection.ts'
import type { ValidationService } from '../service/validation.ts'
import { BodiesInFlight } from './body/bodies-in-flight.ts'
import type { BodyLimits } from './body/validation-request.ts'
import { answerBadPath, answerFailures, clientErrorAnswer, everyAnswer, refuseOtherMethods } from './failures.ts'
import { describeRoutes } from './openapi.ts'
import { plainJson } from './plain-json.ts'
import { requestIdOf } from './request-id.ts'
import { logRequests } from './request-log.ts'
import { healthRoutes } from './routes/health.ts'
import { inspectRoute } from './routes/inspect.ts'
import { validateRoute } from './routes/validate.ts'
import { CertificateDescription, DescribedFault, ExtensionItem, NameItem } from './schemas/description.ts'
import { Health } from './schemas/health.ts'
import { InspectedItem, Inspection, InspectionRequest } from './schemas/inspection.ts'
import { ProblemSchema } from './schemas/problem.ts'
import { ValidationForm, ValidationOptions, ValidationRequest } from './schemas/request.ts'
import { Attempt, Finding, PathEntry, Verdict } from './schemas/verdict.ts'

export interface AppSettings extends BodyLimits {
  readonly maxBodyBytes: number
  readonly maxBodiesInFlightBytes: number
  /** Milliseconds until a request must be there whole, its header fields alone, and until an idle connection ends. */
  readonly requestTimeout: number
  readonly headersTimeout: number
  readonly keepAliveTimeout: number
}

export interface AppParts {
  readonly service: ValidationService
  readonly inspection: InspectionService
  readonly log: Logger
  readonly settings: AppSettings
  /** Why the process as a whole should get no requests at this moment, as while it starts or stops. */
  readonly notReady: () => readonly string[]
}

const schemas = [
  ValidationRequest,
  ValidationOptions,
  ValidationForm,
  Verdict,
  PathEntry,
  Finding,
  Attempt,
  NameItem,
  DescribedFault,
  ExtensionItem,
  CertificateDescription,
  InspectionRequest,
  InspectedItem,
  Inspection,
  ProblemSchema,
  Health
]

/** The HTTP service, all but the listening. */
export const buildApp = async ({
  service,
  inspection,
  log,
  settings,
  notReady
}: AppParts): Promise<FastifyInstance> => {
  const app = Fastify({
    logger: false,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    requestTimeout: settings.requestTimeout,
    keepAliveTimeout: settings.keepAliveTimeout,
    // Node would answer a request without a Host field in words of its own; it is refused with the others below.
    http: { headersTimeout: settings.headersTimeout, connectionsCheckingInterval: 1_000, requireHostHeader: false },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: answerBadPath,
    clientErrorHandler: (error, socket) => {
      if (socket.writable) socket.write(clientErrorAnswer(error.code))
      socket.destroySoon()
    }
  })
  // Bodies are read and judged by the routes, which know their limits; schemas describe here and serialize.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.setValidatorCompiler(() => () => true)
  for (const schema of schemas) app.addSchema(schema)

  const routes = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method, schema }) => {
    if (url.startsWith('/docs') || schema?.hide === true) return
    const methods = routes.get(url) ?? new Set()
    for (const name of [method].flat()) methods.add(name)
    routes.set(url, methods)
  })
  answerEvery(app, notReady)
  logRequests(app, log)
  answerFailures(app, log)
  await describeRoutes(app)
  healthRoutes(app, () => [...notReady(), ...service.notReady()])
  const { maxBodyBytes } = settings
  const inFlight = new BodiesInFlight(settings.maxBodiesInFlightBytes)
  validateRoute(app, { service, inFlight, maxBodyBytes, limits: settings })
  inspectRoute(app, { inspection, inFlight, maxBodyBytes, limits: settings })
  refuseOtherMethods(app, new Map(routes))
  return app
}

/** What every answer has, and JSON that is safe to show. While the process stops, each ends its connection. */
const answerEvery = (app: FastifyInstance, notReady: AppParts['notReady']): void => {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(everyAnswer(request.id))
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    if (notReady().length > 0) reply.header('connection', 'close')
    const type = String(reply.getHeader('content-type') ?? '')
    return typeof payload === 'string' && /^application\/(problem\+)?json/.test(type) ? plainJson(payload) : payload
  })
}
