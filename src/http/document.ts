import { pino } from 'pino'
import { buildApp } from './app.ts'

/** The OpenAPI description, as the service gives it at `GET /openapi.json`; no store is loaded and nothing listens. */
export const openApiDocument = async (): Promise<unknown> => {
  const app = await buildApp({
    service: {
      validate: () => {
        throw new Error('Nothing is validated while the service is described')
      },
      notReady: () => []
    },
    inspection: {
      inspect: () => {
        throw new Error('Nothing is inspected while the service is described')
      }
    },
    log: pino({ level: 'silent' }),
    settings: {
      maxBodyBytes: 0,
      maxBodiesInFlightBytes: 0,
      maxDepth: 0,
      maxValues: 0,
      maxParts: 0,
      requestTimeout: 0,
      headersTimeout: 0,
      keepAliveTimeout: 0
    },
    notReady: () => []
  })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}
