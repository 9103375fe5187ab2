import Fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Administrators } from '../service/administrators.ts'
import type { KeptAnswers } from '../service/answers/kept-answers.ts'
import type { ChainService } from '../service/chain.ts'
import { headStart } from '../service/head-start.ts'
import type { InspectionService } from '../service/inspection.ts'
import type { KnownText } from '../service/lanes/repeated-texts.ts'
import type { Metrics } from '../service/metrics.ts'
import { plainJsonOf } from '../service/plain-json.ts'
import type { TrustStoreService } from '../service/trust-stores/trust-store-service.ts'
import type { ValidationService } from '../service/validation.ts'
import { boundArrival } from './arrival.ts'
import { authentication } from './authentication.ts'
import { BodiesInFlight } from './body/bodies-in-flight.ts'
import type { BodyLimits } from './body/validation-request.ts'
import { boundConnections } from './connections.ts'
import { answerBadPath, answerFailures, everyAnswer } from './failures.ts'
import { requireFraming } from './framing.ts'
import { knownPaths, routeOf } from './known-paths.ts'
import { limitRates, type RateLimit, type Rates } from './rate-limit.ts'
import { parserProblem, rawAnswers } from './raw-answers.ts'
import { countRequests } from './request-counts.ts'
import { requestIdOf } from './request-id.ts'
import { logRequests } from './request-log.ts'
import { batchRoute } from './routes/batch.ts'
import { chainRoute } from './routes/chain.ts'
import { descriptionRoute } from './routes/description.ts'
import { docsRoutes } from './routes/docs.ts'
import { errorRoutes } from './routes/errors.ts'
import { guideRoutes } from './routes/guide.ts'
import { type HealthParts, healthRoutes } from './routes/health.ts'
import { inspectRoute } from './routes/inspect.ts'
import { metricsRoute } from './routes/metrics.ts'
import { pageRoutes } from './routes/page.ts'
import { rehearseRoute } from './routes/rehearse.ts'
import { trustStoreChangeRoutes } from './routes/trust-store-changes.ts'
import { trustStoreVersionRoutes } from './routes/trust-store-versions.ts'
import { trustStoreRoutes } from './routes/trust-stores.ts'
import { validateRoute } from './routes/validate.ts'
import { schemas } from './schemas/index.ts'
import { prepareValidators } from './validator.ts'

export interface AppSettings extends BodyLimits {
  readonly maxBodyBytes: number
  readonly maxBodiesInFlightBytes: number
  /** Of the upload of a trust store. */
  readonly maxUploadBytes: number
  readonly maxRehearsedRequests: number
  /** Milliseconds that a wrong token waits for its answer. */
  readonly wrongTokenDelay: number
  /** Milliseconds until a request must be there whole, its header fields alone, and until an idle connection ends. */
  readonly requestTimeout: number
  readonly headersTimeout: number
  readonly keepAliveTimeout: number
  readonly maxConnections: number
  readonly rateLimit: RateLimit
}

export interface AppParts {
  readonly service: ValidationService
  readonly chains: ChainService
  /** Undefined where no answers are kept. */
  readonly answers?: KeptAnswers | undefined
  readonly inspection: InspectionService
  readonly knownText: KnownText
  readonly stores: TrustStoreService
  readonly administrators: Administrators
  readonly log: Logger
  readonly settings: AppSettings
  /** Why the process as a whole should get no requests at this moment, as while it starts or stops. */
  readonly notReady: () => readonly string[]
  /** What is not as it should be though it serves, a sentence each. */
  readonly warnings: HealthParts['warnings']
  readonly metrics: Pick<Metrics, 'answered' | 'text' | 'contentType' | 'add'>
  /** Called before the routes are registered, so that it hears of each. */
  readonly describe?: (app: FastifyInstance) => Promise<void>
  /** Who counts how often clients ask; left out where this process alone serves. */
  readonly rates?: Rates | undefined
}

/** Octets of the header of a request, which also bound the number of its fields: each counts for more than it holds. */
const maxHeaderSize = 16_384

/** Routes for browsers, which are no part of the description. */
const hiddenRoutes = ['/', '/static/*', '/guide', '/guide/*']

const notAsked = (): never => {
  throw new Error('The compilers that are set are used')
}

