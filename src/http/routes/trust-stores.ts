import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StoredAnchor } from '../../core/model/trust-store.ts'
import { negotiated } from '../negotiation.ts'
import { optionsFrom, queryOf } from '../option-texts.ts'
import { readPreconditions, readStatus } from '../preconditions.ts'
import { Problem } from '../problem.ts'
import { AnchorsQuery } from '../schemas/store-requests.ts'
import { getStoreSchema, listStoresSchema } from '../schemas/store-routes.ts'
import { noStore } from '../store-problems.ts'
import { etagOf, pemOf, storeTypes, tagOf } from '../store-representations.ts'
import { validator } from '../validator.ts'
import { nameOf, type TrustStoreRoutesParts } from './trust-store-parts.ts'

/** What the service trusts. Reading it needs no token: it is public in every handshake. */
export const trustStoreRoutes = (app: FastifyInstance, { stores }: TrustStoreRoutesParts): void => {
  app.get('/trust-stores', { schema: listStoresSchema }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send({ stores: stores.list().map(({ summary }) => summary) })
  )
  app.get('/trust-stores/:name', { schema: getStoreSchema }, async (request, reply) => {
    const view = stores.get(nameOf(request))
    if (view === undefined) throw noStore()
    return sendStore(request, reply, stores, view)
  })
}

/** A store, or a version of one, that can be given in any form. */
export interface Shown {
  readonly tag: string
  readonly anchors: readonly StoredAnchor[]
  /** What JSON says beside the anchors. */
  readonly summary: object
}

const validPage = validator(AnchorsQuery)

/** Answers with a store in the form that the client takes, a page of it where that is JSON. */
export const sendStore = (
  request: FastifyRequest,
  reply: FastifyReply,
  stores: TrustStoreRoutesParts['stores'],
  { tag, anchors, summary }: Shown
): FastifyReply => {
  const type = negotiated(request.headers.accept, storeTypes)
  const { offset = 0, limit = 100 } = validPage(optionsFrom(queryOf(request), undefined, AnchorsQuery))
  const status = readStatus(readPreconditions(request.headers), tagOf(tag, type))
  if (status === 412) throw new Problem('precondition-failed', 'The trust store is not in the version of If-Match.')
  reply.headers({ etag: etagOf(tag, type), vary: 'accept', 'cache-control': 'no-cache' })
  if (status === 304) return reply.code(304).send()
  if (type !== 'application/json') return reply.type(type).send(pemOf(anchors))
  const end = offset + limit
  return reply.send({
    ...summary,
    offset,
    next: end < anchors.length ? end : null,
    anchors: stores.describe(anchors.slice(offset, end))
  })
}
