import type { EvidenceKeeping } from '../net/keeping.ts'
import type { StoreKeeping } from '../trust/keeping.ts'
import type { Database } from './database.ts'
import { evidenceIn } from './evidence.ts'
import { migrations } from './migrations.ts'
import { SqliteDatabase } from './sqlite/database.ts'
import type { Report } from './state.ts'
import { countChanges, storesIn } from './stores.ts'

export interface KeepingOptions {
  /** PostgreSQL; undefined for the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  /** How many versions of a trust store keep their content. */
  readonly maxVersions: number
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly report: Report
}

export interface Keeping {
  readonly stores: StoreKeeping
  readonly evidence: EvidenceKeeping
  close(): Promise<void>
}

/** Where things are kept. It never fails once the engine's program is loaded: a database that is away is looked for again, and the methods say that it is. */
export const openKeeping = async (options: KeepingOptions): Promise<Keeping> => {
  const database = await databaseOf(options)
  return {
    stores: storesIn(database, options.maxVersions),
    evidence: evidenceIn(database, options.clock),
    close: () => database.close()
  }
}

/** pg is loaded where it is used, for it takes as long as much of the service. */
const databaseOf = async ({ databaseUrl, dataDir, report }: KeepingOptions): Promise<Database> => {
  if (databaseUrl === undefined) return new SqliteDatabase({ dataDir, migrations, countChanges, report })
  const { PostgresDatabase } = await import('./postgres/database.ts')
  return new PostgresDatabase({ url: databaseUrl, migrations, countChanges, report })
}
