/** Ends a start that goes on though what it has opened is closed already. */
export class StartEnded extends Error {
  override readonly name = 'StartEnded'
}

/** What the service has opened, so that it can be closed whenever that is wanted, in the midst of the start as well. */
export class Opened {
  readonly #closing: (() => Promise<void> | void)[] = []
  #closed = false

  /** To be called as soon as something is open, and before anything else is awaited. Throws as `goOn` does. */
  add(close: () => Promise<void> | void): void {
    this.#closing.push(close)
    this.goOn()
  }

  /** Throws where all is being closed: nothing more is to be opened then. */
  goOn(): void {
    if (this.#closed) throw new StartEnded('The service is being stopped while it starts.')
  }

  /** Closes all of it, one after the other: what was opened last is first. */
  async close(): Promise<void> {
    this.#closed = true
    for (let close = this.#closing.pop(); close !== undefined; close = this.#closing.pop()) await close()
  }
}
