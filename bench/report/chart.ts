import { type PeerName, peerNames, peerTitles } from '../peers/catalogue.ts'
import type { Results, WorkloadResult } from '../results.ts'
import { number } from './table.ts'

const colours: Readonly<Record<PeerName, string>> = {
  vidimus: '#0b6e4f',
  go: '#3b82b8',
  rust: '#b5562b',
  pkijs: '#8a8a8a',
  echo: '#c9c9c9'
}

const barHeight = 14
const groupGap = 14
const labelWidth = 270
const plotWidth = 520
const top = 54

/** The main workloads as bars on a logarithmic scale, as SVG: the shorter, the less CPU. */
export const chartOf = ({ workloads }: Results): string => {
  const shown = workloads.filter(({ group, name }) => (group === 'cold' || group === 'hot') && !name.includes('mixed'))
  const most = Math.max(10, ...shown.flatMap(({ cpu }) => Object.values(cpu).map(({ median }) => median)))
  const decades = Math.ceil(Math.log10(most)) - 1
  const x = (value: number): number => labelWidth + (Math.max(0, Math.log10(value / 10)) / decades) * plotWidth
  let y = top
  const groups: string[] = []
  for (const workload of shown) {
    const peers = peersIn(workload)
    groups.push(label(workload.title, y + (peers.length * barHeight) / 2))
    for (const { peer, median } of peers) {
      groups.push(bar(peer, x(median) - labelWidth, y, number(median)))
      y += barHeight
    }
    y += groupGap
  }
  const marks = Array.from({ length: decades + 1 }, (_, at) => gridLine(10 ** (at + 1), x(10 ** (at + 1)), y))
  const width = labelWidth + plotWidth + 70
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 10}" font-family="sans-serif" font-size="11">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${y + 10}" fill="#ffffff"/>`,
    `<text x="10" y="18" font-size="13" font-weight="bold">${title}</text>`,
    ...legend(shown),
    ...marks,
    ...groups,
    '</svg>',
    ''
  ].join('\n')
}

const peersIn = ({ cpu }: WorkloadResult): readonly { readonly peer: PeerName; readonly median: number }[] =>
  peerNames.flatMap((peer) => {
    const spread = cpu[peer]
    return spread === undefined ? [] : [{ peer, median: spread.median }]
  })

const label = (text: string, y: number): string =>
  `<text x="${labelWidth - 8}" y="${Math.round(y + 4)}" text-anchor="end">${escaped(text)}</text>`

const bar = (peer: PeerName, width: number, y: number, value: string): string =>
  `<rect x="${labelWidth}" y="${y}" width="${width.toFixed(1)}" height="${barHeight - 2}" fill="${colours[peer]}"/>` +
  `<text x="${(labelWidth + width + 4).toFixed(1)}" y="${y + 10}" fill="#333333">${value}</text>`

const gridLine = (value: number, x: number, bottom: number): string =>
  `<line x1="${x.toFixed(1)}" y1="${top - 6}" x2="${x.toFixed(1)}" y2="${bottom}" stroke="#e4e4e4"/>` +
  `<text x="${x.toFixed(1)}" y="${top - 10}" text-anchor="middle" fill="#777777">${value.toLocaleString('en')}</text>`

const legend = (shown: readonly WorkloadResult[]): readonly string[] => {
  const peers = peerNames.filter((peer) => shown.some(({ cpu }) => cpu[peer] !== undefined))
  return peers.map((peer, at) => {
    const x = 10 + at * 180
    return (
      `<rect x="${x}" y="25" width="10" height="10" fill="${colours[peer]}"/>` +
      `<text x="${x + 14}" y="34">${escaped(peerTitles[peer])}</text>`
    )
  })
}

const title = 'CPU of the server for one validation, in µs (logarithmic)'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
