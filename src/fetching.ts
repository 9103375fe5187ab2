import type { Logger } from 'pino'
import { type Fetching, openFetching } from './net/fetching.ts'
import type { EvidenceKeeping } from './net/keeping.ts'
import { resolveByDns } from './net/resolve.ts'
import type { Config } from './service/config-types.ts'

/** What fetching is given by the process. */
export interface FetchingSurroundings {
  readonly log: Logger
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly keeping: EvidenceKeeping | undefined
}

/** Fetches that may wait for their turn, for each connection. */
const waitingPerConnection = 32
/** The slowest transfer that is waited for. */
const leastBytesPerSecond = 4_096
/** Greatest CRLs whose transfers fit into memory at once. */
const crlsInFlight = 4
/** Milliseconds between two complaints about the database. */
const complaintInterval = 60_000

/** Fetching as the configuration has it; undefined where it is switched off. */
export const fetchingOf = (
  { fetching: config, limits }: Config,
  { log, clock, keeping }: FetchingSurroundings
): Fetching | undefined => {
  if (!config.on) return undefined
  const { https, hosts, ports, addresses, deadlineMs } = config
  return openFetching({
    rules: {
      https,
      hosts,
      ports,
      addresses,
      gate: {
        most: config.maxConnections,
        mostPerHost: config.maxConnectionsPerHost,
        mostWaiting: config.maxConnections * waitingPerConnection
      },
      wholeMs: config.transferSeconds * 1_000,
      leastBytesPerSecond,
      maxBytesInFlight: crlsInFlight * config.maxCrlBytes
    },
    resolve: resolveByDns,
    deadlineMs,
    maxPerValidation: config.maxPerValidation,
    maxCrlBytes: config.maxCrlBytes,
    ocspNonce: config.ocspNonce,
    failureSeconds: config.failureSeconds,
    lifetimes: { least: config.leastSeconds, most: config.mostSeconds },
    memoryBytes: config.memoryBytes,
    keeping: config.keptBytes === 0 ? undefined : keeping,
    keptBytes: config.keptBytes,
    limits,
    clock,
    keepingFailed: complaining(log)
  })
}

/** One line a minute at most: every fetch would have its own while the database is away. */
const complaining = (log: Logger): ((error: unknown) => void) => {
  let quietUntil = 0
  return (error) => {
    const now = performance.now()
    if (now < quietUntil) return
    quietUntil = now + complaintInterval
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    log.warn({ code }, 'fetched evidence could not be kept or looked up; it is fetched anew where it is needed')
  }
}
