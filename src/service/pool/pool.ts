import { Offences } from './offences.ts'
import { type WorkerOutcome, WorkerProcess, type WorkerSettings } from './worker-process.ts'

export interface PoolSettings extends WorkerSettings {
  /** Worker processes at most. */
  readonly size: number
  /** Pieces of work that may wait for one. */
  readonly queue: number
  /** Bytes of memory from which a worker is replaced after its work. */
  readonly memoryLimit: number
}

export type PoolOutcome<Result> =
  | WorkerOutcome<Result>
  /** The same work has ended a worker twice, and is not tried again for a while. */
  | { readonly kind: 'refused' }
  /** It never began. */
  | { readonly kind: 'overloaded' }

export interface PoolCounts {
  readonly workers: number
  readonly waiting: number
  readonly deadlines: number
  readonly crashes: number
  readonly refused: number
  readonly overloaded: number
}

/** A piece of work as a certain worker needs to hear it: what it does not know yet, and the work. */
export interface Order<Job, Note> {
  readonly notes: readonly Note[]
  readonly job: Job
}

interface Waiting<Job, Note, Result> {
  readonly orderFor: (worker: object) => Order<Job, Note>
  readonly work: string
  readonly settle: (outcome: PoolOutcome<Result>) => void
}

/** How often the same work may end a worker before it is refused for a while. */
export const attemptsAllowed = 2
const offenceMemory = 60_000

/**
 * Does work in processes of its own that can be ended: what takes too long, runs out of memory or crashes in native code
 * costs its own answer and no other. Processes start when work first comes, and one that ended is replaced at once.
 */
export class Pool<Job, Note, Result> {
  readonly #settings: PoolSettings
  readonly #offences: Offences
  readonly #workers = new Set<WorkerProcess<Job, Note, Result>>()
  readonly #free: WorkerProcess<Job, Note, Result>[] = []
  readonly #waiting: Waiting<Job, Note, Result>[] = []
  readonly #counts = { deadlines: 0, crashes: 0, refused: 0, overloaded: 0 }
  #closed = false

  constructor(settings: PoolSettings) {
    this.#settings = settings
    this.#offences = new Offences(attemptsAllowed, offenceMemory, () => performance.now())
  }

  get counts(): PoolCounts {
    return { ...this.#counts, workers: this.#workers.size, waiting: this.#waiting.length }
  }

  get processIds(): readonly number[] {
    return [...this.#workers].flatMap(({ processId }) => processId ?? [])
  }

  /**
   * `orderFor` is called once, when it is known who does the work. `work` tells the same work from other work, as a hash of all
   * that it depends on.
   */
  run(orderFor: (worker: object) => Order<Job, Note>, work: string): Promise<PoolOutcome<Result>> {
    if (this.#offences.isRefused(work)) {
      this.#counts.refused++
      return Promise.resolve({ kind: 'refused' })
    }
    if (this.#closed || this.#waiting.length >= this.#settings.queue + this.#free.length) {
      this.#counts.overloaded++
      return Promise.resolve({ kind: 'overloaded' })
    }
    const { promise, resolve } = Promise.withResolvers<PoolOutcome<Result>>()
    this.#waiting.push({ orderFor, work, settle: resolve })
    this.#next()
    return promise
  }

  /** Ends every process; what waits is told that it never began. */
  close(): void {
    this.#closed = true
    this.#refuseWaiting()
    for (const worker of this.#workers) worker.end()
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#free.pop()
      if (worker === undefined) {
        if (this.#workers.size < this.#settings.size) this.#start()
        return
      }
      if (!worker.alive) continue
      const waiting = this.#waiting.shift()
      if (waiting !== undefined) void this.#give(worker, waiting)
    }
  }

  async #give(worker: WorkerProcess<Job, Note, Result>, waiting: Waiting<Job, Note, Result>): Promise<void> {
    const { orderFor, work, settle } = waiting
    const { job, notes } = orderFor(worker)
    const outcome = await worker.run(job, notes)
    if (outcome.kind === 'ended') {
      this.#counts[outcome.why === 'deadline' ? 'deadlines' : 'crashes']++
      this.#offences.note(work)
    }
    settle(outcome)
    if (!worker.alive || outcome.kind === 'ended') return
    if (worker.memory > this.#settings.memoryLimit) worker.end()
    else this.#free.push(worker)
    this.#next()
  }

  #start(): void {
    let wasReady = false
    const worker = new WorkerProcess<Job, Note, Result>(this.#settings, () => {
      this.#workers.delete(worker)
      // The next piece of work, which may wait already, should not wait for the start as well.
      if (!this.#closed && wasReady) this.#start()
    })
    this.#workers.add(worker)
    void worker.ready.then((ready) => {
      wasReady = ready
      if (ready) this.#free.push(worker)
      // Where no process can be started, waiting is in vain.
      else if (this.#workers.size === 0) this.#refuseWaiting()
      this.#next()
    })
  }

  #refuseWaiting(): void {
    for (const { settle } of this.#waiting.splice(0)) {
      this.#counts.overloaded++
      settle({ kind: 'overloaded' })
    }
  }
}
