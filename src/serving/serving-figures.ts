import { type Figure, plainFigure } from '../service/metrics.ts'
import type { ServingEnd } from './serving-process.ts'

/** What the primary knows of the processes that serve. */
export interface ServingCounts {
  readonly serving: number
  readonly starting: number
  readonly ended: Readonly<Record<Exclude<ServingEnd, 'closed'>, number>>
  /** Connections that processes with more to do than others were told to end. */
  readonly moved: number
  /** Connections that were closed while none served. */
  readonly dropped: number
}

/** What is to be told of the processes that serve. */
export const servingFigures = (counts: () => ServingCounts): readonly Figure[] => [
  {
    name: 'vidimus_serving_processes',
    help: 'Processes that serve, and those that are starting.',
    type: 'gauge',
    labels: ['state'],
    read: () => {
      const { serving, starting } = counts()
      return [
        { labels: { state: 'serving' }, value: serving },
        { labels: { state: 'starting' }, value: starting }
      ]
    }
  },
  {
    name: 'vidimus_serving_processes_ended_total',
    help: 'Such processes that ended and were replaced: by a crash, since they said nothing (silent), or since they did not take over a trust store in time (late).',
    type: 'counter',
    labels: ['reason'],
    read: () => Object.entries(counts().ended).map(([reason, value]) => ({ labels: { reason }, value }))
  },
  plainFigure(
    'vidimus_connections_moved_total',
    'counter',
    'Kept connections that were to end with their next answer, since their process had more to do than others.',
    () => counts().moved
  ),
  plainFigure(
    'vidimus_connections_refused_total',
    'counter',
    'Connections that were closed because no process served and many waited for one already.',
    () => counts().dropped
  )
]
