import { cpus, loadavg, totalmem } from 'node:os'
import type { Figure } from './figures.ts'
import type { Measurement } from './measure.ts'
import type { Options } from './options.ts'
import type { PeerName } from './peers/catalogue.ts'
import { ratiosOf, type Spread, spreadOf } from './statistics.ts'
import type { Workload } from './workloads/workload.ts'

/** What a run has found, as it is written to a file. */
export interface Results {
  readonly machine: {
    readonly processor: string
    readonly cores: number
    readonly memoryGigabytes: number
    readonly node: string
    /** Averages of a minute, at the start and at the end. */
    readonly load: readonly [number, number]
  }
  readonly rounds: number
  readonly requests: number
  readonly workloads: readonly WorkloadResult[]
  readonly figures: readonly FigureResult[]
  readonly skipped: readonly string[]
}

export interface WorkloadResult {
  readonly name: string
  readonly title: string
  readonly group: Workload['group']
  readonly comparedWith?: string
  /** CPU of the server for one validation, in microseconds. */
  readonly cpu: Readonly<Partial<Record<PeerName, Spread>>>
  /** A peer's CPU by that of vidimus, of the same rounds. */
  readonly ratio: Readonly<Partial<Record<PeerName, Spread>>>
  /** Resident megabytes of each server after the workload. */
  readonly memory: Readonly<Partial<Record<PeerName, number>>>
}

export interface FigureResult {
  readonly name: string
  readonly title: string
  readonly unit: string
  readonly values: Readonly<Partial<Record<PeerName, Spread>>>
}

export const currentLoad = (): number => loadavg()[0] ?? 0

export const resultsOf = (
  { rounds, requests }: Options,
  measurements: readonly Measurement[],
  figures: readonly Figure[],
  loadAtStart: number,
  skipped: readonly string[]
): Results => ({
  machine: {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: [loadAtStart, currentLoad()]
  },
  rounds,
  requests,
  workloads: measurements.filter(({ cpu }) => cpu.has('vidimus')).map(workloadResult),
  figures: figures.map(({ values, ...figure }) => ({ ...figure, values: Object.fromEntries(values) })),
  skipped
})

const workloadResult = ({ workload, cpu, memory }: Measurement): WorkloadResult => {
  const { name, title, group, comparedWith } = workload
  const own = cpu.get('vidimus') ?? []
  const others = [...cpu].filter(([peer]) => peer !== 'vidimus')
  return {
    name,
    title,
    group,
    ...(comparedWith === undefined ? {} : { comparedWith }),
    cpu: Object.fromEntries([...cpu].map(([peer, figures]) => [peer, spreadOf(figures)])),
    ratio: Object.fromEntries(others.map(([peer, figures]) => [peer, ratiosOf(figures, own)])),
    memory: Object.fromEntries([...memory].map(([peer, bytes]) => [peer, Math.round(bytes / 1e6)]))
  }
}
