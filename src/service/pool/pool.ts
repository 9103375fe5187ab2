import { Offences } from './offences.ts'
import { Pace } from './pace.ts'
import {
  type EndReason,
  type WorkerEnd,
  type WorkerOutcome,
  WorkerProcess,
  type WorkerSettings
} from './worker-process.ts'

export interface PoolSettings extends WorkerSettings {
  /** Pieces of work at once. There is one process more, as soon as work has come: it takes the place of one that is ended. */
  readonly size: number
  /** Pieces of work that may wait for one. */
  readonly queue: number
  /** Milliseconds that one may wait; what would wait longer, at the pace of late, is turned away at once. */
  readonly patience: number
  /** Bytes of memory from which a worker is replaced after its work. */
  readonly memoryLimit: number
  /** Hears of each worker that ended, but of those that `close` ended. */
  readonly onEnd?: (end: WorkerEnd) => void
}

export type PoolOutcome<Result> =
  | WorkerOutcome<Result>
  /** The same work has ended a worker twice, and is not tried again for a while. */
  | { readonly kind: 'refused' }
  /** It never began. */
  | { readonly kind: 'overloaded' }

export interface PoolCounts {
  /** Processes by what they do. */
  readonly workers: Readonly<Record<'busy' | 'ready' | 'starting', number>>
  readonly waiting: number
  readonly done: number
  readonly ended: Readonly<Record<Exclude<EndReason, 'closed'>, number>>
  /** Why work was not begun: the queue was full, it waited too long, it had ended workers before. */
  readonly turnedAway: Readonly<Record<'full' | 'late' | 'repeated', number>>
}

/** A piece of work as a certain worker needs to hear it: what it does not know yet, and the work. */
export interface Order<Job, Note> {
  readonly notes: readonly Note[]
  readonly job: Job
}

export interface Piece<Job, Note> {
  /** Called once, when it is known who does the work; workers are told apart by the object. */
  readonly orderFor: (worker: object) => Order<Job, Note>
  /** Tells the same work from other work, as a hash of all that it depends on. */
  readonly name: () => string
  /** How many times the deadline it may take; once, where it is left out. */
  readonly deadlines?: number
}

interface Waiting<Job, Note, Result> {
  readonly piece: Piece<Job, Note>
  readonly settle: (outcome: PoolOutcome<Result>) => void
  timer?: NodeJS.Timeout
}

/** How often the same work may end a worker before it is refused for a while. */
export const attemptsAllowed = 2
const offenceMemory = 60_000
/** Milliseconds after a process that could not be started until another is. */
const retryTime = 100

/**
 * Does work in processes of its own that can be ended: what takes too long, runs out of memory or crashes in native code
 * costs its own answer and no other. Processes start when work first comes; one that ended is replaced at once, and a spare one
 * serves until then.
 */
export class Pool<Job, Note, Result> {
  readonly #settings: PoolSettings
  readonly #offences: Offences
  readonly #workers = new Set<WorkerProcess<Job, Note, Result>>()
  readonly #free: WorkerProcess<Job, Note, Result>[] = []
  readonly #waiting: Waiting<Job, Note, Result>[] = []
  readonly #pace = new Pace()
  readonly #ended = { deadline: 0, memory: 0, crash: 0, grown: 0 }
  readonly #turnedAway = { full: 0, late: 0, repeated: 0 }
  #starting = 0
  #busy = 0
  #done = 0
  #closed = false

  constructor(settings: PoolSettings) {
    this.#settings = settings
    this.#offences = new Offences(attemptsAllowed, offenceMemory, () => performance.now())
  }

