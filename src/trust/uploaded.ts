import { KeepingError, type StoreContent, type StoreKeeping, type VersionRecord } from './keeping.ts'
import type { TrustRegistry } from './registry.ts'
import { storeFrom } from './store-content.ts'

/** What became of an uploaded store, for the log. */
export type UploadedEvent =
  | { readonly kind: 'served'; readonly record: VersionRecord; readonly certificates: number }
  | { readonly kind: 'removed'; readonly name: string }
  /** A newest version that cannot be served; the one before goes on where there is one. */
  | { readonly kind: 'not-served'; readonly record: VersionRecord; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'reachable' }

export interface UploadedParts {
  readonly keeping: StoreKeeping
  readonly registry: TrustRegistry
  readonly report: (event: UploadedEvent) => void
}

/**
 * Serves what is kept: the newest version of every uploaded store, as a snapshot of the registry. What is served stays
 * where the database is away or a version damaged. A store of the configuration is never replaced by one of its name.
 */
export class UploadedStores {
  readonly #parts: UploadedParts
  /** The newest versions as they are served. */
  readonly #served = new Map<string, VersionRecord>()
  /** Why the newest version of a store is not the one that is served. */
  readonly #faults = new Map<string, { readonly record: VersionRecord; readonly reason: string }>()
  #unreachable = false
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(parts: UploadedParts) {
    this.#parts = parts
  }

  /** Serves what is there now, and from then on whatever changes. A database that is away is no reason not to start. */
  async start(): Promise<void> {
    await this.refresh()
    this.#parts.keeping.watch(() => void this.refresh())
  }

  /** The version of an uploaded store that is served. */
  served(name: string): VersionRecord | undefined {
    return this.#served.get(name)
  }

  /** Whether the last comparison found no database to read. */
  get unreachable(): boolean {
    return this.#unreachable
  }

  /** Names of those whose newest version is not the one that is served. */
  get unserved(): readonly string[] {
    return [...this.#faults.keys()]
  }

  /** What is not as it should be though the last good stores are served, a sentence each. */
  notes(): readonly string[] {
    const away = this.#unreachable ? ['The uploaded trust stores cannot be read; those read before are served.'] : []
    return [...away, ...[...this.#faults.values()].map(({ record, reason }) => `${titleOf(record)}: ${reason}.`)]
  }

  /**
   * Compares what is kept with what is served. Resolves when that is done, by a comparison that began after the call:
   * whoever has changed something before is served it then. One runs at a time, and one more serves all who wait.
   */
  refresh(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#compare().finally(() => {
        this.#running = undefined
      })
      return this.#running
    }
    this.#next ??= this.#running.then(() => {
      this.#next = undefined
      return this.refresh()
    })
    return this.#next
  }

  /** Serves a version that was kept just now: as it is read again, or, where that fails, as it was written. */
  async serve(record: VersionRecord, content: StoreContent | undefined): Promise<void> {
    await this.refresh()
    if ((this.#served.get(record.name)?.version ?? 0) >= record.version) return
    if (content === undefined) this.#remove(record.name)
    else if (this.#unreachable) await this.#put(record, content)
  }

  async #compare(): Promise<void> {
    try {
      const heads = await this.#parts.keeping.heads()
      for (const record of heads) await this.#take(record)
      const names = new Set(heads.map(({ name }) => name))
      for (const name of [...this.#served.keys(), ...this.#faults.keys()]) if (!names.has(name)) this.#remove(name)
      if (this.#unreachable) this.#parts.report({ kind: 'reachable' })
      this.#unreachable = false
    } catch (error) {
      const reason = error instanceof KeepingError ? error.message : 'It cannot be understood.'
      if (!this.#unreachable) this.#parts.report({ kind: 'unreachable', reason })
      this.#unreachable = true
    }
  }

  async #take(record: VersionRecord): Promise<void> {
    const { name, version } = record
    if (record.checksum === null) {
      this.#remove(name)
      return
    }
    if (same(this.#served.get(name), record) || same(this.#faults.get(name)?.record, record)) return
    const { registry, keeping } = this.#parts
    if ((registry.get(name)?.origin ?? 'uploaded') !== 'uploaded') {
      this.#refuse(record, 'the configuration has a store of this name')
      return
    }
    const read = await keeping.read(name, version)
    if (read.kind === 'content') await this.#put(record, read.content)
    else if (read.kind === 'damaged') this.#refuse(record, 'its content is not what was written')
    // Absent: it was replaced between the two questions, and the next comparison will find what it was replaced by.
  }

  async #put(record: VersionRecord, content: StoreContent): Promise<void> {
    const { name, version, at, by } = record
    const built = await storeFrom(name, String(version), content)
    if (!built.ok) {
      this.#refuse(record, built.reason)
      return
    }
    this.#served.set(name, record)
    this.#parts.registry.put(name, { store: built.value, origin: 'uploaded', from: by, since: at })
    this.#faults.delete(name)
    this.#parts.report({ kind: 'served', record, certificates: built.value.anchors.length })
  }

  #remove(name: string): void {
    this.#faults.delete(name)
    if (!this.#served.delete(name)) return
    this.#parts.registry.remove(name)
    this.#parts.report({ kind: 'removed', name })
  }

  #refuse(record: VersionRecord, reason: string): void {
    this.#faults.set(record.name, { record, reason })
    this.#parts.report({ kind: 'not-served', record, reason })
  }
}

/** The same version of the same database: one that was lost and begun anew counts from 1 again. */
const same = (one: VersionRecord | undefined, other: VersionRecord): boolean =>
  one?.version === other.version && one.checksum === other.checksum

const titleOf = ({ name, version }: VersionRecord): string =>
  `Version ${version} of the uploaded trust store ${name} is not served`
