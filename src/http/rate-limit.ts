import type { FastifyInstance } from 'fastify'
import { clientOf } from './client-address.ts'
import { ClientRates, mostClients, type Rate } from './client-rates.ts'
import { isOperation } from './operation.ts'
import { Problem } from './problem.ts'

export interface RateLimit extends Rate {
  /** Proxies of one's own before the service, whose word on who asks is taken. */
  readonly proxies: number
}

/** Who counts the requests of each client. */
export interface Rates {
  /** Counts a request: 0 where it may be, else for how many milliseconds it has to wait. */
  take(client: string): number | Promise<number>
}

/** Bounds how often each client may ask; nothing where `perSecond` is 0. `others` counts for several processes. */
export const limitRates = (app: FastifyInstance, { proxies, ...rate }: RateLimit, others?: Rates): void => {
  if (rate.perSecond === 0) return
  const here = new ClientRates(rate, mostClients)
  const rates = others ?? { take: (client) => here.take(client, performance.now()) }
  app.addHook('onRequest', async (request) => {
    if (isOperation(request)) return
    const wait = await rates.take(clientOf(request.raw, proxies))
    if (wait === 0) return
    throw new Problem('rate-limited', 'This client asks more often than it may.', {
      headers: { 'retry-after': String(Math.ceil(wait / 1_000)) }
    })
  })
}
