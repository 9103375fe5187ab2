import type { FetchFaultKind } from './fetch-fault.ts'

/** What is fetched: part of the names of metrics. */
export type FetchKind = 'crl' | 'ocsp' | 'issuer'

export type FetchOutcome = 'fetched' | FetchFaultKind

/** What went out and what came of it, since the process began. Plain numbers, to be read by whoever shows them. */
export interface FetchCounters {
  /** By what was asked for and what came of it, as `crl fetched`. */
  readonly outcomes: Map<`${FetchKind} ${FetchOutcome}`, number>
  /** Octets of contents that were received whole. */
  receivedBytes: number
  /** Answers that needed no fetch, by where the evidence was. */
  readonly found: { memory: number; kept: number; rememberedFailure: number }
}

export const fetchCounters = (): FetchCounters => ({
  outcomes: new Map(),
  receivedBytes: 0,
  found: { memory: 0, kept: 0, rememberedFailure: 0 }
})

export const countOutcome = (counters: FetchCounters, kind: FetchKind, outcome: FetchOutcome): void => {
  const name = `${kind} ${outcome}` as const
  counters.outcomes.set(name, (counters.outcomes.get(name) ?? 0) + 1)
}