/** The HTTP service, all but the listening. */
export const buildApp = async (parts: AppParts): Promise<FastifyInstance> => {
  const { service, answers, knownText, log, settings, notReady, metrics } = parts
  const answerRaw = rawAnswers(log, (status) => metrics.answered(undefined, status, undefined))
  const app = Fastify({
    logger: false,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    // Bounded here, since the server of Node.js has one bound for all: see `boundArrival`.
    requestTimeout: 0,
    keepAliveTimeout: settings.keepAliveTimeout,
    // Node would answer a request without a Host field in words of its own; it is refused with the others below.
    http: {
      headersTimeout: settings.headersTimeout,
      connectionsCheckingInterval: 1_000,
      requireHostHeader: false,
      maxHeaderSize
    },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Else Fastify loads its own compilers, whether they are used or not.
    schemaController: { compilersFactory: { buildValidator: notAsked, buildSerializer: notAsked } },
    frameworkErrors: answerBadPath,
    clientErrorHandler: (error, socket) => answerRaw(socket, parserProblem(error.code))
  })
  // Bodies are read and judged by the routes, which know their limits, and answers have the types of their schemas: these describe.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => plainJsonOf)
  app.setReplySerializer(plainJsonOf)
  for (const schema of schemas) app.addSchema(schema)

  const routes = new Map<string, Set<string>>(hiddenRoutes.map((url) => [url, new Set(['GET', 'HEAD'])]))
  app.addHook('onRoute', ({ url, method, schema }) => {
    if (url.startsWith('/docs') || schema?.hide === true) return
    const methods = routes.get(url) ?? new Set()
    for (const name of [method].flat()) methods.add(name)
    routes.set(url, methods)
  })
  const known = knownPaths(routes)
  const route = routeOf(known)
  app.addHook('onListen', (done) => {
    void prepareValidators(headStart)
    done()
  })
  answerEvery(app, notReady)
  boundArrival(app, settings.requestTimeout, answerRaw, route)
  logRequests(app, log, route)
  countRequests(app, metrics, route)
  const bounds = { most: settings.maxConnections, answerTimeout: settings.requestTimeout }
  for (const figure of boundConnections(app, bounds, log)) metrics.add(figure)
  limitRates(app, settings.rateLimit, parts.rates)
  requireFraming(app, answerRaw)
  answerFailures(app, log, known)
  await parts.describe?.(app)
  descriptionRoute(app)
  docsRoutes(app)
  pageRoutes(app)
  guideRoutes(app)
  healthRoutes(app, { notReady: () => [...notReady(), ...service.notReady()], warnings: parts.warnings })
  metricsRoute(app, metrics)
  errorRoutes(app)
  const { maxBodyBytes } = settings
  const inFlight = new BodiesInFlight(settings.maxBodiesInFlightBytes)
  const reading = { inFlight, maxBodyBytes, limits: settings, knownText }
  validateRoute(app, { service, answers, ...reading })
  batchRoute(app, { service, answers, ...reading, lineTimeout: settings.requestTimeout })
  chainRoute(app, { chains: parts.chains, ...reading })
  inspectRoute(app, { inspection: parts.inspection, inFlight, maxBodyBytes, limits: settings })
  trustStoreRoutesOf(app, parts, inFlight)
  leaveBodiesAlone(app)
  return app
}

/** Fastify need not look at what routes read themselves. Call it last: until then, descriptions of routes may have bodies. */
const leaveBodiesAlone = (app: FastifyInstance): void => {
  for (const method of app.supportedMethods) app.addHttpMethod(method, { hasBody: false, overrideExisting: true })
}

const trustStoreRoutesOf = (app: FastifyInstance, parts: AppParts, inFlight: BodiesInFlight): void => {
  const { stores, administrators, log, settings } = parts
  const authenticate = authentication({ administrators, log, delay: settings.wrongTokenDelay })
  const storeParts = { ...settings, stores, authenticate, log, inFlight, limits: settings }
  trustStoreRoutes(app, storeParts)
  trustStoreVersionRoutes(app, storeParts)
  trustStoreChangeRoutes(app, storeParts)
  rehearseRoute(app, storeParts)
}

/** What every answer has. While the process stops, each ends its connection. */
const answerEvery = (app: FastifyInstance, notReady: AppParts['notReady']): void => {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(everyAnswer(request.id))
    done()
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (notReady().length > 0) reply.header('connection', 'close')
    done()
  })
}
