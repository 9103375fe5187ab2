import { createHash } from 'node:crypto'
import { type FileContents, readFile } from './files.ts'
import { type FileUse, filesOf } from './places.ts'
import type { Place, StoreSource } from './sources.ts'

/** A file that was read, or could not be. */
export type StoreFileContents = FileContents & { readonly use: FileUse }

/** What lies at a place; no files where they cannot be told. */
export interface PlaceContents {
  readonly place: Place
  readonly files: readonly StoreFileContents[]
  readonly fault: string | undefined
}

const atOnce = 16

/** Reads the files of a store, of each place at most `maxBytes`. */
export const readContents = async (source: StoreSource, maxBytes: number): Promise<readonly PlaceContents[]> => {
  const contents: PlaceContents[] = []
  for (const place of source.places) contents.push(await readPlace(place, maxBytes))
  return contents
}

const readPlace = async (place: Place, maxBytes: number): Promise<PlaceContents> => {
  const listing = await filesOf(place)
  if ('fault' in listing) return { place, files: [], fault: listing.fault }
  const files: StoreFileContents[] = []
  let left = maxBytes
  for (let start = 0; start < listing.length; start += atOnce) {
    const some = listing.slice(start, start + atOnce)
    const read = await Promise.all(some.map(async ({ path, use }) => ({ ...(await readFile(path, maxBytes)), use })))
    files.push(...read)
    for (const file of read) left -= 'octets' in file ? file.octets.length : 0
    if (left < 0) return { place, files: [], fault: `its files have more than ${maxBytes} bytes` }
  }
  const [first] = files
  const fault = place.form === 'file' && first !== undefined && 'fault' in first ? first.fault : undefined
  return { place, files, fault }
}

/**
 * The first 12 digits of the SHA-256 of what was read, so that whoever reads the same says the same. Of several files it is
 * that of their SHA-256 in order, as lower-case hex without separators, with what they were read for before it where
 * that is not just anything.
 */
export const contentVersion = (
  files: readonly Pick<StoreFileContents & { octets: Uint8Array }, 'octets' | 'use'>[]
) => {
  const digests = files.map(({ octets, use }) => `${use === 'anything' ? '' : use}${sha256(octets)}`)
  const [first] = digests
  const digest = digests.length === 1 && first?.length === 64 ? first : sha256(digests.join(''))
  return digest.slice(0, 12)
}

export const versionOf = (contents: readonly PlaceContents[]): string =>
  contentVersion(contents.flatMap(({ files }) => files.filter((file) => 'octets' in file)))

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
