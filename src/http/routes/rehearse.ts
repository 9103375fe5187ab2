import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseJson } from '../body/json.ts'
import { mediaTypeOf } from '../body/media-types.ts'
import { readBody } from '../body/read.ts'
import { requestAt } from '../body/validation-request.ts'
import { Problem } from '../problem.ts'
import { refusalProblem } from '../refusal-problem.ts'
import { RehearsalFrame } from '../schemas/rehearsal.ts'
import { rehearseSchema } from '../schemas/store-routes.ts'
import { storeProblem } from '../store-problems.ts'
import { validator } from '../validator.ts'
import { nameOf, type TrustStoreRoutesParts } from './trust-store-parts.ts'

const validRehearsal = validator(RehearsalFrame)

/**
 * Which verdicts a change would flip. It needs no token: it tells what the caller sent and what anybody may read. Only
 * the remembered requests are of others.
 */
export const rehearseRoute = (app: FastifyInstance, parts: TrustStoreRoutesParts): void => {
  const { stores, authenticate, inFlight, limits, maxBodyBytes, maxRehearsedRequests } = parts
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    if (mediaTypeOf(request.headers) === 'application/json') return
    throw new Problem('content-type-unsupported', 'A rehearsal is asked for in JSON: content-type: application/json.')
  }
  app.post('/trust-stores/:name/rehearse', { schema: rehearseSchema, onRequest }, async (request, reply) => {
    const name = nameOf(request)
    const body = await readBody(request, reply, maxBodyBytes, inFlight)
    const given = validRehearsal(parseJson(body, limits))
    const { mode = 'replace', partial = false, allowEndEntity = false, remembered = false } = given
    if (remembered) await authenticate(request)
    const asked = given.requests ?? []
    if (asked.length > maxRehearsedRequests) {
      throw new Problem('body-too-large', `A rehearsal takes ${maxRehearsedRequests} requests at most.`)
    }
    const requests = asked.map((value, at) => requestAt(value, `/requests/${at}`))
    const { certificates, crls, constraints } = given
    const accepted = await stores.accept({ certificates, crls, constraints, partial, allowEndEntity }, 'anybody')
    if (accepted.kind === 'refusal') throw refusalProblem(accepted)
    if (accepted.kind === 'refused') throw storeProblem(accepted)
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const rehearsed = await stores.rehearse({ name, mode, accepted, requests, remembered, signal: gone.signal })
    if (rehearsed.kind === 'rehearsed') return reply.header('cache-control', 'no-store').send(rehearsed)
    if (rehearsed.kind === 'overloaded') throw busy('Too many validations wait at this moment. Ask again later.')
    if (rehearsed.kind !== 'too-many-rehearsals') throw storeProblem(rehearsed)
    throw busy('Other rehearsals are going on. Ask again when they are over.')
  })
}

const busy = (detail: string): Problem => new Problem('overloaded', detail, { headers: { 'retry-after': '5' } })
