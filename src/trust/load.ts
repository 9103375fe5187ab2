import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import { getCACertificates } from 'node:tls'
import { readAnchors } from '../core/decode/input/read-anchors.ts'
import { trustStore } from '../core/decode/input/trust-store.ts'
import type { CrlCandidate } from '../core/model/crl.ts'
import type { TrustAnchor } from '../core/model/trust-store.ts'
import { type FileContents, readFile, readFolder } from './files.ts'
import { constrainedByMozilla } from './mozilla.ts'
import { type StoreOrigin, TrustRegistry } from './registry.ts'

/** Where the stores of the service come from. */
export interface TrustSources {
  readonly caFiles: readonly { readonly name: string | undefined; readonly path: string }[]
  readonly caDirectories: readonly { readonly name: string | undefined; readonly path: string }[]
  /** In place of what Node reads of the platform. */
  readonly systemFile: string | undefined
  readonly systemDirectories: readonly string[]
  /** Undefined for the stores of files and folders, else `system`. */
  readonly defaultTrustStores: readonly string[] | undefined
  /** Whether stores can come by upload, so that a default store may be one that is not there yet. */
  readonly uploads: boolean
  readonly maxCaFileBytes: number
}

/** What was taken into a store, and what was not and why. */
export interface LoadReport {
  readonly store: string
  readonly taken: number
  readonly refused: readonly { readonly place: string; readonly reason: string }[]
}

export interface LoadedTrust {
  readonly registry: TrustRegistry
  readonly defaultStores: readonly string[]
  readonly reports: readonly LoadReport[]
  /** Why the service must not start with these sources, a sentence each; empty where it may. */
  readonly faults: readonly string[]
}

const reserved = new Set(['system', 'mozilla'])

/** Loads every store at the start of the service, at `now` (seconds since 1970-01-01T00:00:00Z). */
export const loadTrust = (sources: TrustSources, now: number): LoadedTrust => {
  const loader = new Loader(sources.maxCaFileBytes, now)
  loader.system(sources.systemFile, sources.systemDirectories)
  loader.texts('mozilla', getCACertificates('bundled'), `node-${process.versions.node}`)
  for (const { name, path } of sources.caFiles) loader.file('CA_FILES', name ?? nameOf(path), path)
  for (const { name, path } of sources.caDirectories) loader.folder('CA_DIRECTORIES', name ?? nameOf(path), path)

  const { registry, reports, faults } = loader
  const names = [...registry.snapshots.keys()]
  const named = names.filter((name) => !reserved.has(name))
  const defaultStores = sources.defaultTrustStores ?? (named.length > 0 ? named : ['system'])
  for (const name of defaultStores) {
    if (sources.uploads || names.includes(name)) continue
    faults.push(`DEFAULT_TRUST_STORES names ${JSON.stringify(name)}, which is none of ${names.join(', ')}.`)
  }
  return { registry, defaultStores, reports, faults }
}

/** The name of a store after its file: without folders and without the extension. */
const nameOf = (path: string): string => basename(path, extname(path))

const nothingIn = (variable: string, path: string, [first]: LoadReport['refused']): string => {
  const reason = first === undefined ? '' : ` (${first.place}: ${first.reason})`
  return `${variable}: there is no certificate in ${path}${reason}.`
}

/**
 * The first 12 digits of the SHA-256 of what was read, so that every replica that reads the same says the same; of several
 * files that of their SHA-256 in order, as lower-case hex without separators.
 */
