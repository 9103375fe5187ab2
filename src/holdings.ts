import type { Logger } from 'pino'
import { fetchingOf } from './fetching.ts'
import type { Fetching } from './net/fetching.ts'
import type { Opened } from './opened.ts'
import { ConfigError } from './service/config.ts'
import type { Config } from './service/config-types.ts'
import { fetchFigures } from './service/fetch-figures.ts'
import type { Figure } from './service/metrics.ts'
import { trustFigures } from './service/trust-figures.ts'
import { type LoadedTrust, loadTrust } from './trust/load.ts'
import { reloadTimes, TrustReloader } from './trust/reloader.ts'
import { logLoaded, logReload, logTrust } from './trust-log.ts'
import { openUploads, type Uploads } from './uploads.ts'

/** What the service has once: trust stores and who looks after them, what is kept, and what is fetched. */
export interface Holdings {
  readonly trust: LoadedTrust
  readonly uploads: Uploads
  /** Undefined where it is switched off. */
  readonly fetching: Fetching | undefined
  readonly figures: readonly Figure[]
  /** What is not as it should be though the service serves, a sentence each. */
  warnings(): readonly string[]
  /** Does what could wait until the service listens. */
  finish(): void
  /** Reads all that comes from files anew. */
  reload(): Promise<void>
  /** Ends the looking after, but not what is kept: what is in flight may need it. */
  stop(): void
}

/** Loads and opens it all, to be closed with `opened`; throws a `ConfigError` where the service must not start with it. */
export const openHoldings = async (
  config: Config,
  { log, clock, opened }: { readonly log: Logger; readonly clock: () => number; readonly opened: Opened }
): Promise<Holdings> => {
  const trust = await loadTrust({ ...config, uploads: true }, clock())
  if (trust.faults.length > 0) throw new ConfigError(trust.faults)
  logTrust(log, trust)
  trust.onRead((report) => logLoaded(log, trust, [report]))
  const reloader = new TrustReloader(trust.sources, {
    registry: trust.registry,
    maxCaFileBytes: config.maxCaFileBytes,
    clock,
    report: (event) => logReload(log, event),
    times: reloadTimes
  })
  const uploads = await openUploads(config, trust, { log, clock, opened })
  const fetching = fetchingOf(config, { log, clock, keeping: uploads.keeping.evidence })
  return {
    trust,
    uploads,
    fetching,
    figures: [
      ...trustFigures(trust.registry, () => reloader.counts()),
      ...uploads.figures,
      ...(fetching === undefined ? [] : fetchFigures(fetching))
    ],
    warnings: () => [...reloader.warnings(), ...uploads.warnings()],
    finish: () => {
      fetching?.refresher.start()
    },
    reload: () => {
      uploads.administrators.reload()
      return reloader.reload()
    },
    stop: () => {
      void reloader.stop()
      fetching?.refresher.stop()
    }
  }
}
