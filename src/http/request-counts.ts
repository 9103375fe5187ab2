import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../service/metrics.ts'

/** Counts every answer by the pattern of its path, which clients cannot make up. */
export const countRequests = (app: FastifyInstance, metrics: Pick<Metrics, 'answered'>): void => {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? undefined : request.routeOptions.url
    metrics.answered(route, reply.statusCode, reply.elapsedTime / 1_000)
    done()
  })
}
