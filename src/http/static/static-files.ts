import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { packageFile } from '../../package-file.ts'

export interface StaticFile {
  readonly body: Buffer
  readonly type: string
  /** An entity tag without quotation marks: the same for the same octets. */
  readonly tag: string
}

/** What is given to browsers. Declarations and source maps, which lie beside modules, are not. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8'
}

/**
 * Files of what was built, by their paths below its folder. They are listed and read when they are first asked for, so that
 * nothing of them slows the start, and kept: there are only so many. What a client asks for is looked up, and never a path.
 */
export class StaticFiles {
  readonly #places: readonly string[]
  #names: ReadonlySet<string> | undefined
  readonly #files = new Map<string, StaticFile>()

  /** `places` are folders, which end with a slash, with all below them, and single files. */
  constructor(places: readonly string[]) {
    this.#places = places
  }

  async find(name: string): Promise<StaticFile | undefined> {
    this.#names ??= await namesOf(this.#places)
    if (!this.#names.has(name)) return undefined
    const file = this.#files.get(name) ?? (await read(name))
    this.#files.set(name, file)
    return file
  }
}

const namesOf = async (places: readonly string[]): Promise<ReadonlySet<string>> => {
  const built = packageFile('dist/')
  const names = await Promise.all(
    places.map(async (place) => {
      if (!place.endsWith('/')) return [place]
      const below = await readdir(new URL(place, built), { recursive: true })
      return below.map((name) => `${place}${name.replaceAll('\\', '/')}`)
    })
  )
  return new Set(names.flat().filter((name) => extname(name) in types))
}

const read = async (name: string): Promise<StaticFile> => {
  const body = await readFile(new URL(name, packageFile('dist/')))
  const tag = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  return { body, type: types[extname(name)] ?? 'application/octet-stream', tag }
}
