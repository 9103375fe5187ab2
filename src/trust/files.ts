import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A file that may hold certificates, or why it could not be had. */
export type FileContents =
  | { readonly path: string; readonly octets: Uint8Array }
  | { readonly path: string; readonly fault: string }

/** Files of one folder that are looked at; beyond that something else than CA certificates is kept there. */
const maxFiles = 10_000

/** Reads a file of at most `maxBytes`. */
export const readFile = (path: string, maxBytes: number): FileContents => {
  try {
    const status = statSync(path)
    if (!status.isFile()) return { path, fault: 'it is not a file' }
    if (status.size > maxBytes) return { path, fault: `it has ${status.size} bytes, more than ${maxBytes}` }
    return { path, octets: readFileSync(path) }
  } catch (error) {
    return { path, fault: reasonOf(error) }
  }
}

/**
 * Reads every file of a folder, in the order of their names; not what lies in folders below it, and no hidden files,
 * where Kubernetes for one keeps second copies.
 */
export const readFolder = (path: string, maxBytes: number): readonly FileContents[] | { readonly fault: string } => {
  try {
    const names = readdirSync(path)
      .filter((name) => !name.startsWith('.'))
      .sort()
    if (names.length > maxFiles) return { fault: `it has ${names.length} files, more than ${maxFiles}` }
    return names.filter((name) => !isFolder(join(path, name))).map((name) => readFile(join(path, name), maxBytes))
  } catch (error) {
    return { fault: reasonOf(error) }
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'it may not be read',
  ENOTDIR: 'it is not a folder'
}

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return reasons[code] ?? `it cannot be read (${code})`
}
