import { basename, extname } from 'node:path'
import type { StoreOrigin } from './registry.ts'

/** A path of the configuration, and the name of the store that is made of it; undefined for a name after the path. */
export interface NamedSource {
  readonly name: string | undefined
  readonly path: string
}

/** Where the stores of the service come from. */
export interface TrustSources {
  readonly caFiles: readonly NamedSource[]
  readonly caDirectories: readonly NamedSource[]
  readonly caPaths: readonly NamedSource[]
  /** In place of what Node reads of the platform. */
  readonly systemFile: string | undefined
  readonly systemDirectories: readonly string[]
  /** Undefined for the stores of files and folders, else `system`. */
  readonly defaultTrustStores: readonly string[] | undefined
  /** Whether stores can come by upload, so that a default store may be one that is not there yet. */
  readonly uploads: boolean
  readonly maxCaFileBytes: number
}

/**
 * How certificates lie at a path: in a file; in a folder, all of whose files are read; or in a folder as `openssl rehash`
 * makes it, where names as `9da13359.0` are read and no others. `hashed-or-folder` is the second where there is such a name.
 */
export type PlaceForm = 'file' | 'folder' | 'hashed' | 'hashed-or-folder'

/** A path that certificates of a store are read from. */
export interface Place {
  /** The variable of the configuration that names it. */
  readonly variable: string
  readonly form: PlaceForm
  readonly path: string
}

/** A store that is made of files, and made anew when they change. */
export interface StoreSource {
  readonly name: string
  readonly origin: StoreOrigin
  /** In the order of their anchors. */
  readonly places: readonly Place[]
}

/** The stores that Node.js has itself, the first unless SSL_CERT_FILE or SSL_CERT_DIR takes its place. */
export const reservedNames: ReadonlySet<string> = new Set(['system', 'mozilla'])

/** The stores of files that the configuration asks for, and what is wrong with their names, a sentence each. */
export const storeSources = (
  sources: TrustSources
): { readonly sources: readonly StoreSource[]; readonly faults: readonly string[] } => {
  const found = new Map<string, StoreSource>()
  const faults: string[] = []
  const system = systemPlaces(sources)
  if (system.length > 0) found.set('system', { name: 'system', origin: 'system', places: system })
  const own = [
    ...sources.caFiles.map((source) => ownSource(source, 'file', { variable: 'CA_FILES', form: 'file' })),
    ...sources.caDirectories.map((source) =>
      ownSource(source, 'directory', { variable: 'CA_DIRECTORIES', form: 'folder' })
    ),
    ...sources.caPaths.map((source) => ownSource(source, 'directory', { variable: 'CA_PATHS', form: 'hashed' }))
  ]
  for (const source of own) {
    const fault = nameFault(source, found)
    if (fault === undefined) found.set(source.name, source)
    else faults.push(fault)
  }
  return { sources: [...found.values()], faults }
}

/** The paths of a source, as they are shown. */
export const pathsOf = ({ places }: StoreSource): string => places.map(({ path }) => path).join(', ')

const systemPlaces = ({ systemFile, systemDirectories }: TrustSources): readonly Place[] => [
  ...(systemFile === undefined ? [] : [{ variable: 'SSL_CERT_FILE', form: 'file' as const, path: systemFile }]),
  ...systemDirectories.map((path) => ({ variable: 'SSL_CERT_DIR', form: 'hashed-or-folder' as const, path }))
]

const ownSource = (
  { name, path }: NamedSource,
  origin: StoreOrigin,
  place: Pick<Place, 'variable' | 'form'>
): StoreSource => ({ name: name ?? nameOf(path), origin, places: [{ ...place, path }] })

/** The name of a store after its file: without folders and without the extension. */
const nameOf = (path: string): string => basename(path, extname(path))

const nameFault = (source: StoreSource, others: ReadonlyMap<string, StoreSource>): string | undefined => {
  const { name } = source
  const path = pathsOf(source)
  const variable = source.places[0]?.variable ?? ''
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    return `${variable}: ${path} gives no plain name for a trust store: write name=${path}.`
  }
  if (reservedNames.has(name)) {
    return `${variable}: the trust store of ${path} must not be named ${name}, which the service has itself.`
  }
  if (others.has(name)) return `${variable}: ${path} is a second trust store named ${name}: write name=${path}.`
  return undefined
}
