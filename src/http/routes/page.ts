import type { FastifyInstance } from 'fastify'
import { negotiated } from '../negotiation.ts'
import { sendFile } from '../static/send-file.ts'
import { StaticFiles } from '../static/static-files.ts'

const files = new StaticFiles(['page/'])

/** The page for people, and below `/static/` what it loads. It is no part of the description: it is a client like any other. */
export const pageRoutes = (app: FastifyInstance): void => {
  app.get('/', { schema: { hide: true } }, async (request, reply) => {
    negotiated(request.headers.accept, ['text/html'])
    return sendFile(request, reply.header('vary', 'accept'), files, 'page/index.html')
  })
  app.get('/static/*', { schema: { hide: true } }, async (request, reply) => {
    const { '*': name } = request.params as { readonly '*': string }
    return sendFile(request, reply, files, name)
  })
}