  get counts(): PoolCounts {
    const workers = { busy: this.#busy, ready: this.#free.length, starting: this.#starting }
    const waiting = this.#waiting.length
    return { workers, waiting, done: this.#done, ended: { ...this.#ended }, turnedAway: { ...this.#turnedAway } }
  }

  get processIds(): readonly number[] {
    return [...this.#workers].flatMap(({ processId }) => processId ?? [])
  }

  run(piece: Piece<Job, Note>): Promise<PoolOutcome<Result>> {
    if (!this.#offences.empty && this.#offences.isRefused(piece.name())) {
      this.#turnedAway.repeated++
      return Promise.resolve({ kind: 'refused' })
    }
    const { promise, resolve } = Promise.withResolvers<PoolOutcome<Result>>()
    const waiting: Waiting<Job, Note, Result> = { piece, settle: resolve }
    if (this.#closed || this.#isFull()) {
      this.#turnAway(waiting, 'full')
      return promise
    }
    this.#waiting.push(waiting)
    this.#next()
    if (this.#waiting.at(-1) === waiting) {
      waiting.timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        this.#turnAway(waiting, 'late')
      }, this.#settings.patience)
    }
    return promise
  }

  #isFull(): boolean {
    const { size, queue, patience } = this.#settings
    const ahead = this.#waiting.length
    if (this.#busy + ahead < size) return false
    return ahead >= queue || this.#pace.until(ahead + 1, size) > patience
  }

  /** Ends every process; what waits is told that it never began. */
  close(): void {
    this.#closed = true
    this.#turnAllAway()
    for (const worker of this.#workers) worker.end('closed')
  }

  #next(): void {
    const { size } = this.#settings
    while (this.#waiting.length > 0 && this.#busy < size) {
      const worker = this.#free.pop()
      if (worker === undefined) break
      const waiting = worker.alive ? this.#waiting.shift() : undefined
      if (waiting !== undefined) void this.#give(worker, waiting)
    }
    const needed = Math.min(this.#waiting.length, size - this.#busy)
    while (this.#starting < needed && this.#workers.size <= size) if (!this.#start()) return
  }

  async #give(worker: WorkerProcess<Job, Note, Result>, waiting: Waiting<Job, Note, Result>): Promise<void> {
    clearTimeout(waiting.timer)
    const { orderFor, name, deadlines = 1 } = waiting.piece
    const { job, notes } = orderFor(worker)
    this.#busy++
    const begun = performance.now()
    const outcome = await worker.run(job, notes, deadlines * this.#settings.deadline)
    this.#pace.note(performance.now() - begun)
    this.#busy--
    if (outcome.kind === 'done') this.#done++
    else if (outcome.why !== 'closed') this.#offences.note(name())
    waiting.settle(outcome)
    if (this.#closed) return
    if (this.#free.length + this.#starting === 0) this.#replace()
    if (outcome.kind === 'done' && worker.alive) {
      if (worker.memory > this.#settings.memoryLimit) worker.end('grown')
      else this.#free.push(worker)
    }
    this.#next()
  }

  /** Starts a process that may be needed soon. */
  #replace(): void {
    if (this.#workers.size <= this.#settings.size) this.#start()
  }

  /** False where the system gives no process at this moment. */
  #start(): boolean {
    try {
      this.#fork()
      return true
    } catch {
      if (this.#workers.size === 0) this.#turnAllAway()
      return false
    }
  }

  #fork(): void {
    let wasReady = false
    const worker = new WorkerProcess<Job, Note, Result>(this.#settings, (end) => {
      this.#workers.delete(worker)
      if (end.why === 'closed') return
      this.#ended[end.why]++
      this.#settings.onEnd?.(end)
      if (this.#closed || !wasReady) return
      // Work that comes next should not wait for the start as well. A process that had none may end whenever it starts.
      if (worker.used) this.#replace()
      this.#next()
    })
    this.#workers.add(worker)
    this.#starting++
    void worker.ready.then((ready) => {
      wasReady = ready
      this.#starting--
      if (ready) {
        this.#free.push(worker)
        this.#next()
        return
      }
      // Where no process can be started, waiting is in vain; where others work, it is tried again, but never at once: that would be for ever.
      if (this.#workers.size === 0) this.#turnAllAway()
      else setTimeout(() => this.#next(), retryTime).unref()
    })
  }

  #turnAllAway(): void {
    for (const waiting of this.#waiting.splice(0)) this.#turnAway(waiting, 'full')
  }

  #turnAway(waiting: Waiting<Job, Note, Result>, why: 'full' | 'late'): void {
    clearTimeout(waiting.timer)
    this.#turnedAway[why]++
    waiting.settle({ kind: 'overloaded' })
  }
}