const contentVersion = (files: readonly FileContents[]): string => {
  const digests = files.flatMap((file) => ('octets' in file ? [sha256(file.octets)] : []))
  const [first] = digests
  const digest = digests.length === 1 && first !== undefined ? first : sha256(digests.join(''))
  return digest.slice(0, 12)
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

class Loader {
  readonly registry = new TrustRegistry()
  readonly reports: LoadReport[] = []
  readonly faults: string[] = []
  readonly #maxBytes: number
  readonly #now: number

  constructor(maxBytes: number, now: number) {
    this.#maxBytes = maxBytes
    this.#now = now
  }

  system(file: string | undefined, folders: readonly string[]): void {
    if (file === undefined && folders.length === 0) {
      this.texts('system', getCACertificates('system'))
      return
    }
    const faultsBefore = this.faults.length
    const files = file === undefined ? [] : (this.#single('SSL_CERT_FILE', file) ?? [])
    const contents = [...files, ...folders.flatMap((folder) => this.#listed('SSL_CERT_DIR', folder) ?? [])]
    const from = [file, ...folders].filter((path) => path !== undefined).join(', ')
    const { taken, refused } = this.#store('system', 'system', from, contents)
    if (taken > 0 || this.faults.length > faultsBefore) return
    if (file !== undefined) this.faults.push(nothingIn('SSL_CERT_FILE', file, refused))
    else this.faults.push(nothingIn('SSL_CERT_DIR', folders.join(', '), refused))
  }

  /** A store of PEM texts. What of the platform cannot be read is reported and does not keep the service from starting. */
  texts(name: 'system' | 'mozilla', texts: readonly string[], version?: string): void {
    const files = texts.map((text, index) => ({ path: `${name}[${index}]`, octets: Buffer.from(text) }))
    this.#store(name, name, `node-${process.versions.node}`, files, version)
  }

  file(variable: string, name: string, path: string): void {
    if (this.#isFree(variable, name, path)) this.#own(variable, name, 'file', path, this.#single(variable, path))
  }

  folder(variable: string, name: string, path: string): void {
    if (this.#isFree(variable, name, path)) this.#own(variable, name, 'directory', path, this.#listed(variable, path))
  }

  #isFree(variable: string, name: string, path: string): boolean {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
      this.faults.push(`${variable}: ${path} gives no plain name for a trust store: write name=${path}.`)
    } else if (reserved.has(name)) {
      this.faults.push(
        `${variable}: the trust store of ${path} must not be named ${name}, which the service has itself.`
      )
    } else if (this.registry.get(name) !== undefined) {
      this.faults.push(`${variable}: ${path} is a second trust store named ${name}: write name=${path}.`)
    } else {
      return true
    }
    return false
  }

  #single(variable: string, path: string): readonly FileContents[] | undefined {
    const contents = readFile(path, this.#maxBytes)
    if ('octets' in contents) return [contents]
    this.faults.push(`${variable}: ${path} cannot be used: ${contents.fault}.`)
    return undefined
  }

  #listed(variable: string, path: string): readonly FileContents[] | undefined {
    const files = readFolder(path, this.#maxBytes)
    if (!('fault' in files)) return files
    this.faults.push(`${variable}: ${path} cannot be used: ${files.fault}.`)
    return undefined
  }

  /** A store that the configuration asks for: where it comes out empty, the configuration is wrong. */
  #own(
    variable: string,
    name: string,
    origin: 'file' | 'directory',
    path: string,
    files: readonly FileContents[] | undefined
  ): void {
    if (files === undefined) return
    const { taken, refused } = this.#store(name, origin, path, files)
    if (taken > 0) return
    this.faults.push(nothingIn(variable, path, refused))
  }

  #store(
    name: string,
    origin: StoreOrigin,
    from: string,
    files: readonly FileContents[],
    version: string = contentVersion(files)
  ): LoadReport {
    const anchors: TrustAnchor[] = []
    const crls: CrlCandidate[] = []
    const refused: { readonly place: string; readonly reason: string }[] = []
    for (const contents of files) {
      if ('fault' in contents) {
        refused.push({ place: contents.path, reason: contents.fault })
        continue
      }
      const found = readAnchors(contents.octets, `trustStore:${name}`)
      for (const anchor of found.anchors) anchors.push(anchor)
      for (const crl of found.crls) crls.push(crl)
      for (const { line, reason } of found.refused) {
        refused.push({ place: line === undefined ? contents.path : `${contents.path}, line ${line}`, reason })
      }
    }
    const trusted = name === 'mozilla' ? constrainedByMozilla(anchors) : anchors
    const store = trustStore({ name, version, anchors: trusted, crls })
    const report = { store: name, taken: store.anchors.length, refused }
    this.registry.put(name, { store, origin, from, since: this.#now })
    this.reports.push(report)
    return report
  }
}
