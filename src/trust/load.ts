import { setTimeout as elapsed } from 'node:timers/promises'
import { getCACertificates } from 'node:tls'
import { type PlaceContents, readContents, type StoreFileContents, versionOf } from './contents.ts'
import { DeferredStore } from './deferred-store.ts'
import { listSteps, type MadeStore, makeStore, type Refused, type Told, told } from './make-store.ts'
import { type StoreSnapshot, TrustRegistry } from './registry.ts'
import { pathsOf, reservedNames, type StoreSource, storeSources, type TrustSources } from './sources.ts'
import { type Stamp, stampOf } from './stamp.ts'

/** What was taken into a store, and what was not and why. */
export interface LoadReport {
  readonly store: string
  readonly taken: number
  readonly refused: readonly Told[]
}

/** A store of files as it was loaded, for whoever watches them from then on. */
export interface LoadedSource {
  readonly source: StoreSource
  /** Of the files before they were read. */
  readonly stamp: Stamp
  readonly refused: readonly Refused[]
}

export interface LoadedTrust {
  readonly registry: TrustRegistry
  readonly defaultStores: readonly string[]
  readonly reports: readonly LoadReport[]
  /** The stores that can be made anew. */
  readonly sources: readonly LoadedSource[]
  /** Has `read` hear of each list that is no default store, when somebody asks for it and it is read. */
  readonly onRead: (read: (report: LoadReport) => void) => void
  /** Why the service must not start with these sources, a sentence each; empty where it may. */
  readonly faults: readonly string[]
}

/** Loads every store at the start of the service, at `now` (seconds since 1970-01-01T00:00:00Z). */
export const loadTrust = async (sources: TrustSources, now: number): Promise<LoadedTrust> => {
  const planned = storeSources(sources)
  const loader = new Loader(sources.maxCaFileBytes, now, [...planned.faults])
  const system = planned.sources.find(({ name }) => name === 'system')
  const own = planned.sources.filter((source) => source !== system)
  const named = own.map(({ name }) => name)
  const names = [...reservedNames, ...named]
  const defaultStores = sources.defaultTrustStores ?? (named.length > 0 ? named : ['system'])
  if (system === undefined) await loader.list('system', defaultStores.includes('system'))
  else await loader.source(system)
  await loader.list('mozilla', defaultStores.includes('mozilla'))
  for (const source of own) await loader.source(source)

  const { registry, reports, loaded, faults } = loader
  for (const name of defaultStores) {
    if (sources.uploads || names.includes(name)) continue
    faults.push(`DEFAULT_TRUST_STORES names ${JSON.stringify(name)}, which is none of ${names.join(', ')}.`)
  }
  return { registry, defaultStores, reports, sources: loaded, onRead: (read) => loader.onRead(read), faults }
}

class Loader {
  readonly registry = new TrustRegistry()
  readonly reports: LoadReport[] = []
  readonly loaded: LoadedSource[] = []
  readonly faults: string[]
  #report: (report: LoadReport) => void = () => undefined
  readonly #maxBytes: number
  readonly #now: number

  constructor(maxBytes: number, now: number, faults: string[]) {
    this.#maxBytes = maxBytes
    this.#now = now
    this.faults = faults
  }

  /** A store that Node.js has. What of it cannot be read is reported and does not keep the service from starting. */
  async list(name: 'system' | 'mozilla', now: boolean): Promise<void> {
    const from = `node-${process.versions.node}`
    const store = new DeferredStore(
      name,
      () =>
        name === 'system'
          ? listSteps(name, getCACertificates('system'))
          : listSteps(name, getCACertificates('bundled'), from),
      (made) => this.#report(reportOf(made))
    )
    if (now) return this.#serve(await store.prepare(), { origin: name, from })
    this.registry.put(name, { store, origin: name, from, since: this.#now })
  }

  onRead(report: (report: LoadReport) => void): void {
    this.#report = report
  }

  /** A store that the configuration asks for: where it comes out empty, the configuration is wrong. */
  async source(source: StoreSource): Promise<void> {
    const { stamp, contents } = await readSettled(source, this.#maxBytes)
    const faults = contents.flatMap(({ place: { variable, path }, fault }) =>
      fault === undefined ? [] : [`${variable}: ${path} cannot be used: ${fault}.`]
    )
    this.faults.push(...faults)
    if (faults.length > 0) return
    const made = await makeStore(source.name, versionOf(contents), filesIn(contents))
    if ('fault' in made) {
      const { place, reason } = told(made.fault)
      this.faults.push(`${variableOf(source)}: ${place} cannot be used: ${reason}.`)
    } else if (made.store.anchors.length === 0) {
      this.faults.push(nothingIn(source, made.refused.map(told)))
    } else {
      this.#serve(made, { origin: source.origin, from: pathsOf(source) })
      this.loaded.push({ source, stamp, refused: made.refused })
    }
  }

  #serve(made: MadeStore, { origin, from }: Pick<StoreSnapshot, 'origin' | 'from'>): void {
    const report = reportOf(made)
    this.registry.put(report.store, { store: made.store, origin, from, since: this.#now })
    this.reports.push(report)
  }
}

const reportOf = ({ store, refused }: MadeStore): LoadReport => ({
  store: store.name ?? '',
  taken: store.anchors.length,
  refused: refused.map(told)
})

const attempts = 4
const pause = 500

/** Files that somebody is about to change are given a moment to become whole. */
const readSettled = async (
  source: StoreSource,
  maxBytes: number
): Promise<{ readonly stamp: Stamp; readonly contents: readonly PlaceContents[] }> => {
  for (let attempt = 1; ; attempt += 1) {
    const stamp = await stampOf(source)
    const contents = await readContents(source, maxBytes)
    if (attempt === attempts || (await stampOf(source)).text === stamp.text) return { stamp, contents }
    await elapsed(pause)
  }
}

const filesIn = (contents: readonly PlaceContents[]): readonly StoreFileContents[] =>
  contents.flatMap(({ files }) => files)

const variableOf = ({ places: [first] }: StoreSource): string => first?.variable ?? ''

const nothingIn = (source: StoreSource, [first]: readonly Told[]): string => {
  const reason = first === undefined ? '' : ` (${first.place}: ${first.reason})`
  return `${variableOf(source)}: there is no certificate in ${pathsOf(source)}${reason}.`
}
