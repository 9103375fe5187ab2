import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../service/metrics.ts'
import type { RouteOf } from './known-paths.ts'

/** Counts every answer by the pattern of its path, which clients cannot make up. */
export const countRequests = (app: FastifyInstance, metrics: Pick<Metrics, 'answered'>, routeOf: RouteOf): void => {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.answered(routeOf(request), reply.statusCode, reply.elapsedTime / 1_000)
    done()
  })
}
