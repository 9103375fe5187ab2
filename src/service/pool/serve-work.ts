import { withholdMemory } from './core-dumps.ts'
import type { FromWorker, ToWorker, WorkFault } from './protocol.ts'
import { endWithParent } from './watched.ts'

/** What a worker process does with what it is told. */
export interface Worker<Job, Note, Result> {
  /** Takes in what later work needs. */
  note(note: Note): void
  work(job: Job): Result
}

/** The worker's side of a pool: does one piece of work after another, for as long as the process that serves is there. */
export const serveWork = <Job, Note, Result>(worker: Worker<Job, Note, Result>): void => {
  withholdMemory()
  const say = (message: FromWorker<Result>): void => {
    process.send?.(message)
  }
  let noted = false
  process.on('message', (message: ToWorker<Job, Note>) => {
    if (message.type === 'note') {
      worker.note(message.note)
      noted = true
      return
    }
    const { id, job } = message
    if (noted) say({ type: 'begun', id })
    noted = false
    try {
      say({ type: 'result', id, result: worker.work(job), memory: process.memoryUsage.rss() })
    } catch (error) {
      say({ type: 'failed', id, fault: faultOf(error) })
    }
  })
  // Nobody is left to work for.
  process.on('disconnect', () => process.exit())
  // A terminal or a supervisor signals the whole group: what is in flight goes on until the process that serves ends it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  say({ type: 'ready' })
  endWithParent()
}

const faultOf = (error: unknown): WorkFault => {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] }
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: error.name, stack: lines.slice(0, 12).map((line) => line.trim()) }
}
