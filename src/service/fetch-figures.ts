import type { Fetching } from '../net/fetching.ts'
import { type Figure, plainFigure } from './metrics.ts'

/** What is to be told of fetching: what went out and what came of it, and what it takes at this moment. */
export const fetchFigures = ({ counters, load }: Fetching): readonly Figure[] => [
  {
    name: 'vidimus_fetches_total',
    help: 'What was fetched, by what it was (crl, ocsp, issuer) and what came of it: fetched, or why not.',
    type: 'counter',
    labels: ['kind', 'outcome'],
    read: () =>
      [...counters.outcomes].map(([name, value]) => {
        const [kind = '', outcome = ''] = name.split(' ')
        return { labels: { kind, outcome }, value }
      })
  },
  plainFigure(
    'vidimus_fetched_bytes_total',
    'counter',
    'Bytes of contents that were fetched whole.',
    () => counters.receivedBytes
  ),
  {
    name: 'vidimus_evidence_found_total',
    help: 'Evidence that needed no fetch, by where it was: memory or kept; failure where it had failed lately.',
    type: 'counter',
    labels: ['where'],
    read: () => [
      { labels: { where: 'memory' }, value: counters.found.memory },
      { labels: { where: 'kept' }, value: counters.found.kept },
      { labels: { where: 'failure' }, value: counters.found.rememberedFailure }
    ]
  },
  {
    name: 'vidimus_fetches_in_progress',
    help: 'Connections for fetching that are open, and fetches that wait for one.',
    type: 'gauge',
    labels: ['state'],
    read: () => {
      const { inFlight, waiting } = load()
      return [
        { labels: { state: 'open' }, value: inFlight },
        { labels: { state: 'waiting' }, value: waiting }
      ]
    }
  },
  plainFigure(
    'vidimus_evidence_memory_bytes',
    'gauge',
    'Bytes that fetched evidence takes in memory, about.',
    () => load().memoryBytes
  )
]
