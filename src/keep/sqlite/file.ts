import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { KeepingError } from '../../trust/keeping.ts'
import type { Migration } from '../migrations.ts'
import type { State } from '../state.ts'
import { identityOf, openToRead, openToWrite } from './connection.ts'
import { damageOf } from './damage.ts'
import { faultOf } from './faults.ts'

/** The database file as it is open now. */
export interface OpenFile {
  readonly connection: DatabaseSync
  readonly identity: string | undefined
  /** Why it is open for reading alone; undefined where it can be written. */
  readonly unwritable: KeepingError | undefined
  prepare(sql: string): StatementSync
}

/** Milliseconds until what failed is tried again. */
const retryAfter = 2_000

/** The database file: opened when it is needed, for reading alone where it must be, and anew where another took its place. */
export class DatabaseFile {
  readonly #dataDir: string
  readonly #migrations: readonly Migration[]
  readonly #state: State
  readonly #replaced: () => void
  #open: OpenFile | undefined
  #failure: KeepingError | undefined
  #triedAt = Number.NEGATIVE_INFINITY
  #closed = false

  /** `replaced` is called when what is kept may be something else altogether. */
  constructor(dataDir: string, migrations: readonly Migration[], state: State, replaced: () => void) {
    this.#dataDir = dataDir
    this.#migrations = migrations
    this.#state = state
    this.#replaced = replaced
  }

  /** Undefined where there is no file and none can be made: nothing is kept. */
  toRead(): OpenFile | undefined {
    this.#refresh()
    if (this.#open === undefined && this.#failure !== undefined && !this.#isEmpty()) throw this.#failure
    return this.#open
  }

  toWrite(): OpenFile {
    this.#refresh()
    if (this.#open === undefined) throw this.#failure ?? closed()
    if (this.#open.unwritable !== undefined) throw this.#open.unwritable
    // It would be written into a file that has no name any more, and be lost when the process ends.
    if (identityOf(this.#dataDir) === undefined) throw new KeepingError('no-storage', 'The database file was removed.')
    return this.#open
  }

  close(): void {
    this.#closed = true
    this.#open?.connection.close()
    this.#open = undefined
  }

  #isEmpty(): boolean {
    return this.#failure?.fault === 'no-storage' && identityOf(this.#dataDir) === undefined
  }

  #refresh(): void {
    if (this.#closed) throw closed()
    if (this.#isReplaced() || (this.#isWorthATry() && performance.now() - this.#triedAt > retryAfter)) this.#reopen()
  }

  /** What is damaged stays so until another file takes its place. */
  #isWorthATry(): boolean {
    return (
      this.#open === undefined || (this.#open.unwritable !== undefined && this.#open.unwritable.fault !== 'damaged')
    )
  }

  /** Where the file was removed, what is open stays readable: better the last good stores than none. */
  #isReplaced(): boolean {
    const identity = identityOf(this.#dataDir)
    return this.#open !== undefined && identity !== undefined && identity !== this.#open.identity
  }

  #reopen(): void {
    const before = this.#open
    this.#triedAt = performance.now()
    const opened = this.#attempt()
    if (opened instanceof KeepingError) {
      this.#failure = opened
      this.#open = undefined
    } else {
      this.#failure = undefined
      this.#open = opened
    }
    before?.connection.close()
    this.#state.set(opened instanceof KeepingError ? opened : opened.unwritable)
    if (before !== undefined && before.identity !== this.#open?.identity) this.#replaced()
  }

  #attempt(): OpenFile | KeepingError {
    const writing = this.#try(openToWrite, undefined)
    const readable =
      writing instanceof KeepingError && writing.fault === 'no-storage' && identityOf(this.#dataDir) !== undefined
    return readable ? this.#try(openToRead, writing) : writing
  }

  #try(open: typeof openToWrite, unwritable: KeepingError | undefined): OpenFile | KeepingError {
    try {
      return this.#opened(open(this.#dataDir, this.#migrations), unwritable)
    } catch (error) {
      const fault = faultOf(error)
      if (fault === undefined) throw error
      // Another process migrates it just now: that is over soon, and no state to stay in.
      if (fault.fault === 'busy') {
        this.#triedAt = Number.NEGATIVE_INFINITY
        throw fault
      }
      return fault
    }
  }

  #opened(connection: DatabaseSync, unwritable: KeepingError | undefined): OpenFile {
    try {
      const statements = new Map<string, StatementSync>()
      const prepare = (sql: string): StatementSync => {
        const statement = statements.get(sql) ?? connection.prepare(sql.replaceAll('$', '?'))
        statements.set(sql, statement)
        return statement
      }
      return {
        connection,
        identity: identityOf(this.#dataDir),
        unwritable: unwritable ?? damageOf(this.#dataDir, connection),
        prepare
      }
    } catch (error) {
      connection.close()
      throw error
    }
  }
}

const closed = (): KeepingError => new KeepingError('unreachable', 'The database is closed.')
