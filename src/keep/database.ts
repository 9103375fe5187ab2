/**
 * What both engines do. Statements are written once, for both: parameters are `$1`, `$2`, … Every method rejects with a
 * `KeepingError` and nothing else.
 */

export type Value = string | number | Uint8Array | null

/** Columns by name, as the engine gives them: `rows.ts` reads them. */
export type Row = Readonly<Record<string, unknown>>

export interface Statement {
  readonly sql: string
  readonly values: readonly Value[]
}

export interface Database {
  read(statement: Statement): Promise<readonly Row[]>
  /**
   * All of the statements or none, durable when it resolves; how many rows each of them changed. `tell` for a change that
   * watchers wait for. Only an error of the fault `unknown` leaves open whether it was written.
   */
  write(statements: readonly Statement[], tell: boolean): Promise<readonly number[]>
  /** Calls `changed` soon after a write with `tell`, here or elsewhere, until `close`. */
  watch(changed: () => void): void
  close(): Promise<void>
}
