import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Results } from '../results.ts'
import { chartOf } from './chart.ts'
import { tablesOf } from './table.ts'

/**
 * Puts the results of a run into docs/benchmarks.md, between its two marks, and draws the picture beside it:
 *
 *     npm run bench -- --json results.json && npx --no-install node bench/report/document.ts results.json
 */
const path = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url))
const begin = '<!-- results: written by bench/report/document.ts -->'
const end = '<!-- end of results -->'

const results: Results = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const { processor, cores, memoryGigabytes, node, load } = results.machine
const machine = `${processor}, ${cores} cores, ${memoryGigabytes} GB, Node.js ${node.slice(1)}; load average at the start ${load[0].toFixed(2)}, at the end ${load[1].toFixed(2)}; ${results.rounds} rounds of ${results.requests} requests.`

const page = readFileSync(path('benchmarks.md'), 'utf8')
const [before, rest] = page.split(begin)
const after = rest?.split(end)[1]
if (before === undefined || after === undefined) throw new Error('docs/benchmarks.md has lost its marks')
writeFileSync(path('benchmarks.md'), `${before}${begin}\n\n${machine}\n\n${tablesOf(results)}\n\n${end}${after}`)
writeFileSync(path('benchmarks.svg'), chartOf(results))
