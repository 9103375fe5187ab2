import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { KeepingError } from '../../trust/keeping.ts'
import { databaseFile, hasLog } from './connection.ts'

/**
 * What is wrong with a database that was just opened, undefined if nothing is: its length, and the table of trust stores with its
 * index. It reads that whole table: 180 MB take 0.2 s from memory. What is left of a damaged one stays readable, each content
 * held against its checksum, but nothing is added to it.
 */
export const damageOf = (dataDir: string, connection: DatabaseSync): KeepingError | undefined => {
  const found = isCutOff(dataDir)
    ? 'its file is shorter than it says'
    : connection.prepare('PRAGMA integrity_check(vidimus_store_versions)').get()?.['integrity_check']
  return found === 'ok'
    ? undefined
    : new KeepingError('damaged', `The database is damaged: ${String(found).slice(0, 200)}.`)
}

/** https://www.sqlite.org/fileformat.html §1.3: where the header has what is needed. */
const header = { length: 100, pageSize: 16, changes: 24, pages: 28, changesAtPages: 92 }

/** While a log lies beside it, a file may be shorter than its header says. */
const isCutOff = (dataDir: string): boolean => {
  if (hasLog(dataDir)) return false
  const file = openSync(databaseFile(dataDir), 'r')
  try {
    const octets = Buffer.alloc(header.length)
    if (readSync(file, octets, 0, header.length, 0) < header.length) return true
    if (octets.readUInt32BE(header.changes) !== octets.readUInt32BE(header.changesAtPages)) return false
    const pageSize = octets.readUInt16BE(header.pageSize)
    // 65,536 does not go into the two octets: 1 stands for it.
    return fstatSync(file).size < octets.readUInt32BE(header.pages) * (pageSize === 1 ? 65_536 : pageSize)
  } finally {
    closeSync(file)
  }
}
