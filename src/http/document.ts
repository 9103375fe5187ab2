import { pino } from 'pino'
import { makeMetrics } from '../service/metrics.ts'
import { buildApp } from './app.ts'
import { describeRoutes } from './openapi.ts'

const nothing = (): never => {
  throw new Error('Nothing is asked of the service while it is described')
}

/** The OpenAPI description, as `openapi/openapi.json` has it; no store is loaded and nothing listens. */
export const openApiDocument = async (): Promise<unknown> => {
  const app = await buildApp({
    service: {
      validate: nothing,
      notReady: () => []
    },
    chains: { repair: nothing },
    knownText: nothing,
    inspection: { inspect: nothing, convert: nothing },
    stores: {
      list: nothing,
      describe: nothing,
      get: nothing,
      versions: nothing,
      version: nothing,
      accept: nothing,
      change: nothing,
      rehearse: nothing
    },
    administrators: { any: false, labelOf: () => undefined, reload: () => undefined },
    log: pino({ level: 'silent' }),
    settings: {
      maxBodyBytes: 0,
      maxBodiesInFlightBytes: 0,
      maxUploadBytes: 0,
      maxRehearsedRequests: 0,
      wrongTokenDelay: 0,
      maxDepth: 0,
      maxValues: 0,
      maxParts: 0,
      requestTimeout: 0,
      headersTimeout: 0,
      keepAliveTimeout: 0,
      maxConnections: 0,
      rateLimit: { perSecond: 0, burst: 0, proxies: 0 }
    },
    notReady: () => [],
    warnings: () => [],
    metrics: makeMetrics([]),
    describe: describeRoutes
  })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}
