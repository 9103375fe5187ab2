import type { ClientBase } from 'pg'
import { type Dialect, type Migration, missingMigrations, readSchema, schemaTable, stepsOf } from '../migrations.ts'
import { begin } from './connection.ts'

// Names are compared octet by octet, as in the embedded database.
const dialect: Dialect = { text: 'text COLLATE "C"', integer: 'bigint', bytes: 'bytea', table: '' }

/** Any number, the same in all versions: whoever migrates holds the lock of this number. */
const lock = 7_163_250_417

/** Makes or migrates the tables where that is needed; processes that start at once do it once. */
export const migrate = async (client: ClientBase, known: readonly Migration[]): Promise<void> => {
  if ((await isMade(client)) && (await missing(client, known)).length === 0) return
  await client.query(begin)
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [lock])
    if (!(await isMade(client))) await client.query(schemaTable(dialect))
    for (const migration of await missing(client, known)) {
      for (const step of stepsOf(migration, dialect)) await client.query(step)
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

const isMade = async (client: ClientBase): Promise<boolean> => {
  const { rows } = await client.query<{ made: boolean }>("SELECT to_regclass('vidimus_schema') IS NOT NULL AS made")
  return rows[0]?.made === true
}

const missing = async (client: ClientBase, known: readonly Migration[]): Promise<readonly Migration[]> => {
  const { rows } = await client.query(readSchema.sql)
  return missingMigrations(rows[0], known)
}
