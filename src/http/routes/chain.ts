import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ChainAnswer, ChainService } from '../../service/chain.ts'
import type { KnownText } from '../../service/lanes/repeated-texts.ts'
import type { BodiesInFlight } from '../body/bodies-in-flight.ts'
import { chainRequest } from '../body/chain-request.ts'
import { receive, refuseUnread, releaseJson } from '../body/raw-request.ts'
import type { BodyLimits } from '../body/validation-request.ts'
import { negotiated } from '../negotiation.ts'
import { queryOf } from '../option-texts.ts'
import { Problem } from '../problem.ts'
import { refusalProblem } from '../refusal-problem.ts'
import { loggedAnswer } from '../request-log.ts'
import { chainRouteSchema, chainTypes } from '../schemas/chain-route.ts'

export interface ChainRouteParts {
  readonly chains: ChainService
  readonly inFlight: BodiesInFlight
  readonly maxBodyBytes: number
  readonly limits: BodyLimits
  readonly knownText: KnownText
}

/** A chain that cannot be completed is given back as far as it goes: 200, `complete: false`. */
export const chainRoute = (app: FastifyInstance, parts: ChainRouteParts): void => {
  const { chains, inFlight, maxBodyBytes, limits, knownText } = parts
  app.post('/chain', { schema: chainRouteSchema, onRequest: refuseUnread(chainTypes) }, async (request, reply) => {
    const raw = await receive(request, reply, maxBodyBytes, inFlight)
    const asked = await chainRequest({ ...raw, query: queryOf(request) }, limits, knownText)
    releaseJson(raw)
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
    throw refusalProblem(answer)
  })
}

const sendChain = (reply: FastifyReply, answer: ChainAnswer, type: (typeof chainTypes)[number]): FastifyReply => {
  if (type !== 'application/json' && answer.body.certificates.length === 0) throw cutShort(answer)
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

/** JSON says that nothing came of it; a file without a certificate would pass for a chain. */
const cutShort = ({ body }: ChainAnswer): Problem => {
  const detail = body.verdict.errors[0]?.message ?? 'Nothing came of it.'
  return new Problem('limit-reached', detail, { errors: [{ pointer: '/chain', code: 'limit-reached', detail }] })
}
