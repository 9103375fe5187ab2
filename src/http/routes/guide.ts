import type { FastifyInstance } from 'fastify'
import { sendFile } from '../static/send-file.ts'
import { StaticFiles } from '../static/static-files.ts'

/** Pages that were made of the documents when the service was built. */
const files = new StaticFiles(['guide/'])

/** The guide, below `/guide/`. Every address in it is relative, so that it may lie below any other. */
export const guideRoutes = (app: FastifyInstance): void => {
  app.get('/guide', { schema: { hide: true } }, async (_request, reply) => reply.redirect('guide/', 308))
  app.get('/guide/*', { schema: { hide: true } }, async (request, reply) => {
    const { '*': name } = request.params as { readonly '*': string }
    return sendFile(request, reply, files, `guide/${name === '' || name.endsWith('/') ? `${name}index.html` : name}`)
  })
}
