import { setTimeout as elapsed, setImmediate as turn } from 'node:timers/promises'
import { KeepingError } from '../../trust/keeping.ts'
import type { Database, Row, Statement } from '../database.ts'
import type { Migration } from '../migrations.ts'
import { integerOf } from '../rows.ts'
import { type Report, State } from '../state.ts'
import { Watching } from '../watching.ts'
import { faultOf } from './faults.ts'
import { DatabaseFile, type OpenFile } from './file.ts'

/** Milliseconds for which a call tries to get past others, its waiting for a turn included. */
const patience = 2_000

/** Milliseconds between two attempts, at most. */
const longestPause = 50

/** Milliseconds between two looks for changes by other processes. */
const lookInterval = 500

export interface SqliteOptions {
  readonly dataDir: string
  readonly migrations: readonly Migration[]
  readonly countChanges: Statement
  readonly report: Report
}

/**
 * The embedded database. Its calls block the process, so each is short: an attempt waits a moment for the locks of other processes, and
 * what waits longer waits here, while everything else goes on.
 */
export class SqliteDatabase implements Database {
  readonly #file: DatabaseFile
  readonly #watching: Watching
  readonly #state: State
  #lastTurn: Promise<unknown> = Promise.resolve()

  constructor({ dataDir, migrations, countChanges, report }: SqliteOptions) {
    const count = async (): Promise<number> => {
      const [row] = await this.read(countChanges)
      return row === undefined ? 0 : integerOf(row, 'changes')
    }
    this.#state = new State(report)
    this.#watching = new Watching(count, lookInterval)
    this.#file = new DatabaseFile(dataDir, migrations, this.#state, () => this.#watching.tell())
  }

  read({ sql, values }: Statement): Promise<readonly Row[]> {
    return this.#patiently(
      performance.now() + patience,
      () =>
        this.#file
          .toRead()
          ?.prepare(sql)
          .all(...values) ?? []
    )
  }

  /** One at a time: writers of one process would only lock each other out. */
  async write(statements: readonly Statement[], tell: boolean): Promise<readonly number[]> {
    const end = performance.now() + patience
    const mine = this.#lastTurn.then(async () => {
      await turn()
      if (performance.now() > end) throw new KeepingError('busy', 'Too many changes wait for the database.')
      return this.#patiently(end, () => transact(this.#file.toWrite(), statements))
    })
    this.#lastTurn = mine.catch(() => undefined)
    const counts = await mine
    if (tell) this.#watching.tell()
    return counts
  }

  watch(changed: () => void): void {
    this.#watching.add(changed)
  }

  async close(): Promise<void> {
    this.#watching.end()
    await this.#lastTurn
    this.#file.close()
  }

  async #patiently<T>(end: number, work: () => T): Promise<T> {
    for (;;) {
      try {
        return work()
      } catch (error) {
        const fault = faultOf(error)
        if (fault === undefined) throw error
        if (fault.fault === 'damaged') this.#state.set(fault)
        if (fault.fault !== 'busy' || performance.now() >= end) throw fault
      }
      await elapsed(1 + Math.random() * longestPause)
    }
  }
}

const transact = ({ connection, prepare }: OpenFile, statements: readonly Statement[]): readonly number[] => {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const counts = statements.map(({ sql, values }) => Number(prepare(sql).run(...values).changes))
    connection.exec('COMMIT')
    return counts
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
}
