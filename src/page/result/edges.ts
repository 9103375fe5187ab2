import { drawn } from '../dom.ts'
import type { Graph } from './graph.ts'

/** Draws the edges of a graph between its cards, and again whenever these have moved. */
export const drawEdges = (
  drawing: HTMLElement,
  cards: ReadonlyMap<string, HTMLElement>,
  edges: Graph['edges']
): void => {
  const svg = drawn('svg', { class: 'edges', 'aria-hidden': 'true' })
  drawing.prepend(svg)
  const draw = (): void => {
    svg.setAttribute('viewBox', `0 0 ${drawing.clientWidth} ${drawing.clientHeight}`)
    const lines = edges.flatMap(({ from, to, main }) => {
      const [lower, upper] = [cards.get(from), cards.get(to)]
      if (lower === undefined || upper === undefined || lower.offsetParent === null || upper.offsetParent === null)
        return []
      return [drawn('path', { d: line(boxOf(lower), boxOf(upper)), class: main ? 'edge main' : 'edge' })]
    })
    svg.replaceChildren(...lines)
  }
  new ResizeObserver(draw).observe(drawing)
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const boxOf = ({ offsetLeft, offsetTop, offsetWidth, offsetHeight }: HTMLElement): Box => ({
  left: offsetLeft,
  right: offsetLeft + offsetWidth,
  top: offsetTop,
  bottom: offsetTop + offsetHeight
})

/** How far from the left of a card the lines of its own column run. */
const inset = 28

/** From a card to the one that issued it: straight below in the same column, else out at the side and around. */
const line = (from: Box, to: Box): string => {
  if (Math.abs(from.left - to.left) < 2) return `M${from.left + inset} ${from.bottom}V${to.top}`
  if (to.left > from.left) {
    const [x, y] = [to.left + inset, Math.min((from.top + from.bottom) / 2, from.top + inset)]
    return `M${from.right} ${y}H${x - 12}Q${x} ${y} ${x} ${y + 12}V${to.top}`
  }
  const [x, y] = [from.left + inset, Math.min((to.top + to.bottom) / 2, to.top + inset)]
  return `M${x} ${from.bottom}V${y - 12}Q${x} ${y} ${x - 12} ${y}H${to.right}`
}
