import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** What a file holds, or why it could not be had. */
export type FileContents =
  | { readonly path: string; readonly octets: Uint8Array }
  | { readonly path: string; readonly fault: string }

/** Opening a pipe would otherwise wait for its writer. Windows has no such thing. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Reads a file of at most `maxBytes`. */
export const readFile = async (path: string, maxBytes: number): Promise<FileContents> => {
  let file: FileHandle | undefined
  try {
    file = await open(path, withoutWaiting)
    const status = await file.stat()
    if (!status.isFile()) return { path, fault: 'it is not a file' }
    if (status.size > maxBytes) return { path, fault: `it has ${status.size} bytes, more than ${maxBytes}` }
    return { path, octets: await wholeOf(file, status.size) }
  } catch (error) {
    return { path, fault: faultOf(error) }
  } finally {
    await file?.close()
  }
}

/** The octets of a file that has `size` of them; fewer, where it was cut while it was read. */
const wholeOf = async (file: FileHandle, size: number): Promise<Uint8Array> => {
  const octets = Buffer.allocUnsafeSlow(size)
  let length = 0
  while (length < size) {
    const { bytesRead } = await file.read(octets, length, size - length, length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return octets.subarray(0, length)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'it may not be read',
  ENOTDIR: 'it is not a folder',
  ELOOP: 'its links lead in a circle'
}

/** Why a file or folder cannot be used, as the end of a sentence. */
export const faultOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return reasons[code] ?? `it cannot be read (${code})`
}
