import type { Logger } from 'pino'
import { type Keeping, openKeeping } from './keep/open.ts'
import type { Opened } from './opened.ts'
import { type Administrators, administrators } from './service/administrators.ts'
import { ConfigError } from './service/config.ts'
import type { Config } from './service/config-types.ts'
import type { Figure } from './service/metrics.ts'
import { readTokenFile } from './service/token-file.ts'
import {
  type StoreParts,
  type TrustStoreService,
  trustStoreService
} from './service/trust-stores/trust-store-service.ts'
import { uploadFigures } from './service/upload-figures.ts'
import type { LoadedTrust } from './trust/load.ts'
import { type UploadedEvent, UploadedStores } from './trust/uploaded.ts'

/** What keeps and changes the uploaded trust stores. */
export interface Uploads {
  readonly keeping: Keeping
  readonly uploaded: UploadedStores
  /** Changes them, and rehearses changes with what the service validates with. */
  stores(by: StoreParts): TrustStoreService
  readonly administrators: Administrators
  readonly figures: readonly Figure[]
  /** What is not as it should be though the service serves, a sentence each. */
  warnings(): readonly string[]
}

/** Opens what is kept, and serves the uploaded stores in it beside those of the configuration from now on. */
export const openUploads = async (
  config: Config,
  trust: LoadedTrust,
  { log, clock, opened }: { readonly log: Logger; readonly clock: () => number; readonly opened: Opened }
): Promise<Uploads> => {
  const { adminTokensFile, securityLevel, maxTrustStores: maxStores, maxStoreCertificates: maxCertificates } = config
  const { faults } = adminTokensFile === undefined ? { faults: [] } : readTokenFile(adminTokensFile)
  if (faults.length > 0) throw new ConfigError(faults.map((fault) => `ADMIN_TOKENS_FILE: ${fault}.`))
  const keeping = await openKeeping({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    maxVersions: config.maxStoreVersions,
    clock,
    report: (fault) => {
      if (fault === undefined) log.info('what is kept can be read and written again')
      else log.warn({ fault: fault.fault, reason: fault.message }, 'what is kept cannot be used as it should')
    }
  })
  opened.add(() => keeping.close())
  const { registry, defaultStores } = trust
  const uploaded = new UploadedStores({
    keeping: keeping.stores,
    registry,
    report: (event) => logUploaded(log, event)
  })
  await uploaded.start()
  const yardstick = () => ({ now: clock(), securityLevel })
  const parts = { keeping: keeping.stores, uploaded, registry, defaultStores, yardstick, maxStores, maxCertificates }
  return {
    keeping,
    uploaded,
    stores: (by) => trustStoreService(parts, by),
    administrators: administrators(config.adminTokens, adminTokensFile, (fault) =>
      log.warn({ fault }, 'tokens that may change trust stores cannot be read as they should')
    ),
    figures: uploadFigures(uploaded),
    warnings: () => uploaded.notes()
  }
}

const logUploaded = (log: Logger, event: UploadedEvent): void => {
  switch (event.kind) {
    case 'served': {
      const { name: store, version, digest } = event.record
      log.info({ store, version, digest, certificates: event.certificates }, 'uploaded trust store served')
      return
    }
    case 'removed':
      log.info({ store: event.name }, 'uploaded trust store removed')
      return
    case 'not-served': {
      const { name: store, version } = event.record
      log.warn({ store, version, reason: event.reason }, 'uploaded trust store not served in its newest version')
      return
    }
    case 'unreachable':
      log.warn({ reason: event.reason }, 'uploaded trust stores cannot be read; those read before are served')
      return
    case 'reachable':
      log.info('uploaded trust stores can be read again')
  }
}
