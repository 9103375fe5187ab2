import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { type Dialect, type Migration, missingMigrations, readSchema, schemaTable, stepsOf } from '../migrations.ts'

const dialect: Dialect = { text: 'TEXT', integer: 'INTEGER', bytes: 'BLOB', table: 'STRICT' }

/** Milliseconds that an attempt waits for locks of others: it blocks the whole process for as long. */
const lockTime = 10

/** What stays of the log of a busy time, in bytes. */
const journalSizeLimit = 64 * 1_048_576

const pragmas = [
  // The log first: readers and a writer do not wait for each other.
  'PRAGMA journal_mode = WAL',
  // What was committed survives a loss of power.
  'PRAGMA synchronous = FULL',
  `PRAGMA journal_size_limit = ${journalSizeLimit}`,
  'PRAGMA cell_size_check = ON',
  'PRAGMA trusted_schema = OFF'
]

export const databaseFile = (dataDir: string): string => join(dataDir, 'vidimus.db')

/** Opens the database for reading and writing, and makes or migrates it where that is needed. */
export const openToWrite = (dataDir: string, known: readonly Migration[]): DatabaseSync => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  return opened(new DatabaseSync(databaseFile(dataDir), { timeout: lockTime, defensive: true }), (connection) => {
    for (const pragma of pragmas) connection.exec(pragma)
    migrate(connection, known)
  })
}

/**
 * Opens a database that cannot be written, for reading alone. Without the right to make the file of shared memory it can be read only as
 * something that nobody changes, which holds where nothing is in a log beside it.
 */
export const openToRead = (dataDir: string, known: readonly Migration[]): DatabaseSync => {
  const url = pathToFileURL(databaseFile(dataDir))
  if (!hasLog(dataDir)) url.searchParams.set('immutable', '1')
  return opened(new DatabaseSync(url, { timeout: lockTime, readOnly: true }), (connection) => {
    missingMigrations(connection.prepare(readSchema.sql).get() ?? {}, known)
  })
}

const opened = (connection: DatabaseSync, prepare: (connection: DatabaseSync) => void): DatabaseSync => {
  try {
    prepare(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Whoever begins first migrates; the others wait for it, and then find nothing to do. */
const migrate = (connection: DatabaseSync, known: readonly Migration[]): void => {
  connection.exec('BEGIN IMMEDIATE')
  try {
    connection.exec(schemaTable(dialect))
    for (const migration of missingMigrations(connection.prepare(readSchema.sql).get() ?? {}, known)) {
      for (const step of stepsOf(migration, dialect)) connection.exec(step)
    }
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

/** Whether there are changes that are in the log alone. */
export const hasLog = (dataDir: string): boolean =>
  (statSync(`${databaseFile(dataDir)}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0

/** What tells a file from another that takes its place; undefined where there is none. */
export const identityOf = (dataDir: string): string | undefined => {
  const stats = statSync(databaseFile(dataDir), { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}`
}
