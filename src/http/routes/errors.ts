import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorEntries } from '../errors/error-entry.ts'
import { errorListPage, errorPage, pagePolicy } from '../errors/error-page.ts'
import { negotiated } from '../negotiation.ts'
import { Problem } from '../problem.ts'
import { errorSchema, errorsSchema } from '../schemas/error-routes.ts'

const forms = ['application/json', 'text/html'] as const

const list = {
  errors: [...errorEntries.values()].map(({ code, type, title, inVerdicts, status }) => ({
    code,
    type,
    title,
    inVerdicts,
    status
  }))
}

/** What a code means: JSON, or a page for people. Nothing of a request stands in it. */
export const errorRoutes = (app: FastifyInstance): void => {
  app.get('/errors', { schema: errorsSchema }, async (request, reply) =>
    inForm(request, reply) === 'text/html' ? reply.send(errorListPage(errorEntries.values())) : reply.send(list)
  )
  app.get('/errors/:code', { schema: errorSchema }, async (request, reply) => {
    const { code } = request.params as { readonly code: string }
    const entry = errorEntries.get(code)
    if (entry === undefined)
      throw new Problem('not-found', 'No error, warning or problem has this code. GET /errors lists all.')
    return inForm(request, reply) === 'text/html' ? reply.send(errorPage(entry)) : reply.send(entry)
  })
}

/** Chooses the form that the client likes best and sets the fields that go with it. */
const inForm = (request: FastifyRequest, reply: FastifyReply): (typeof forms)[number] => {
  const form = negotiated(request.headers.accept, forms)
  reply.headers({ vary: 'accept', 'cache-control': 'public, max-age=3600' })
  if (form === 'text/html') reply.type('text/html; charset=utf-8').header('content-security-policy', pagePolicy)
  return form
}
