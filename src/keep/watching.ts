/** Who waits for changes, and the look at the database now and then that finds them whoever made them. */
export class Watching {
  readonly #watchers = new Set<() => void>()
  readonly #look: () => Promise<number>
  readonly #interval: number
  #timer: NodeJS.Timeout | undefined
  #seen: number | undefined
  #ended = false

  /** `look` counts changes and rejects while the database does not answer; `interval` is in milliseconds. */
  constructor(look: () => Promise<number>, interval: number) {
    this.#look = look
    this.#interval = interval
  }

  add(changed: () => void): void {
    this.#watchers.add(changed)
    if (this.#timer === undefined && !this.#ended) this.#lookLater()
  }

  /** Something has changed, or may have. */
  tell(): void {
    for (const changed of this.#watchers) changed()
  }

  end(): void {
    this.#ended = true
    this.#watchers.clear()
    clearTimeout(this.#timer)
  }

  #lookLater(): void {
    this.#timer = setTimeout(() => void this.#lookNow(), this.#interval)
    // Waiting for changes is no reason for the process to stay.
    this.#timer.unref()
  }

  /** After a failed look the next one that succeeds tells the watchers in any case. */
  async #lookNow(): Promise<void> {
    const count = await this.#look().catch(() => undefined)
    if (this.#ended) return
    const changed = count !== undefined && count !== this.#seen
    this.#seen = count
    if (changed) this.tell()
    this.#lookLater()
  }
}
