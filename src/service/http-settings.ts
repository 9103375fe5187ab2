import { availableParallelism } from 'node:os'
import { integer, mustBe, setting, value } from './setting.ts'

const mostWorkers = 256

/** The variables of connections and of who may ask how often. */
export const httpSettings = {
  workers: setting<number>(
    'WORKERS',
    '1',
    'Processes that serve, behind one address; auto for as many as the machine has cores. Limits and caches hold for all of them together, of which each has an equal share.',
    (text = '1') => {
      if (text === '') return value(1)
      if (text === 'auto') return value(Math.min(availableParallelism(), mostWorkers))
      const number = /^\d{1,3}$/.test(text) ? Number(text) : 0
      return number >= 1 && number <= mostWorkers
        ? value(number)
        : mustBe(`auto or an integer from 1 to ${mostWorkers}`)
    }
  ),
  maxConnections: integer(
    'MAX_CONNECTIONS',
    16_384,
    1,
    1_000_000,
    'Connections of clients. Requests on more of them get 503, and at 128 more they are closed; health and metrics are answered. Fewer where the process may open fewer files.'
  ),
  rateLimitPerSecond: integer(
    'RATE_LIMIT_PER_SECOND',
    0,
    0,
    1_000_000,
    'Requests of one client in a second, in the long run; 0 for no limit. A batch is one request; health and metrics do not count.'
  ),
  rateLimitBurst: integer('RATE_LIMIT_BURST', 100, 1, 1_000_000, 'Requests of one client at once.'),
  trustedProxies: integer(
    'TRUSTED_PROXIES',
    0,
    0,
    16,
    'Proxies of yours before the service, each of which adds to X-Forwarded-For: RATE_LIMIT_PER_SECOND counts the client that the outermost of them saw. 0 counts who connects.'
  )
}
