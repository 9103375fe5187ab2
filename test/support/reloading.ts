import type { LoadReport } from '#dist/trust/load.js'
import { loadTrust } from '#dist/trust/load.js'
import type { TrustRegistry } from '#dist/trust/registry.js'
import type { ReloadEvent } from '#dist/trust/reload-events.js'
import { TrustReloader } from '#dist/trust/reloader.js'
import type { TrustSources } from '#dist/trust/sources.js'

export interface Reloading {
  readonly registry: TrustRegistry
  readonly reports: readonly LoadReport[]
  readonly reloader: TrustReloader
  /** What was reported so far. */
  readonly events: readonly ReloadEvent[]
}

/** Fast enough for tests, and in the proportions of the service. */
export const testTimes = { poll: 100, settle: 60, retry: 300 }

/** Loads the stores of `sources`, and watches them until they are stopped. The time is 1000 at first, 2000 from then on. */
export const startReloading = async (sources: Partial<TrustSources>, times = testTimes): Promise<Reloading> => {
  const {
    registry,
    reports,
    faults,
    sources: loaded
  } = await loadTrust(
    {
      caFiles: [],
      caDirectories: [],
      caPaths: [],
      systemFile: undefined,
      systemDirectories: [],
      defaultTrustStores: undefined,
      uploads: false,
      maxCaFileBytes: 1_000_000,
      ...sources
    },
    1_000
  )
  if (faults.length > 0) throw new Error(faults.join('\n'))
  const events: ReloadEvent[] = []
  const reloader = new TrustReloader(loaded, {
    registry,
    maxCaFileBytes: sources.maxCaFileBytes ?? 1_000_000,
    clock: () => 2_000,
    report: (event) => events.push(event),
    times
  })
  return { registry, reports, reloader, events }
}
