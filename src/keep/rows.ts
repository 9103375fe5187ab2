import { KeepingError } from '../trust/keeping.ts'
import type { Row } from './database.ts'

/** Reads of columns. A value of another type than was written means a damaged database. */
const damaged = (column: string): KeepingError =>
  new KeepingError('damaged', `The database is damaged: its column ${column} holds what was never written there.`)

export const integerOf = (row: Row, column: string): number => {
  const value = row[column]
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw damaged(column)
  return value
}

export const textOf = (row: Row, column: string): string => {
  const value = row[column]
  if (typeof value !== 'string') throw damaged(column)
  return value
}

export const textOrNullOf = (row: Row, column: string): string | null =>
  row[column] === null ? null : textOf(row, column)

export const bytesOrNullOf = (row: Row, column: string): Uint8Array | null => {
  const value = row[column]
  if (value === null || value instanceof Uint8Array) return value
  throw damaged(column)
}

/** One of the words that are allowed in a column. */
export const wordOf = <T extends string>(row: Row, column: string, words: readonly T[]): T => {
  const value = row[column]
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw damaged(column)
  return word
}
