/** A look at many files must not become all that the process does: it rests this many times as long as the look took. */
const rest = 10

/** Milliseconds from a sign that something happened to the look at it. */
const soon = 50

/** Looks again and again, one look at a time, until it is stopped. It does not keep the process alive. */
export class Poller {
  readonly #look: () => Promise<number | undefined>
  readonly #interval: number
  #timer: NodeJS.Timeout | undefined
  #dueAt = Infinity
  #took = 0
  #stopped = false
  #running: Promise<void> = Promise.resolve()

  /** `look` gives the milliseconds until the next; undefined for `interval`. It must not reject. */
  constructor(interval: number, look: () => Promise<number | undefined>) {
    this.#interval = interval
    this.#look = look
    this.#schedule(interval)
  }

  /** Looks before long. */
  hurry(): void {
    this.#schedule(soon)
  }

  /** Runs `task` when no look is in progress. */
  between(task: () => Promise<void>): Promise<void> {
    this.#running = this.#running.then(task)
    return this.#running
  }

  /** Resolves when the look that is in progress has ended. */
  stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    return this.#running
  }

  #schedule(wait: number): void {
    const delay = Math.max(wait, rest * this.#took)
    const dueAt = performance.now() + delay
    if (this.#stopped || dueAt >= this.#dueAt) return
    clearTimeout(this.#timer)
    this.#dueAt = dueAt
    this.#timer = setTimeout(() => void this.between(() => this.#run()), delay).unref()
  }

  async #run(): Promise<void> {
    if (this.#stopped) return
    this.#dueAt = Infinity
    const began = performance.now()
    const wait = await this.#look()
    this.#took = performance.now() - began
    this.#schedule(wait === undefined ? this.#interval : Math.min(wait, this.#interval))
  }
}
