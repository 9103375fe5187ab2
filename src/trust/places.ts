import type { Dirent } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { faultOf } from './files.ts'
import type { Place, PlaceForm } from './sources.ts'

/** What a file is read for: a name of a hashed folder says whether it holds certificates or CRLs. */
export type FileUse = 'anything' | 'certificates' | 'crls' | 'constraints'

export interface StoreFile {
  readonly path: string
  readonly use: FileUse
}

/** The files to be read at a place, in the order in which they count, or why they cannot be told. */
export type Listing = readonly StoreFile[] | { readonly fault: string }

/** Files of one folder that are looked at; beyond that something else than CA certificates is kept there. */
const maxFiles = 10_000

/** The constraints on the anchors of a folder. */
const folderConstraints = 'constraints.json'

/** The ending of the constraints on the anchors of the file beside it. */
const fileConstraints = '.constraints.json'

/** Names that `openssl rehash` gives: the hash of a subject and a number, with an `r` before it for CRLs. */
const hashedName = /^[0-9a-f]{8}\.(r?)\d{1,9}$/

export const filesOf = async ({ form, path }: Place): Promise<Listing> => {
  try {
    return form === 'file' ? await fileAndConstraints(path) : await filesOfFolder(path, form)
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

const fileAndConstraints = async (path: string): Promise<readonly StoreFile[]> => {
  const constraints = join(dirname(path), `${basename(path, extname(path))}${fileConstraints}`)
  const file: StoreFile = { path, use: 'anything' }
  return (await isThere(constraints)) ? [file, { path: constraints, use: 'constraints' }] : [file]
}

/** Whatever keeps it from being looked at, it may be there: reading it then tells. */
const isThere = async (path: string): Promise<boolean> => {
  try {
    await lstat(path)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
  }
}

/** Not what lies in folders below it, and no hidden files, where Kubernetes for one keeps second copies. */
const filesOfFolder = async (path: string, form: PlaceForm): Promise<Listing> => {
  const entries = (await readdir(path, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  if (entries.length > maxFiles) return { fault: `it has ${entries.length} files, more than ${maxFiles}` }
  const misplaced = entries.find(({ name }) => name.endsWith(fileConstraints))
  if (misplaced !== undefined) {
    return { fault: `it has ${misplaced.name}, but the constraints of a folder stand in ${folderConstraints}` }
  }
  const hashed = form === 'hashed' || (form === 'hashed-or-folder' && entries.some(({ name }) => hashedName.test(name)))
  const files: StoreFile[] = []
  for (const entry of entries) {
    const use = useOf(entry.name, hashed)
    if (use !== undefined && !(await isFolder(entry, path))) files.push({ path: join(path, entry.name), use })
  }
  return files
}

const useOf = (name: string, hashed: boolean): FileUse | undefined => {
  if (name === folderConstraints) return 'constraints'
  if (!hashed) return 'anything'
  const parts = hashedName.exec(name)
  return parts === null ? undefined : parts[1] === 'r' ? 'crls' : 'certificates'
}

const isFolder = async (entry: Dirent, folder: string): Promise<boolean> => {
  if (entry.isFile()) return false
  if (entry.isDirectory()) return true
  try {
    return (await stat(join(folder, entry.name))).isDirectory()
  } catch {
    // Reading it tells why it cannot be looked at.
    return false
  }
}
