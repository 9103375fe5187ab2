import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database, Statement } from '#dist/keep/database.js'
import { type Migration, migrations } from '#dist/keep/migrations.js'
import { PostgresDatabase } from '#dist/keep/postgres/database.js'
import { SqliteDatabase } from '#dist/keep/sqlite/database.js'
import { countChanges, storesIn } from '#dist/keep/stores.js'
import { describeWith } from '../support/engines.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { contentOf, replacing } from '../support/store-changes.ts'

/** What a later program could bring: a column, and a table. */
const added: Migration = {
  number: migrations.length + 1,
  least: 1,
  statements: ({ text, table }) => [
    'ALTER TABLE vidimus_store_versions ADD COLUMN note TEXT',
    `CREATE TABLE vidimus_notes (note ${text} NOT NULL) ${table}`
  ]
}

/** A step after which no earlier program may use the database. */
const breaking: Migration = { ...added, number: added.number + 1, least: added.number + 1, statements: () => [] }

const readSteps: Statement = { sql: 'SELECT number, least FROM vidimus_schema ORDER BY number', values: [] }

type Open = (known: readonly Migration[]) => Database

function keepsToItsMigrations(newPlace: () => Promise<Open>): void {
  it('are shared by a program and the one before it, whoever comes first', async () => {
    const open = await newPlace()
    const [earlier, later] = [open(migrations), open([...migrations, added])]
    const [before, after] = [storesIn(earlier, 5), storesIn(later, 5)]
    expect(await before.keep(replacing('a', 0, contentOf(1)))).toMatchObject({ kind: 'kept' })
    expect(await after.keep(replacing('a', 1, contentOf(2)))).toMatchObject({ kind: 'kept' })
    expect(await later.read(readSteps)).toMatchObject([{ number: 1 }, { number: 2, least: 1 }])
    expect(await before.keep(replacing('a', 2, contentOf(3)))).toMatchObject({ kind: 'kept' })
    const again = open(migrations)
    expect(await storesIn(again, 5).heads()).toEqual(await after.heads())
    expect(await after.read('a', 3)).toMatchObject({
      kind: 'content',
      content: { constraints: contentOf(3).constraints }
    })
    await Promise.all([earlier.close(), later.close(), again.close()])
  })

  it('are refused where a newer program has made what this one must not use', async () => {
    const open = await newPlace()
    const newer = open([...migrations, added, breaking])
    await storesIn(newer, 5).keep(replacing('a', 0))
    const older = open(migrations)
    const reason = 'The database was made by a newer vidimus: it asks for schema 3, this one knows 1.'
    await expect(storesIn(older, 5).heads()).rejects.toMatchObject({ fault: 'incompatible', message: reason })
    expect(await storesIn(older, 5).keep(replacing('a', 1))).toEqual({ kind: 'no-storage', reason })
    expect(await storesIn(newer, 5).heads()).toMatchObject([{ version: 1 }])
    await Promise.all([newer.close(), older.close()])
  })

  it('leave nothing of a step that fails, and are tried again', async () => {
    const open = await newPlace()
    const failing: Migration = {
      ...added,
      statements: (of) => [...added.statements(of), 'CREATE TABLE vidimus_schema (a)']
    }
    const broken = open([...migrations, failing])
    await expect(broken.read(readSteps)).rejects.toThrow()
    await broken.close()
    const mended = open([...migrations, added])
    expect(await mended.read(readSteps)).toMatchObject([{ number: 1 }, { number: 2 }])
    expect(await mended.read({ sql: 'SELECT note FROM vidimus_notes', values: [] })).toEqual([])
    await mended.close()
  })
}

describe('the tables of the embedded database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-migrations-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let places = 0
  keepsToItsMigrations(async () => {
    places += 1
    const dataDir = join(folder, String(places))
    return (known) => new SqliteDatabase({ dataDir, migrations: known, countChanges, report: () => undefined })
  })
})

describeWith('postgresql', 'the tables in PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())
  keepsToItsMigrations(async () => {
    const url = await server.newDatabase()
    return (known) => new PostgresDatabase({ url, migrations: known, countChanges, report: () => undefined })
  })
})

describe('the list of migrations', () => {
  it('counts from 1, and asks of programs no more than the step before', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, at) => at + 1))
    for (const { number, least } of migrations) expect(least).toBeGreaterThanOrEqual(Math.max(1, number - 1))
    for (const { number, least } of migrations) expect(least).toBeLessThanOrEqual(number)
  })
})
