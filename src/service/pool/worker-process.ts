import { type ChildProcess, fork } from 'node:child_process'
import type { FromWorker, ToWorker, WorkFault } from './protocol.ts'

/**
 * Why a process ended: its work took too long, it ran out of memory, it crashed, it had grown too large between two pieces of
 * work, or it was not needed any more.
 */
export type EndReason = 'deadline' | 'memory' | 'crash' | 'grown' | 'closed'

/** How one piece of work ended: with a result, or with its process. */
export type WorkerOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'ended'; readonly why: EndReason }

/** The end of a process, for the log. */
export interface WorkerEnd {
  readonly why: EndReason
  readonly processId: number | undefined
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** Of the work that it had, since that began. */
  readonly milliseconds: number | undefined
  readonly fault: WorkFault | undefined
}

export interface WorkerSettings {
  /** The module that the process runs; it answers by `protocol.ts`. */
  readonly entry: URL
  /** Its arguments: none may hold anything of a request. */
  readonly args: readonly string[]
  /** Milliseconds that one piece of work may take. */
  readonly deadline: number
  /** Mebibytes of JavaScript objects; over these the process ends. */
  readonly heapLimit: number
}

/** Milliseconds in which a new process must be ready, and in which it must have taken in what its work needs to know. */
const preparationTime = 10_000

interface Current<Result> {
  readonly id: number
  readonly begun: number
  /** Milliseconds. */
  readonly deadline: number
  timer: NodeJS.Timeout
  readonly resolve: (outcome: WorkerOutcome<Result>) => void
}

/**
 * One worker process, which does one piece of work at a time and is ended, with whatever native code it may hang in, when
 * that takes too long. It is not used again then.
 */
export class WorkerProcess<Job, Note, Result> {
  readonly #child: ChildProcess
  readonly #deadline: number
  readonly #ready = Promise.withResolvers<boolean>()
  readonly #onEnd: (end: WorkerEnd) => void
  readonly #late: NodeJS.Timeout
  #current: Current<Result> | undefined
  #lastId = 0
  #memory = 0
  #alive = true
  /** Why this side ended it. */
  #reason: EndReason | undefined
  #fault: WorkFault | undefined
  #milliseconds: number | undefined

  constructor({ entry, args, deadline, heapLimit }: WorkerSettings, onEnd: (end: WorkerEnd) => void) {
    this.#deadline = deadline
    this.#onEnd = onEnd
    this.#child = fork(entry, args, {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${heapLimit}`],
      // Secrets of the service are none of its business, and what it would print belongs in no log.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc']
    })
    this.#child.unref()
    this.#child.channel?.unref()
    this.#late = setTimeout(() => this.end('crash'), preparationTime)
    this.#late.unref()
    this.#child.on('message', (message: FromWorker<Result>) => this.#hear(message))
    this.#child.once('exit', (exitCode, signal) => this.#ended(exitCode, signal))
    this.#child.on('error', () => this.#ended(null, null))
  }

  get alive(): boolean {
    return this.#alive
  }

  /** Whether it has had work. */
  get used(): boolean {
    return this.#lastId > 0
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
    return this.#ready.promise
  }

  /**
   * Does one piece of work, after the notes; its time, of `deadline` milliseconds, counts from now, or from when the notes are taken in. Only for a process
   * that is ready and has none.
   */
  run(job: Job, notes: readonly Note[], deadline = this.#deadline): Promise<WorkerOutcome<Result>> {
    const { promise, resolve } = Promise.withResolvers<WorkerOutcome<Result>>()
    const id = ++this.#lastId
    const timer = this.#endAfter(notes.length === 0 ? deadline : preparationTime, id)
    this.#current = { id, begun: performance.now(), deadline, timer, resolve }
    // While there is work, the process that serves must not end for want of other things to do.
    this.#child.channel?.ref()
    for (const note of notes) this.#send({ type: 'note', note })
    this.#send({ type: 'job', id, job })
    return promise
  }

  end(why: EndReason): void {
    this.#reason ??= why
    this.#child.kill('SIGKILL')
  }

  #hear(message: FromWorker<Result>): void {
    if (message.type === 'ready') {
      clearTimeout(this.#late)
      this.#ready.resolve(true)
      return
    }
    const current = this.#current
    if (message.id !== current?.id) return
    if (message.type === 'begun') {
      clearTimeout(current.timer)
      current.timer = this.#endAfter(current.deadline, current.id)
    } else if (message.type === 'result') {
      this.#memory = message.memory
      this.#settle({ kind: 'done', result: message.result })
    } else {
      // Nobody knows what it left behind.
      this.#fault = message.fault
      this.end('crash')
    }
  }

  /** The answer does not wait for the process, which is ended and will not be used again. */
  #endAfter(milliseconds: number, id: number): NodeJS.Timeout {
    const end = (): void => {
      if (this.#current?.id !== id) return
      this.end('deadline')
      this.#settle({ kind: 'ended', why: 'deadline' })
    }
    // A result that has arrived by then is not late, though this process may have been too busy to take it in.
    return setTimeout(() => setImmediate(end), milliseconds)
  }

  #ended(exitCode: number | null, signal: NodeJS.Signals | null): void {
    if (!this.#alive) return
    this.#alive = false
    clearTimeout(this.#late)
    // V8 aborts where it has no memory left.
    const why = this.#reason ?? (signal === 'SIGABRT' ? 'memory' : 'crash')
    this.#settle({ kind: 'ended', why })
    this.#ready.resolve(false)
    const { processId } = this
    this.#onEnd({ why, processId, exitCode, signal, milliseconds: this.#milliseconds, fault: this.#fault })
  }

  #send(message: ToWorker<Job, Note>): void {
    // What cannot be sent is followed by the end of the process, which settles the work.
    if (this.#child.connected) this.#child.send(message as object, () => undefined)
  }

  #settle(outcome: WorkerOutcome<Result>): void {
    const current = this.#current
    if (current === undefined) return
    this.#current = undefined
    clearTimeout(current.timer)
    if (outcome.kind === 'ended') this.#milliseconds = Math.round(performance.now() - current.begun)
    this.#child.channel?.unref()
    current.resolve(outcome)
  }
}
