import { type ChildProcess, fork } from 'node:child_process'
import type { FromWorker, ToWorker } from './protocol.ts'

/** How one piece of work ended: with a result, or with its process. */
export type WorkerOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'ended'; readonly why: 'deadline' | 'crash' }

export interface WorkerSettings {
  /** The module that the process runs; it answers by `protocol.ts`. */
  readonly entry: URL
  /** Milliseconds that one piece of work may take. */
  readonly deadline: number
  /** Mebibytes of JavaScript objects; over these the process ends. */
  readonly heapLimit: number
}

/** Milliseconds in which a new process must be ready. */
const startTime = 10_000

/**
 * One worker process, which does one piece of work at a time and is ended, with whatever native code it may hang in, when
 * that takes too long. It is not used again then.
 */
export class WorkerProcess<Job, Note, Result> {
  readonly #child: ChildProcess
  readonly #deadline: number
  readonly #ready: Promise<boolean>
  #current: { readonly id: number; readonly settle: (outcome: WorkerOutcome<Result>) => void } | undefined
  #lastId = 0
  #memory = 0
  #alive = true

  constructor({ entry, deadline, heapLimit }: WorkerSettings, onEnd: () => void) {
    this.#deadline = deadline
    this.#child = fork(entry, {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${heapLimit}`],
      // Secrets of the service are none of its business, and what it would print belongs in no log.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc']
    })
    this.#child.unref()
    this.#child.channel?.unref()
    const { promise, resolve } = Promise.withResolvers<boolean>()
    this.#ready = promise
    const late = setTimeout(() => this.end(), startTime)
    late.unref()
    this.#child.on('message', (message: FromWorker<Result>) => {
      if (message.type === 'ready') {
        clearTimeout(late)
        resolve(true)
      } else if (message.id === this.#current?.id) {
        this.#memory = message.memory
        this.#settle({ kind: 'done', result: message.result })
      }
    })
    const ended = (): void => {
      if (!this.#alive) return
      this.#alive = false
      clearTimeout(late)
      resolve(false)
      this.#settle({ kind: 'ended', why: 'crash' })
      onEnd()
    }
    this.#child.once('exit', ended)
    this.#child.once('error', ended)
  }

  get alive(): boolean {
    return this.#alive
  }

  /** Bytes of memory that the process held when it last answered. */
  get memory(): number {
    return this.#memory
  }

  get processId(): number | undefined {
    return this.#child.pid
  }

  /** False where the process ended before it was ready. */
  get ready(): Promise<boolean> {
    return this.#ready
  }

  /** Does one piece of work, after the notes; the time counts from now. Only for a process that is ready and has none. */
  run(job: Job, notes: readonly Note[]): Promise<WorkerOutcome<Result>> {
    const { promise, resolve } = Promise.withResolvers<WorkerOutcome<Result>>()
    const id = ++this.#lastId
    const timer = setTimeout(() => {
      this.#settle({ kind: 'ended', why: 'deadline' })
      this.end()
    }, this.#deadline)
    this.#current = {
      id,
      settle: (outcome) => {
        clearTimeout(timer)
        resolve(outcome)
      }
    }
    // While there is work, the process that serves must not end for want of other things to do.
    this.#child.channel?.ref()
    for (const note of notes) this.#send({ type: 'note', note })
    this.#send({ type: 'job', id, job })
    return promise
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }

  #send(message: ToWorker<Job, Note>): void {
    // What cannot be sent is followed by the end of the process, which settles the work.
    if (this.#child.connected) this.#child.send(message as object, () => undefined)
  }

  #settle(outcome: WorkerOutcome<Result>): void {
    const current = this.#current
    this.#current = undefined
    this.#child.channel?.unref()
    current?.settle(outcome)
  }
}
