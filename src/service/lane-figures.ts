import type { LaneCounts } from './lanes/lanes.ts'
import { type Figure, plainFigure } from './metrics.ts'

/** What is to be told of the lanes of validation: how much went which way, and how its processes fare. */
export const laneFigures = (counts: () => LaneCounts): readonly Figure[] => [
  {
    name: 'vidimus_lane_validations_total',
    help: 'Judgements by lane: here where the request arrived, process in one that can be ended. One that fetches has several.',
    type: 'counter',
    labels: ['lane'],
    read: () => {
      const { here, done } = counts()
      return [
        { labels: { lane: 'here' }, value: here },
        { labels: { lane: 'process' }, value: done }
      ]
    }
  },
  {
    name: 'vidimus_worker_processes',
    help: 'Processes that judge large requests, by what they do. They start when the first one comes; one is kept in reserve.',
    type: 'gauge',
    labels: ['state'],
    read: () => Object.entries(counts().workers).map(([state, value]) => ({ labels: { state }, value }))
  },
  {
    name: 'vidimus_worker_processes_ended_total',
    help: 'Such processes that ended: at the deadline of a request, out of memory, by a crash, or grown too large between two requests.',
    type: 'counter',
    labels: ['reason'],
    read: () => Object.entries(counts().ended).map(([reason, value]) => ({ labels: { reason }, value }))
  },
  plainFigure(
    'vidimus_waiting_validations',
    'gauge',
    'Judgements that wait for such a process.',
    () => counts().waiting
  ),
  {
    name: 'vidimus_validations_turned_away_total',
    help: 'Judgements that were not begun: the queue was full, they waited too long (late), or the same request ended processes before (repeated).',
    type: 'counter',
    labels: ['reason'],
    read: () => Object.entries(counts().turnedAway).map(([reason, value]) => ({ labels: { reason }, value }))
  }
]
