import { createHash } from 'node:crypto'
import {
  type ContentRead,
  KeepingError,
  type Kept,
  type StoreChange,
  type StoreContent,
  type StoreKeeping,
  type VersionRecord
} from '#dist/trust/keeping.js'

/** A keeping in memory, for tests of what is above it; it can be made to fail. */
export interface MemoryKeeping extends StoreKeeping {
  /** How many changes were kept. */
  readonly size: () => number
  /** What the next questions meet with. */
  state: 'works' | 'away' | 'busy' | 'no-storage' | 'unknown'
  /** Called before a change is kept, so that a test can be first. */
  before: (() => Promise<void> | void) | undefined
  /** Makes the content of a version other than its checksum says. */
  damage(name: string, version: number): void
  /** As another process would tell of a change. */
  tell(): void
  /** Forgets everything, as where the data directory was lost, and works. */
  clear(): void
}

const checksumOf = (content: StoreContent): string =>
  createHash('sha256')
    .update(JSON.stringify([content.certificates.map(hex), content.crls.map(hex), content.constraints ?? null]))
    .digest('hex')

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

export const memoryKeeping = (): MemoryKeeping => {
  const rows: { readonly record: VersionRecord; readonly content: StoreContent | undefined }[] = []
  const damaged = new Set<string>()
  const watchers: (() => void)[] = []
  const of = (name: string) => rows.filter(({ record }) => record.name === name)
  const reach = async (): Promise<void> => {
    await Promise.resolve()
    if (keeping.state === 'away') throw new KeepingError('unreachable', 'The database cannot be read.')
  }
  const keeping: MemoryKeeping = {
    state: 'works',
    before: undefined,
    size: () => rows.length,
    damage: (name, version) => damaged.add(`${name} ${version}`),
    tell: () => {
      for (const changed of watchers) changed()
    },
    clear: () => {
      rows.length = 0
      damaged.clear()
      keeping.state = 'works'
      keeping.before = undefined
      keeping.tell()
    },
    heads: async () => {
      await reach()
      const newest = new Map(rows.map(({ record }) => [record.name, record]))
      return [...newest.values()]
    },
    read: async (name, version): Promise<ContentRead> => {
      await reach()
      const row = of(name).find(({ record }) => record.version === version)
      if (row?.content === undefined) return { kind: 'absent' }
      if (damaged.has(`${name} ${version}`)) return { kind: 'damaged', record: row.record }
      return { kind: 'content', record: row.record, content: row.content }
    },
    keep: async (change: StoreChange): Promise<Kept> => {
      await keeping.before?.()
      if (keeping.state === 'busy') return { kind: 'busy', reason: 'it is locked' }
      if (keeping.state === 'unknown') return { kind: 'unknown', reason: 'it went away' }
      if (keeping.state !== 'works') return { kind: 'no-storage', reason: 'it is away' }
      const { name, seen, at, by, action, fromDigest, digest, content } = change
      if ((of(name).at(-1)?.record.version ?? 0) !== seen) return { kind: 'lost-race' }
      const checksum = content === undefined ? null : checksumOf(content)
      const record = {
        name,
        version: seen + 1,
        at,
        by,
        action,
        fromDigest,
        digest,
        checksum,
        kept: content !== undefined
      }
      rows.push({ record, content })
      return { kind: 'kept', record }
    },
    versions: async (name, before, most) => {
      await reach()
      return of(name)
        .map(({ record }) => record)
        .filter(({ version }) => before === undefined || version < before)
        .reverse()
        .slice(0, most)
    },
    watch: (changed) => {
      watchers.push(changed)
    },
    close: async () => undefined
  }
  return keeping
}
