import { createReadStream } from 'node:fs'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { printable } from '../core/model/printable.ts'
import { InputError } from './option.ts'

/** As much as the service takes in a body; a bundle of all the world's roots has a hundredth of it. */
const mostBytes = 64 * 1_048_576
/** Files in a folder. */
const mostFiles = 100_000

const isCertificateFile = /\.(?:pem|crt|cer|cert|der|p7b|p7c)$/i

/** What a user called something that may be hostile, as it can be shown. */
export const shownName = (path: string): string => (path === '-' ? 'standard input' : printable(path))

/** The files that operands stand for: folders by the certificate files in them, in the order of their names. */
export const filesOf = async (operands: readonly string[]): Promise<readonly string[]> => {
  if (operands.length === 0) return ['-']
  const files: string[] = []
  for (const operand of operands) {
    if (operand === '-' || !(await isFolder(operand))) files.push(operand)
    else files.push(...(await filesIn(operand)))
  }
  return files
}

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    throw unreadable(path, error)
  }
}

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const names = (await readdir(folder)).filter((name) => isCertificateFile.test(name)).sort()
  if (names.length === 0) throw new InputError(`There is no certificate file in the folder ${shownName(folder)}.`)
  if (names.length > mostFiles) throw new InputError(`There are more than ${mostFiles} files in ${shownName(folder)}.`)
  return names.map((name) => join(folder, name))
}

/** The octets of a file, or of standard input for `-`. Throws an `InputError`. */
export const readInput = async (path: string): Promise<Uint8Array> => {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      const octets = Buffer.from(chunk)
      size += octets.length
      if (size > mostBytes) throw new InputError(`${shownName(path)} has more than ${mostBytes} bytes.`)
      chunks.push(octets)
    }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(path, error)
  }
  return Buffer.concat(chunks, size)
}

export const readInputs = async (paths: readonly string[]): Promise<readonly Uint8Array[]> => {
  const files: Uint8Array[] = []
  for (const path of paths) files.push(await readInput(path))
  return files
}

/** Writes to a file, or to standard output. */
export const writeOutput = async (path: string | undefined, contents: string | Uint8Array): Promise<void> => {
  if (path === undefined || path === '-') {
    process.stdout.write(contents)
    return
  }
  try {
    await writeFile(path, contents)
  } catch (error) {
    throw new InputError(`${shownName(path)} cannot be written: ${codeOf(error)}.`)
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'for an unknown reason'

const unreadable = (path: string, error: unknown): InputError =>
  new InputError(`${shownName(path)} cannot be read: ${codeOf(error)}.`)
