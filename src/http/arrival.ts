import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RouteOf } from './known-paths.ts'
import { type RawAnswer, requestTimeout } from './raw-answers.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the body may come for as long as it likes; the route bounds its pace itself. */
    readonly streams?: boolean
  }
}

/**
 * Ends the connection of a request that has not come whole after `ms` milliseconds, whether anybody reads it or not. Where nothing was
 * answered yet, it is answered that it came too late.
 */
export const boundArrival = (app: FastifyInstance, ms: number, answer: RawAnswer, route: RouteOf): void => {
  app.addHook('onRequest', (request, reply, done) => {
    const { raw, routeOptions } = request
    // What came in one piece with its header is there whole when its turn is over.
    if (routeOptions.config.streams !== true && hasBody(raw))
      setImmediate(endLate, { request, reply, ms, answer, route })
    done()
  })
}

interface Arrival {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly ms: number
  readonly answer: RawAnswer
  readonly route: RouteOf
}

const endLate = ({ request, reply, ms, answer, route }: Arrival): void => {
  const { raw, id, method } = request
  if (raw.complete || raw.destroyed) return
  const late = setTimeout(() => {
    if (raw.complete) return
    if (reply.raw.headersSent || !raw.socket.writable) {
      raw.destroy()
      return
    }
    answer(raw.socket, requestTimeout(), { id, method, route: route(request) })
  }, ms)
  raw.once('close', () => clearTimeout(late))
  raw.once('end', () => clearTimeout(late))
}

/** RFC 9112 §6.3: a request without these has no body, and is there with its header. */
const hasBody = ({ headers }: FastifyRequest['raw']): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
