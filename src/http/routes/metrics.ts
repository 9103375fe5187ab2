import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../../service/metrics.ts'

const route = {
  operationId: 'metrics',
  tags: ['operation'],
  summary: 'Figures for Prometheus',
  description:
    'Requests by the pattern of their path and status, with their durations; validations by outcome and by code; trust stores: size, version, since when, how reading them anew went; the process itself. No label has a value that was sent.',
  response: {
    200: {
      description: 'The text format of Prometheus, version 0.0.4.',
      content: { 'text/plain': { schema: { type: 'string' } } }
    }
  }
}

export const metricsRoute = (app: FastifyInstance, metrics: Pick<Metrics, 'text' | 'contentType'>): void => {
  app.get('/metrics', { schema: route }, async (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text())
  )
}
