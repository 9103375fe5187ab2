import type { ApplicationConfig } from '../application.ts'
import type { FetchReport } from '../core/model/verdict.ts'
import type { Note } from '../service/lanes/job.ts'
import type { PortableGathered, PortableWant } from '../service/lanes/portable-evidence.ts'
import type { PortableStore } from '../service/lanes/portable-store.ts'
import type { MetricValues } from '../service/metrics.ts'
import type { RememberedRequest } from '../service/remembered-requests.ts'
import type { ContentRead, KeepingFault, Kept, StoreChange, StoreContent, VersionRecord } from '../trust/keeping.ts'
import type { StoreSnapshot } from '../trust/registry.ts'

/** A trust store as it is served, to be served by another process as well. */
export interface PortableSnapshot extends Omit<StoreSnapshot, 'store'> {
  readonly store: PortableStore
  /** Of an uploaded one. */
  readonly record: VersionRecord | undefined
}

/** A store as it is from now on; undefined where there is none any more. */
export interface StoreNews {
  readonly name: string
  readonly snapshot: PortableSnapshot | undefined
}

/** What a serving process begins with. */
export interface Beginning {
  readonly config: ApplicationConfig
  /** In the order of their names. */
  readonly stores: readonly StoreNews[]
  readonly defaultStores: readonly string[]
  /** Milliseconds in which something that is to be fetched is there or is not; undefined where nothing is fetched. */
  readonly fetchingMs: number | undefined
  readonly notReady: readonly string[]
}

/** What the database said, or why it said nothing. */
export type KeepingReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: KeepingFault; readonly reason: string }

/** What came of a round of gathering: what the process has to know first, and all that was gathered so far. */
export interface RoundReply {
  readonly news: boolean
  readonly notes: readonly Note[]
  readonly gathered: PortableGathered
  readonly reports: readonly FetchReport[]
}

export type RememberedEntries = readonly (readonly [id: string, request: RememberedRequest])[]

/** What a serving process does at this moment. */
export interface Load {
  /** Microseconds of CPU since it was last asked. */
  readonly cpu: number
  /** Connections on which something was asked since then. */
  readonly busy: number
  /** All that are open. */
  readonly open: number
}

/** What the primary can be asked by a serving process. */
export interface PrimaryCalls {
  begin(question: undefined): Beginning
  /** Tells that it can serve. */
  ready(question: undefined): void
  /** Tells by their numbers which of the connections have come that were given to it. */
  arrived(connections: readonly number[]): void
  heads(question: undefined): Promise<KeepingReply<readonly VersionRecord[]>>
  read(question: { readonly name: string; readonly version: number }): Promise<KeepingReply<ContentRead>>
  keep(change: StoreChange): Promise<Kept>
  versions(question: {
    readonly name: string
    readonly before: number | undefined
    readonly most: number
  }): Promise<KeepingReply<readonly VersionRecord[]>>
  /** Answers when every process serves that version. */
  serve(kept: { readonly record: VersionRecord; readonly content: StoreContent | undefined }): Promise<void>
  warnings(question: undefined): readonly string[]
  /** The figures of the whole service, as text. */
  metrics(question: undefined): Promise<string>
  /** For how many milliseconds each of these clients has to wait. */
  rates(clients: readonly string[]): readonly number[]
  round(question: { readonly gathering: number; readonly wants: readonly PortableWant[] }): Promise<RoundReply>
  /** Tells that a gathering is over. */
  gathered(gathering: number): void
  /** The requests that all processes remember. */
  remembered(question: undefined): Promise<RememberedEntries>
}

/** What a serving process can be asked by the primary. */
export interface ServingCalls {
  /** Answers when it serves the news. */
  store(news: StoreNews): Promise<void>
  /** Why nothing should be sent to the service at this moment. */
  state(notReady: readonly string[]): void
  figures(question: undefined): Promise<MetricValues>
  remembered(question: undefined): Promise<RememberedEntries>
  reloadTokens(question: undefined): Promise<void>
  load(question: undefined): Promise<Load>
  /** Tells it to end so many connections, each with the next answer on it: it has more to do than others. */
  shed(connections: number): Promise<void>
  /** Holds answers back, so that those who ask again and again pause. */
  hold(question: undefined): Promise<void>
  /** Gives them, and answers when no connection is left. */
  finish(question: undefined): Promise<void>
  /** Tells it to end, when all that it has logged is written. */
  end(question: undefined): Promise<void>
}

/** What goes beside calls: a connection, whose handle comes with it. */
export interface ConnectionMessage {
  readonly type: 'connection'
  /** Counted by the primary, for each process. */
  readonly number: number
}
