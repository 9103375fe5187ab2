import type { FastifyInstance } from 'fastify'
import { Health } from '../schemas/health.ts'
import { ref } from '../schemas/shapes.ts'

const health = (description: string) => ({ description, content: { 'application/json': { schema: ref(Health) } } })

export interface HealthParts {
  /** The reasons why nothing should be sent here at this moment; none, where all is well. */
  readonly notReady: () => readonly string[]
  /** What somebody should look after, though requests may be sent here. */
  readonly warnings: () => readonly string[] | Promise<readonly string[]>
}

export const healthRoutes = (app: FastifyInstance, { notReady, warnings }: HealthParts): void => {
  const live = { status: 'ok', reasons: [], warnings: [] }
  app.get(
    '/health/live',
    {
      schema: {
        operationId: 'live',
        tags: ['operation'],
        summary: 'Whether the process serves at all',
        response: { 200: health('It does.') }
      }
    },
    async (_request, reply) => reply.header('cache-control', 'no-store').send(live)
  )
  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'ready',
        tags: ['operation'],
        summary: 'Whether requests should be sent here',
        response: { 200: health('They should.'), 503: health('They should not, and why.') }
      }
    },
    async (_request, reply) => {
      const reasons = notReady()
      reply.header('cache-control', 'no-store').code(reasons.length === 0 ? 200 : 503)
      return { status: reasons.length === 0 ? 'ok' : 'unavailable', reasons, warnings: await warnings() }
    }
  )
}
