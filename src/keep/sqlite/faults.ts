import { KeepingError, type KeepingFault } from '../../trust/keeping.ts'

/** https://www.sqlite.org/rescode.html: primary result codes; the octets above say more. */
const faults: ReadonlyMap<number, readonly [fault: KeepingFault, name: string]> = new Map([
  [3, ['no-storage', 'SQLITE_PERM']],
  [5, ['busy', 'SQLITE_BUSY']],
  [6, ['busy', 'SQLITE_LOCKED']],
  [7, ['busy', 'SQLITE_NOMEM']],
  [8, ['no-storage', 'SQLITE_READONLY']],
  [10, ['no-storage', 'SQLITE_IOERR']],
  [11, ['damaged', 'SQLITE_CORRUPT']],
  [13, ['no-storage', 'SQLITE_FULL']],
  [14, ['no-storage', 'SQLITE_CANTOPEN']],
  [15, ['busy', 'SQLITE_PROTOCOL']],
  [17, ['busy', 'SQLITE_SCHEMA']],
  [22, ['no-storage', 'SQLITE_NOLFS']],
  [26, ['damaged', 'SQLITE_NOTADB']]
])

/** What an error of SQLite or of the file system means; undefined for one that only a mistake in the program explains. */
export const faultOf = (error: unknown): KeepingError | undefined => {
  if (error instanceof KeepingError) return error
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return ofResultCode(error.errcode)
  if (!('code' in error) || typeof error.code !== 'string') return undefined
  // A number that was never written: an integer beyond those of JavaScript.
  if (error.code === 'ERR_OUT_OF_RANGE') return new KeepingError('damaged', 'The database is damaged: a number in it.')
  return 'syscall' in error
    ? new KeepingError('no-storage', `The data directory cannot be used: ${error.code}.`)
    : undefined
}

const ofResultCode = (code: number): KeepingError | undefined => {
  const found = faults.get(code & 0xff)
  if (found === undefined) return undefined
  const [fault, name] = found
  return new KeepingError(fault, `${sentences[fault]}: ${name} (${code}).`)
}

const sentences: Readonly<Record<KeepingFault, string>> = {
  busy: 'The database is in use by others',
  'no-storage': 'The database cannot be written',
  unreachable: 'The database cannot be read',
  damaged: 'The database is damaged',
  incompatible: 'The database is of another version',
  unknown: 'The database went away'
}
