import { createHash } from 'node:crypto'
import { realpath, stat } from 'node:fs/promises'
import { faultOf } from './files.ts'
import { filesOf } from './places.ts'
import type { StoreSource } from './sources.ts'

/** What the file system says of the files of a store, without reading them: it changes when they do. */
export interface Stamp {
  readonly text: string
  /** When the last of them changed, in milliseconds since 1970-01-01T00:00:00Z by the clock of the file system. */
  readonly newest: number
}

const atOnce = 32

/**
 * Names, sizes, times and places of all files. Where links lead is part of it: a mounted ConfigMap changes in that its
 * folder `..data` becomes another, and a new file may have the number of one that is gone.
 */
export const stampOf = async (source: StoreSource): Promise<Stamp> => {
  const hash = createHash('sha256')
  let newest = 0
  for (const place of source.places) {
    const files = await filesOf(place)
    if ('fault' in files) {
      hash.update(`${place.path}\0${files.fault}\0`)
      continue
    }
    for (let start = 0; start < files.length; start += atOnce) {
      const marks = await Promise.all(files.slice(start, start + atOnce).map(({ path }) => markOf(path)))
      for (const { text, changed } of marks) {
        hash.update(text)
        newest = Math.max(newest, changed)
      }
    }
  }
  return { text: hash.digest('hex'), newest }
}

const markOf = async (path: string): Promise<{ readonly text: string; readonly changed: number }> => {
  try {
    const [real, status] = await Promise.all([realpath(path), stat(path, { bigint: true })])
    const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = status
    const changed = Math.max(Number(mtimeMs), Number(ctimeMs))
    return { text: `${path}\0${real}\0${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}\0`, changed }
  } catch (error) {
    return { text: `${path}\0${faultOf(error)}\0`, changed: 0 }
  }
}
