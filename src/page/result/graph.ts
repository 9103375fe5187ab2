import type { Attempt, Finding, PathEntry, Verdict } from '../../../openapi/types.d.ts'
import { findingsAt } from './states.ts'

/** A certificate of the graph. Row 0 is the end entity; column 0 the path of the verdict, others those that were given up. */
export interface GraphNode {
  readonly key: string
  readonly row: number
  readonly column: number
  readonly entry: PathEntry
  readonly findings: readonly Finding[]
}

export interface Graph {
  readonly nodes: readonly GraphNode[]
  /** From a certificate to that which issued it, by keys; those of the path of the verdict first. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly main: boolean }[]
  /** Candidates that found no room: they are listed, not drawn. */
  readonly leftOut: number
}

/** Columns beside the path of the verdict. */
const mostColumns = 2

/** The paths of a verdict as one graph: a certificate that several go over stands in it once for each row. */
export const graphOf = (verdict: Verdict): Graph => {
  const nodes = new Map<string, GraphNode>()
  const edges = new Map<string, Graph['edges'][number]>()
  const taken = new Map<number, number>()
  const draw = ({ path, errors }: Omit<Attempt, 'outcome'>, main: boolean): boolean => {
    const added = path.flatMap((entry, row): GraphNode[] => {
      if (nodes.has(keyOf(entry, row))) return []
      const column = main ? 0 : (taken.get(row) ?? 0) + 1
      return [{ key: keyOf(entry, row), row, column, entry, findings: findingsAt(errors, row) }]
    })
    if (added.some(({ column }) => column > mostColumns)) return false
    for (const node of added) {
      nodes.set(node.key, node)
      taken.set(node.row, node.column)
    }
    path.slice(1).forEach((entry, below) => {
      const from = keyOf(path[below] ?? entry, below)
      const to = keyOf(entry, below + 1)
      if (!edges.has(`${from} ${to}`)) edges.set(`${from} ${to}`, { from, to, main })
    })
    return true
  }
  draw(verdict, true)
  const others = otherAttempts(verdict)
  const leftOut = others.filter((attempt) => !draw(attempt, false)).length
  return { nodes: [...nodes.values()], edges: [...edges.values()], leftOut }
}

/** The candidates beside the one that the verdict is about. */
export const otherAttempts = ({ attempts = [], path }: Verdict): readonly Attempt[] => {
  const shown = signature(path)
  return attempts.filter((attempt) => signature(attempt.path) !== shown)
}

const signature = (path: readonly PathEntry[]): string => path.map(keyOf).join(' ')

/** Certificates that are not named are told apart by where they stand. */
const keyOf = (entry: PathEntry, row: number): string =>
  `${row} ${entry.fingerprint ?? `${entry.role} ${entry.notBefore} ${entry.notAfter}`}`
