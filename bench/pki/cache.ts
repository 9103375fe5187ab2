import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What takes minutes to make is made once and kept here; deleting the folder makes all of it anew. */
const folder = fileURLToPath(new URL('../.cache/', import.meta.url))

export const cachePath = (name: string): string => `${folder}${name}`

export const isCached = (name: string): boolean => existsSync(cachePath(name))

export const readCached = (name: string): Buffer => readFileSync(cachePath(name))

/** Writes a file whole or not at all, so that a run that was stopped leaves none that is cut short. */
export const writeCached = (name: string, octets: Uint8Array | string): string => {
  const path = cachePath(name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, octets)
  renameSync(`${path}.new`, path)
  return path
}

/** The path of a file that is made where it is not there yet. */
export const cachedFile = (name: string, make: () => Uint8Array | string): string =>
  isCached(name) ? cachePath(name) : writeCached(name, make())
