import { KeepingError } from '../trust/keeping.ts'
import type { Row, Statement } from './database.ts'
import { integerOf } from './rows.ts'

/** The words in which the engines differ when tables are made. */
export interface Dialect {
  readonly text: string
  readonly integer: string
  readonly bytes: string
  /** What stands behind the columns of a table. */
  readonly table: string
}

/**
 * A step of the database. Programs of two versions share it during an upgrade, so a step only adds: tables, indexes, and columns
 * with a default or that may be null.
 */
export interface Migration {
  readonly number: number
  /** The least number that a program must know to use the database from this step on. */
  readonly least: number
  statements(dialect: Dialect): readonly string[]
}

export const migrations: readonly Migration[] = [
  {
    number: 1,
    least: 1,
    statements: ({ text, integer, bytes, table }) => [
      // `change_id` tells a writer that lost its connection whether a row is its own.
      `CREATE TABLE vidimus_store_versions (
         name ${text} NOT NULL,
         version ${integer} NOT NULL CHECK (version > 0),
         at ${integer} NOT NULL,
         made_by ${text} NOT NULL,
         action ${text} NOT NULL,
         from_digest ${text},
         digest ${text},
         checksum ${text},
         change_id ${text} NOT NULL,
         content ${bytes},
         PRIMARY KEY (name, version)
       ) ${table}`,
      // The key has up to 4,096 characters, which is too much for an index of PostgreSQL: its hash stands in for it.
      `CREATE TABLE vidimus_evidence (
         kind ${text} NOT NULL,
         key_hash ${text} NOT NULL,
         key ${text} NOT NULL,
         fetched_at ${integer} NOT NULL,
         fresh_until ${integer} NOT NULL,
         used_at ${integer} NOT NULL,
         bytes ${integer} NOT NULL,
         checksum ${text} NOT NULL,
         body ${bytes} NOT NULL,
         PRIMARY KEY (kind, key_hash)
       ) ${table}`,
      'CREATE INDEX vidimus_evidence_fresh_until ON vidimus_evidence (fresh_until)'
    ]
  }
]

/** Made before anything else; `least` as in `Migration`. */
export const schemaTable = ({ integer, table }: Dialect): string =>
  `CREATE TABLE IF NOT EXISTS vidimus_schema (
     number ${integer} NOT NULL PRIMARY KEY,
     least ${integer} NOT NULL
   ) ${table}`

export const readSchema: Statement = {
  sql: 'SELECT coalesce(max(number), 0) AS number, coalesce(max(least), 0) AS least FROM vidimus_schema',
  values: []
}

/** The steps that a database, whose row of `readSchema` is `row`, still lacks. Throws where it is too new for this program. */
export const missingMigrations = (row: Row, known: readonly Migration[]): readonly Migration[] => {
  const mine = known.at(-1)?.number ?? 0
  const least = integerOf(row, 'least')
  if (least > mine) {
    const reason = `The database was made by a newer vidimus: it asks for schema ${least}, this one knows ${mine}.`
    throw new KeepingError('incompatible', reason)
  }
  return known.filter(({ number }) => number > integerOf(row, 'number'))
}

/** Everything to be run for a step, the note that it was made included. */
export const stepsOf = ({ number, least, statements }: Migration, dialect: Dialect): readonly string[] => [
  ...statements(dialect),
  `INSERT INTO vidimus_schema (number, least) VALUES (${number}, ${least})`
]
