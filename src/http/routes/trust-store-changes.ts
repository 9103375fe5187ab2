import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TObject } from 'typebox'
import type { Made } from '../../service/trust-stores/changing.ts'
import type { Change } from '../../service/trust-stores/planning.ts'
import { tagOfVersion } from '../../service/trust-stores/store-views.ts'
import { receive } from '../body/raw-request.ts'
import { storeUpload } from '../body/store-upload.ts'
import { optionsFrom, queryOf } from '../option-texts.ts'
import { mayChange, readPreconditions } from '../preconditions.ts'
import { refusalProblem } from '../refusal-problem.ts'
import { ChangeQuery, UploadQuery } from '../schemas/store-requests.ts'
import { deleteStoreSchema, putStoreSchema, restoreStoreSchema } from '../schemas/store-routes.ts'
import { storeProblem } from '../store-problems.ts'
import { etagOf, everyTagOf } from '../store-representations.ts'
import { validator } from '../validator.ts'
import { nameOf, type TrustStoreRoutesParts, versionOf } from './trust-store-parts.ts'

const validUpload = validator(UploadQuery)
const validChange = validator(ChangeQuery)
const query = (request: FastifyRequest, schema: TObject) => optionsFrom(queryOf(request), undefined, schema)

/** What somebody asks for, and what the answer tells beside what came of it. */
interface Ordered {
  readonly name: string
  readonly change: Change
  readonly dryRun: boolean
  readonly by: string
}

/**
 * Changes of uploaded stores. Each needs a token, but for a dry run: it tells what the caller sent and what anybody may
 * read, and writes nothing.
 */
export const trustStoreChangeRoutes = (app: FastifyInstance, parts: TrustStoreRoutesParts): void => {
  const { stores, authenticate, inFlight, limits } = parts
  const who = (request: FastifyRequest, dryRun: boolean): Promise<string> =>
    dryRun ? Promise.resolve('') : authenticate(request)

  app.put('/trust-stores/:name', { schema: putStoreSchema }, async (request, reply) => {
    const name = nameOf(request)
    const {
      mode = 'replace',
      dryRun = false,
      partial = false,
      allowEndEntity = false
    } = validUpload(query(request, UploadQuery))
    const by = await who(request, dryRun)
    const raw = await receive(request, reply, dryRun ? parts.maxBodyBytes : parts.maxUploadBytes, inFlight)
    const upload = await storeUpload(raw, limits)
    const proposal = { ...upload, partial, allowEndEntity }
    const accepted = await stores.accept(proposal, dryRun ? 'anybody' : 'administrator')
    if (accepted.kind === 'refusal') throw refusalProblem(accepted)
    if (accepted.kind === 'refused') throw storeProblem(accepted)
    return await carryOut(request, reply, parts, { name, by, dryRun, change: { ...accepted, action: mode } })
  })

  app.delete('/trust-stores/:name', { schema: deleteStoreSchema }, async (request, reply) => {
    const name = nameOf(request)
    const { dryRun = false } = validChange(query(request, ChangeQuery))
    return await carryOut(request, reply, parts, {
      name,
      dryRun,
      by: await who(request, dryRun),
      change: { action: 'delete' }
    })
  })

  const restore = '/trust-stores/:name/versions/:version/restore'
  app.post(restore, { schema: restoreStoreSchema }, async (request, reply) => {
    const { name, version } = versionOf(request)
    const { dryRun = false } = validChange(query(request, ChangeQuery))
    const by = await who(request, dryRun)
    return await carryOut(request, reply, parts, { name, dryRun, by, change: { action: 'restore', version } })
  })
}

const carryOut = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { stores, log }: TrustStoreRoutesParts,
  ordered: Ordered
): Promise<FastifyReply> => {
  const { name, change, dryRun, by } = ordered
  const conditions = readPreconditions(request.headers)
  const made = await stores.change({
    name,
    change,
    by,
    dryRun,
    may: (current) => mayChange(conditions, current === undefined ? undefined : everyTagOf(tagOfVersion(current)))
  })
  if (!isMade(made)) throw storeProblem(made)
  const { record, created, counts, changes } = made
  if (made.kind === 'changed') {
    const { before: from, after: to } = changes.digest
    const audit = { by, store: name, action: change.action, version: record?.version, from, to, requestId: request.id }
    log.info(audit, 'trust store changed')
  }
  // RFC 9110 §9.3.4 has no entity tag in the answer to a PUT whose body is not kept octet for octet. It stands here all the
  // same: the next change has to name the version that this one made, and nobody may come between the two.
  if (record !== undefined && record.checksum !== null) reply.header('etag', etagOf(tagOfVersion(record)))
  const { duplicates = [], notTaken = [] } = 'duplicates' in change ? change : {}
  const version = record === undefined ? null : String(record.version)
  return reply
    .code(made.kind === 'changed' && created ? 201 : 200)
    .header('cache-control', 'no-store')
    .send({ name, version, digest: changes.digest.after, counts, result: made.kind, changes, duplicates, notTaken })
}

const isMade = (changed: Awaited<ReturnType<TrustStoreRoutesParts['stores']['change']>>): changed is Made =>
  changed.kind === 'changed' || changed.kind === 'unchanged' || changed.kind === 'planned'
