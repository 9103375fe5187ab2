import type { FastifyInstance, FastifyRequest } from 'fastify'
import { clientErrorAnswer } from './failures.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the body may come for as long as it likes; the route bounds its pace itself. */
    readonly streams?: boolean
  }
}

/**
 * Ends the connection of a request that has not come whole after `ms` milliseconds, whether anybody reads it or not. Where nothing was
 * answered yet, it is answered that it came too late, and `answered` hears the status.
 */
export const boundArrival = (app: FastifyInstance, ms: number, answered: (status: number) => void): void => {
  app.addHook('onRequest', async ({ raw, routeOptions }, reply) => {
    if (routeOptions.config.streams === true || !hasBody(raw)) return
    const late = setTimeout(() => {
      if (raw.complete) return
      if (reply.raw.headersSent || !raw.socket.writable) {
        raw.destroy()
        return
      }
      const { status, text } = clientErrorAnswer('ERR_HTTP_REQUEST_TIMEOUT')
      raw.socket.end(text, () => raw.socket.destroy())
      answered(status)
    }, ms)
    raw.once('close', () => clearTimeout(late))
    raw.once('end', () => clearTimeout(late))
  })
}

/** RFC 9112 §6.3: a request without these has no body, and is there with its header. */
const hasBody = ({ headers }: FastifyRequest['raw']): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
