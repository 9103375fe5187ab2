import { integer } from './setting.ts'

/** The variables of connections and of who may ask how often. */
export const httpSettings = {
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
