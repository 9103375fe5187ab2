import type { StoreContent, StoreKeeping, VersionRecord } from '../trust/keeping.ts'
import { KeepingError } from '../trust/keeping.ts'
import type { Gatherings } from './gatherings.ts'
import type { Beginning, KeepingReply, PrimaryCalls, RememberedEntries } from './protocol.ts'
import type { PublishedStores } from './published-stores.ts'
import type { ServingProcess } from './serving-process.ts'

export interface AnsweringParts {
  readonly begins: () => Omit<Beginning, 'stores'>
  readonly stores: PublishedStores
  readonly keeping: StoreKeeping
  readonly serve: (record: VersionRecord, content: StoreContent | undefined) => Promise<void>
  readonly warnings: () => readonly string[]
  readonly metrics: () => Promise<string>
  /** For how many milliseconds a client has to wait. */
  readonly take: (client: string) => number
  /** Undefined where nothing is fetched. */
  readonly gatherings: Gatherings | undefined
  readonly remembered: () => Promise<RememberedEntries>
}

/** What the primary answers a serving process: all that there is once for the whole service. */
export const primaryCalls = (
  { begins, stores, keeping, serve, warnings, metrics, take, gatherings, remembered }: AnsweringParts,
  process: ServingProcess
): Omit<PrimaryCalls, 'ready' | 'arrived'> => ({
  begin: () => ({ ...begins(), stores: stores.begin(process) }),
  heads: () => reply(() => keeping.heads()),
  read: ({ name, version }) => reply(() => keeping.read(name, version)),
  keep: (change) => keeping.keep(change),
  versions: ({ name, before, most }) => reply(() => keeping.versions(name, before, most)),
  serve: async ({ record, content }) => {
    await serve(record, content)
    await stores.whenServed()
  },
  warnings,
  metrics,
  rates: (clients) => clients.map(take),
  round: async ({ gathering, wants }) => {
    if (gatherings === undefined) throw new Error('something is to be fetched though nothing may be')
    return await gatherings.round(process, gathering, wants)
  },
  gathered: (gathering) => gatherings?.end(process, gathering),
  remembered
})

/** An exception does not go over the line; why the database did not answer does. */
const reply = async <T>(ask: () => Promise<T>): Promise<KeepingReply<T>> => {
  try {
    return { ok: true, value: await ask() }
  } catch (error) {
    if (!(error instanceof KeepingError)) throw error
    return { ok: false, fault: error.fault, reason: error.message }
  }
}
