import { setTimeout as elapsed } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { KeepingError } from '../../trust/keeping.ts'
import type { Database, Row, Statement } from '../database.ts'
import type { Migration } from '../migrations.ts'
import { integerOf } from '../rows.ts'
import { type Report, State } from '../state.ts'
import { Watching } from '../watching.ts'
import { begin, openPool } from './connection.ts'
import { faultReader, isRefusal } from './faults.ts'
import { channel, Listener } from './listener.ts'
import { migrate } from './migrate.ts'

/** Milliseconds between two looks for changes, should the listener miss them. */
const lookInterval = 1_000

/** Milliseconds that connections get to end. */
const endTime = 2_000

export interface PostgresOptions {
  readonly url: string
  readonly migrations: readonly Migration[]
  readonly countChanges: Statement
  readonly report: Report
}

/** PostgreSQL, shared by any number of processes. It is connected to when it is needed, as often as that takes. */
export class PostgresDatabase implements Database {
  readonly #pool: Pool
  readonly #migrations: readonly Migration[]
  readonly #faultOf: (error: unknown) => KeepingError
  readonly #state: State
  readonly #watching: Watching
  readonly #listener: Listener
  /** Connections over which the tables were found to be as this program needs them. */
  readonly #checked = new WeakSet<PoolClient>()
  #answeredAt = Number.NEGATIVE_INFINITY
  #listens = false
  #closed = false

  constructor({ url, migrations, countChanges, report }: PostgresOptions) {
    this.#pool = openPool(url)
    this.#migrations = migrations
    this.#faultOf = faultReader(url)
    this.#state = new State(report)
    const count = async (): Promise<number> => {
      const [row] = await this.read(countChanges)
      return integerOf(row ?? {}, 'changes')
    }
    this.#watching = new Watching(count, lookInterval)
    this.#listener = new Listener(url, () => this.#watching.tell())
  }

  read({ sql, values }: Statement): Promise<readonly Row[]> {
    return this.#withClient(async (client) => (await client.query<Row>(sql, [...values])).rows)
  }

  write(statements: readonly Statement[], tell: boolean): Promise<readonly number[]> {
    return this.#withClient(async (client) => {
      await client.query(begin)
      const counts: number[] = []
      for (const { sql, values } of statements) counts.push((await client.query(sql, [...values])).rowCount ?? 0)
      if (tell && counts.some((count) => count > 0)) await client.query(`NOTIFY ${channel}`)
      await this.#commit(client)
      return counts
    })
  }

  watch(changed: () => void): void {
    this.#watching.add(changed)
    if (this.#listens) return
    this.#listens = true
    void this.#listener.start()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#watching.end()
    const ended = Promise.all([this.#listener.end(), this.#pool.end()])
    await Promise.race([ended, elapsed(endTime, undefined, { ref: false })])
  }

  async #commit(client: PoolClient): Promise<void> {
    try {
      await client.query('COMMIT')
    } catch (error) {
      const fault = this.#faultOf(error)
      throw isRefusal(error) ? fault : new KeepingError('unknown', fault.message)
    }
  }

  /** While others get their answers, that no connection came in time means too many calls, and not a database that is away. */
  async #connect(): Promise<PoolClient> {
    const began = performance.now()
    try {
      return await this.#pool.connect()
    } catch (error) {
      if (this.#answeredAt < began) throw error
      throw new KeepingError('busy', 'All connections to the database are in use.')
    }
  }

  /** A connection that fails is not used again: the server undoes what was not committed. */
  async #withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    let client: PoolClient | undefined
    try {
      if (this.#closed) throw new KeepingError('unreachable', 'The database is closed.')
      client = await this.#connect()
      if (!this.#checked.has(client)) {
        await migrate(client, this.#migrations)
        this.#checked.add(client)
      }
      const result = await work(client)
      client.release()
      this.#answeredAt = performance.now()
      this.#state.set(undefined)
      return result
    } catch (error) {
      client?.release(true)
      const fault = this.#faultOf(error)
      const inUse = client !== undefined && this.#checked.has(client)
      if (!(this.#closed || fault.fault === 'busy' || (inUse && fault.fault === 'no-storage'))) this.#state.set(fault)
      throw fault
    }
  }
}
