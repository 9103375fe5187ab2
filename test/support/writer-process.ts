import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Outcome, Work } from './keep-writer.ts'
import type { Place } from './keeping-contract.ts'

const script = fileURLToPath(new URL('keep-writer.ts', import.meta.url))

/** A process that changes trust stores at a place. */
export interface Writer {
  readonly process: ChildProcess
  /** What it has said so far, whole lines alone. */
  outcomes(): readonly Outcome[]
  /** Waits until it has ended; gives its exit status, null where a signal ended it, and what it complained about. */
  ended(): Promise<{ readonly status: number | null; readonly complaints: string }>
}

export const startWriter = (place: Place, work: Work): Writer => {
  const child = spawn(process.execPath, [script, JSON.stringify(place), JSON.stringify(work)], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const closed = once(child, 'close')
  return {
    process: child,
    outcomes: () =>
      output
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    ended: async () => {
      await closed
      return { status: child.exitCode, complaints }
    }
  }
}
