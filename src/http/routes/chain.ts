import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ChainAnswer, ChainService } from '../../service/chain.ts'
import type { BodiesInFlight } from '../body/bodies-in-flight.ts'
import { chainRequest } from '../body/chain-request.ts'
import { mediaTypeOf } from '../body/media-types.ts'
import { readBody } from '../body/read.ts'
import type { BodyLimits } from '../body/validation-request.ts'
import { negotiated } from '../negotiation.ts'
import { queryOf } from '../option-texts.ts'
import { Problem } from '../problem.ts'
import { loggedAnswer } from '../request-log.ts'
import { chainRouteSchema, chainTypes } from '../schemas/chain-route.ts'

export interface ChainRouteParts {
  readonly chains: ChainService
  readonly inFlight: BodiesInFlight
  readonly maxBodyBytes: number
  readonly limits: BodyLimits
}

/** A chain that cannot be completed is given back as far as it goes: 200, `complete: false`. */
export const chainRoute = (app: FastifyInstance, parts: ChainRouteParts): void => {
  const { chains, inFlight, maxBodyBytes, limits } = parts
  // Before the body is looked at: nobody need send it for an answer that he will not take.
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    mediaTypeOf(request.headers)
    negotiated(request.headers.accept, chainTypes)
  }
  app.post('/chain', { schema: chainRouteSchema, onRequest }, async (request, reply) => {
    const mediaType = mediaTypeOf(request.headers)
    const body = await readBody(request, reply, maxBodyBytes, inFlight)
    const contentType = request.headers['content-type'] ?? ''
    const asked = await chainRequest({ mediaType, contentType, body, query: queryOf(request) }, limits)
    const given = chains.repair(asked)
    const answer = given instanceof Promise ? await given : given
    if (answer.kind === 'chain') {
      const { complete, verdict } = answer.body
      request.logged = loggedAnswer({ kind: 'verdict', verdict })
      reply.headers({
        'cache-control': 'no-store',
        vary: 'accept',
        'vidimus-complete': String(complete),
        'vidimus-outcome': verdict.outcome
      })
      return sendChain(reply, answer, negotiated(request.headers.accept, chainTypes))
    }
    const headers = answer.status === 503 ? { 'retry-after': '5' } : {}
    throw new Problem(answer.code, answer.detail, { status: answer.status, errors: answer.errors, headers })
  })
}

const sendChain = (reply: FastifyReply, answer: ChainAnswer, type: (typeof chainTypes)[number]): FastifyReply => {
  switch (type) {
    case 'application/json':
      return reply.send(answer.body)
    case 'application/pem-certificate-chain':
    case 'application/x-pem-file':
      return reply.type(type).send(answer.pem())
    case 'application/pkcs7-mime':
      // RFC 8551 §3.2.2
      return reply.type('application/pkcs7-mime; smime-type=certs-only').send(Buffer.from(answer.pkcs7()))
    case 'application/x-pkcs7-certificates':
      return reply.type(type).send(Buffer.from(answer.pkcs7()))
  }
}
