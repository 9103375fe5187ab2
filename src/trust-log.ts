import type { Logger } from 'pino'
import type { LoadedTrust, LoadReport } from './trust/load.ts'
import type { ReloadEvent } from './trust/reload-events.ts'

/** A store with many faults is told of by the first of them. */
const mostTold = 100

export const logTrust = (log: Logger, trust: LoadedTrust): void => {
  logLoaded(log, trust, trust.reports)
  log.info({ stores: trust.defaultStores }, 'default trust stores')
}

export const logLoaded = (log: Logger, trust: LoadedTrust, reports: readonly LoadReport[]): void => {
  for (const report of reports) {
    const { version, digest } = trust.registry.get(report.store)?.store ?? {}
    log.info({ store: report.store, certificates: report.taken, version, digest }, 'trust store loaded')
    logRefused(log, report)
  }
}

export const logReload = (log: Logger, event: ReloadEvent): void => {
  if (event.kind === 'replaced') {
    const { report, version, before } = event
    log.info({ store: report.store, certificates: report.taken, version, before }, 'trust store replaced')
    logRefused(log, report)
  } else if (event.kind === 'recovered') {
    log.info({ store: event.store, version: event.version }, 'trust store can be read again, and is as before')
  } else {
    const { store, version, because } = event
    const line = { store, version, faults: because.length, because: because.slice(0, mostTold) }
    log.warn(line, 'trust store kept as it was: it cannot be read anew')
  }
}

const logRefused = (log: Logger, { store, refused }: LoadReport): void => {
  for (const { place, reason } of refused.slice(0, mostTold)) {
    log.warn({ store, place, reason }, 'not taken into the trust store')
  }
  const more = refused.length - mostTold
  if (more > 0) log.warn({ store, more }, 'not taken into the trust store')
}
