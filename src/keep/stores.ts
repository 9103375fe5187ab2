import { randomUUID } from 'node:crypto'
import { setTimeout as elapsed } from 'node:timers/promises'
import {
  type ContentRead,
  KeepingError,
  type Kept,
  type StoreChange,
  type StoreKeeping,
  type VersionRecord
} from '../trust/keeping.ts'
import { checksumOf, decodeContent, encodeContent } from './content.ts'
import type { Database, Row, Statement } from './database.ts'
import { bytesOrNullOf, integerOf, textOf, textOrNullOf, wordOf } from './rows.ts'

const actions = ['replace', 'add', 'restore', 'delete'] as const

const columns = `name, version, at, made_by, action, from_digest, digest, checksum, change_id,
  CASE WHEN content IS NULL THEN 0 ELSE 1 END AS kept`

/** Goes from name to name through the index, and does not read all the versions between them. */
const names = `WITH RECURSIVE names(name) AS (
    SELECT min(name) FROM vidimus_store_versions
    UNION ALL
    SELECT (SELECT min(name) FROM vidimus_store_versions WHERE name > names.name) FROM names WHERE names.name IS NOT NULL
  )`

const newest = '(SELECT max(version) FROM vidimus_store_versions AS v WHERE v.name = names.name)'

/** Grows by one with each change, whatever the order in which changes become visible. */
export const countChanges: Statement = {
  sql: `${names} SELECT CAST(coalesce(sum(${newest}), 0) AS bigint) AS changes FROM names WHERE names.name IS NOT NULL`,
  values: []
}

const readHeads: Statement = {
  sql: `${names} SELECT ${columns} FROM vidimus_store_versions
    WHERE (name, version) IN (SELECT names.name, ${newest} FROM names WHERE names.name IS NOT NULL) ORDER BY name`,
  values: []
}

const readRecord = (name: string, version: number): Statement => ({
  sql: `SELECT ${columns} FROM vidimus_store_versions WHERE name = $1 AND version = $2`,
  values: [name, version]
})

const readContent = (name: string, version: number): Statement => ({
  sql: `SELECT ${columns}, content FROM vidimus_store_versions WHERE name = $1 AND version = $2`,
  values: [name, version]
})

const readVersions = (name: string, before: number, most: number): Statement => ({
  sql: `SELECT ${columns} FROM vidimus_store_versions WHERE name = $1 AND version < $2 ORDER BY version DESC LIMIT $3`,
  values: [name, before, most]
})

/** Adds no row where the newest version is not the one that the writer saw, or where another comes at the same time. */
const insert = (change: StoreChange, changeId: string, content: Uint8Array | null): Statement => ({
  sql: `INSERT INTO vidimus_store_versions
      (name, version, at, made_by, action, from_digest, digest, checksum, change_id, content)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
    WHERE (SELECT coalesce(max(version), 0) FROM vidimus_store_versions WHERE name = $1) + 1 = $2
    ON CONFLICT DO NOTHING`,
  values: [
    change.name,
    change.seen + 1,
    change.at,
    change.by,
    change.action,
    change.fromDigest,
    change.digest,
    content === null ? null : checksumOf(content),
    changeId,
    content
  ]
})

const forgetContents = (name: string, upTo: number): Statement => ({
  sql: 'UPDATE vidimus_store_versions SET content = NULL WHERE name = $1 AND version <= $2 AND content IS NOT NULL',
  values: [name, upTo]
})

const recordOf = (row: Row): VersionRecord => ({
  name: textOf(row, 'name'),
  version: integerOf(row, 'version'),
  at: integerOf(row, 'at'),
  by: textOf(row, 'made_by'),
  action: wordOf(row, 'action', actions),
  fromDigest: textOrNullOf(row, 'from_digest'),
  digest: textOrNullOf(row, 'digest'),
  checksum: textOrNullOf(row, 'checksum'),
  kept: integerOf(row, 'kept') === 1
})

/** Trust stores in `database`, which keeps the contents of the newest `maxVersions` of each name. */
export const storesIn = (database: Database, maxVersions: number): StoreKeeping => ({
  heads: async () => (await database.read(readHeads)).map(recordOf),

  read: async (name, version): Promise<ContentRead> => {
    const [row] = await database.read(readContent(name, version))
    if (row === undefined) return { kind: 'absent' }
    const record = recordOf(row)
    const encoded = bytesOrNullOf(row, 'content')
    if (encoded === null) return { kind: 'absent' }
    const content = checksumOf(encoded) === record.checksum ? decodeContent(encoded) : undefined
    return content === undefined ? { kind: 'damaged', record } : { kind: 'content', record, content }
  },

  keep: async (change): Promise<Kept> => {
    const changeId = randomUUID()
    const content = change.content === undefined ? null : encodeContent(change.content)
    const record: VersionRecord = {
      name: change.name,
      version: change.seen + 1,
      at: change.at,
      by: change.by,
      action: change.action,
      fromDigest: change.fromDigest,
      digest: change.digest,
      checksum: content === null ? null : checksumOf(content),
      kept: content !== null
    }
    try {
      const statements = [insert(change, changeId, content), forgetContents(change.name, record.version - maxVersions)]
      const [added] = await database.write(statements, true)
      return added === 1 ? { kind: 'kept', record } : { kind: 'lost-race' }
    } catch (error) {
      if (!(error instanceof KeepingError)) throw error
      return error.fault === 'unknown' ? afterAll(database, record, changeId, error) : refused(error)
    }
  },

  versions: async (name, before, most) =>
    (await database.read(readVersions(name, before ?? Number.MAX_SAFE_INTEGER, most))).map(recordOf),

  watch: (changed) => database.watch(changed),
  close: () => database.close()
})

const refused = ({ fault, message: reason }: KeepingError): Kept => {
  switch (fault) {
    case 'busy':
    case 'unreachable':
      return { kind: 'busy', reason }
    case 'unknown':
      return { kind: 'unknown', reason }
    case 'no-storage':
    case 'damaged':
    case 'incompatible':
      return { kind: 'no-storage', reason }
  }
}

/** Milliseconds between looks for a row whose fate is not known. */
const looks = [100, 400, 1_000]

/**
 * The connection was lost between the order to commit and its answer: the row tells, if the database is soon back. That there is
 * none yet tells nothing, since the order may still be under way.
 */
const afterAll = async (
  database: Database,
  record: VersionRecord,
  changeId: string,
  error: KeepingError
): Promise<Kept> => {
  for (const pause of looks) {
    await elapsed(pause)
    const [row] = await database.read(readRecord(record.name, record.version)).catch(() => [])
    if (row !== undefined)
      return textOf(row, 'change_id') === changeId ? { kind: 'kept', record } : { kind: 'lost-race' }
  }
  return refused(error)
}
