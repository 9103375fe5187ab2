import type { FastifyInstance } from 'fastify'
import { clientOf } from './client-address.ts'
import { ClientRates, type Rate } from './client-rates.ts'
import { isOperation } from './operation.ts'
import { Problem } from './problem.ts'

export interface RateLimit extends Rate {
  /** Proxies of one's own before the service, whose word on who asks is taken. */
  readonly proxies: number
}

/** Clients that are counted, at about a hundred bytes each. */
const mostClients = 65_536

/** Bounds how often each client may ask; nothing where `perSecond` is 0. */
export const limitRates = (app: FastifyInstance, { proxies, ...rate }: RateLimit): void => {
  if (rate.perSecond === 0) return
  const rates = new ClientRates(rate, mostClients)
  app.addHook('onRequest', async (request) => {
    if (isOperation(request)) return
    const wait = rates.take(clientOf(request.raw, proxies), performance.now())
    if (wait === 0) return
    throw new Problem('rate-limited', 'This client asks more often than it may.', {
      headers: { 'retry-after': String(Math.ceil(wait / 1_000)) }
    })
  })
}
