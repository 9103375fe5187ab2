import { type PeerName, peerNames } from '../peers/catalogue.ts'
import type { FigureResult, Results, WorkloadResult } from '../results.ts'
import type { Spread } from '../statistics.ts'

type Row = readonly string[]

/** The results as tables of text, in Markdown, so that they can be read and pasted. */
export const tablesOf = ({ workloads, figures, skipped }: Results): string =>
  [cpuTable(workloads), ratioTable(workloads), invalidTable(workloads), figureTable(figures), skippedList(skipped)]
    .filter((part) => part !== '')
    .join('\n\n')

const present = (rows: readonly Readonly<Partial<Record<PeerName, unknown>>>[]): readonly PeerName[] =>
  peerNames.filter((name) => rows.some((row) => row[name] !== undefined))

const cpuTable = (workloads: readonly WorkloadResult[]): string => {
  if (workloads.length === 0) return ''
  const peers = present(workloads.map(({ cpu }) => cpu))
  const rows = workloads.map(({ title, cpu }) => [title, ...peers.map((peer) => spreadText(cpu[peer]))])
  return `CPU of the server for one validation, in µs: median (least to most of the rounds)\n\n${table(['workload', ...peers], rows)}`
}

const ratioTable = (workloads: readonly WorkloadResult[]): string => {
  const compared = workloads.filter(({ ratio }) => Object.keys(ratio).length > 0)
  if (compared.length === 0) return ''
  const peers = present(compared.map(({ ratio }) => ratio))
  const rows = compared.map(({ title, ratio }) => [title, ...peers.map((peer) => spreadText(ratio[peer]))])
  return `The same by vidimus's, round by round: above 1, vidimus needs less\n\n${table(['workload', ...peers], rows)}`
}

/** What a chain that is not valid costs by a valid one of the same shape. */
const invalidTable = (workloads: readonly WorkloadResult[]): string => {
  const byName = new Map(workloads.map((workload) => [workload.name, workload]))
  const rows = workloads.flatMap(({ title, comparedWith, cpu }): readonly Row[] => {
    const base = byName.get(comparedWith ?? '')?.cpu.vidimus
    return base === undefined || cpu.vidimus === undefined ? [] : [[title, number(cpu.vidimus.median / base.median)]]
  })
  return rows.length === 0
    ? ''
    : `Chains that are not valid, by the valid one of the same shape (medians)\n\n${table(['workload', 'ratio'], rows)}`
}

const figureTable = (figures: readonly FigureResult[]): string => {
  if (figures.length === 0) return ''
  const peers = present(figures.map(({ values }) => values))
  const rows = figures.map(({ title, unit, values }) => [
    `${title} (${unit})`,
    ...peers.map((peer) => spreadText(values[peer]))
  ])
  return `Starting, large files, and several processes: median (least to most)\n\n${table(['figure', ...peers], rows)}`
}

const skippedList = (skipped: readonly string[]): string =>
  skipped.length === 0 ? '' : `Not measured:\n\n${skipped.map((line) => `- ${line}`).join('\n')}`

const spreadText = (spread: Spread | undefined): string =>
  spread === undefined ? '' : `${number(spread.median)} (${number(spread.least)} to ${number(spread.most)})`

/** Three digits that count. */
export const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2)

const table = (head: Row, rows: readonly Row[]): string => {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)))
  const line = (cells: Row): string => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}
