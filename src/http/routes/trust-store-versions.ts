import type { FastifyInstance } from 'fastify'
import { optionsFrom, queryOf } from '../option-texts.ts'
import { Problem } from '../problem.ts'
import { VersionsQuery } from '../schemas/store-requests.ts'
import { getVersionSchema, listVersionsSchema } from '../schemas/store-routes.ts'
import { noStore, storeProblem } from '../store-problems.ts'
import { validator } from '../validator.ts'
import { nameOf, type TrustStoreRoutesParts, versionOf } from './trust-store-parts.ts'
import { sendStore } from './trust-stores.ts'

const validQuery = validator(VersionsQuery)

/** The changes of uploaded stores: who made them, when, and what the store was afterwards. */
export const trustStoreVersionRoutes = (app: FastifyInstance, { stores }: TrustStoreRoutesParts): void => {
  app.get('/trust-stores/:name/versions', { schema: listVersionsSchema }, async (request, reply) => {
    const name = nameOf(request)
    const { before, limit = 100 } = validQuery(optionsFrom(queryOf(request), undefined, VersionsQuery))
    const read = await stores.versions(name, before, limit + 1)
    if (read.kind !== 'versions') throw unread(read)
    const versions = read.versions.slice(0, limit)
    if (versions.length === 0 && before === undefined && stores.get(name) === undefined) throw noStore()
    const next = read.versions.length > limit ? Number(versions.at(-1)?.version) : null
    return reply.header('cache-control', 'no-cache').send({ versions, next })
  })

  app.get('/trust-stores/:name/versions/:version', { schema: getVersionSchema }, async (request, reply) => {
    const { name, version: number } = versionOf(request)
    const read = await stores.version(name, number)
    if (read.kind === 'absent') throw noStore()
    if (read.kind === 'damaged') {
      throw new Problem('trust-store-conflict', `That version cannot be read: ${read.reason}.`)
    }
    if (read.kind !== 'version') throw unread(read)
    const { version, content } = read
    if (content === undefined) throw storeProblem({ kind: 'gone' })
    const { tag, anchors, counts } = content
    return sendStore(request, reply, stores, { tag, anchors, summary: { name, ...version, counts } })
  })
}

const unread = (failed: Parameters<typeof storeProblem>[0]): Problem => {
  const { document } = storeProblem(failed)
  const detail = 'What is kept cannot be read at the moment.'
  return new Problem(document.code, detail, { status: 503, headers: { 'retry-after': '1' } })
}
