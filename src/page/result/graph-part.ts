import type { Verdict } from '../../../openapi/types.d.ts'
import { element, section } from '../dom.ts'
import { counted } from '../wording.ts'
import { certificateCard } from './certificate-card.ts'
import { drawEdges } from './edges.ts'
import { type GraphNode, graphOf } from './graph.ts'

/** The path from end entity to trust anchor, and beside it where the candidates branched off that were given up. */
export const graphPart = (verdict: Verdict): HTMLElement | undefined => {
  if (verdict.path.length === 0) return undefined
  const graph = graphOf(verdict)
  const main = graph.nodes.filter(({ column }) => column === 0)
  const branches = graph.nodes.filter(({ column }) => column > 0)
  const cards = new Map<string, HTMLElement>()
  const placed = (node: GraphNode): HTMLElement => {
    const card = certificateCard(node, verdict.valid)
    cards.set(node.key, card)
    card.style.gridRow = String(node.row + 1)
    card.style.gridColumn = String(node.column + 1)
    return card
  }
  const last = verdict.trustAnchor === null && verdict.path.at(-1)?.role !== 'trust-anchor'
  const end = element(
    'li',
    { class: 'card ghost' },
    element('p', { class: 'name' }, 'No trust anchor'),
    element('p', { class: 'hint' }, 'Nothing that is trusted was found above it.')
  )
  end.style.gridRow = String(verdict.path.length + 1)
  const drawing = element(
    'div',
    { class: branches.length === 0 ? 'graph' : 'graph branched' },
    element(
      'ol',
      { class: 'main-path', 'aria-label': 'The path, end entity first' },
      ...main.map(placed),
      ...(last ? [end] : [])
    ),
    branches.length === 0
      ? undefined
      : element('ul', { class: 'branches', 'aria-label': 'Certificates of other candidates' }, ...branches.map(placed))
  )
  if (last) cards.set('end', end)
  const lastOfPath = main.at(-1)
  const edges = last && lastOfPath !== undefined ? [{ from: lastOfPath.key, to: 'end', main: false }] : []
  drawEdges(drawing, cards, [...graph.edges, ...edges])
  const title = verdict.valid ? 'The path' : 'The path that came nearest'
  const more =
    graph.leftOut === 0
      ? undefined
      : element('p', { class: 'hint' }, `${counted(graph.leftOut, 'more candidate')} below.`)
  return section('path', title, drawing, more)
}
