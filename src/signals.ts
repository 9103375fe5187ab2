/** The signals that the service obeys, heard from when it begins to start. */
export interface Signals {
  /** Resolves with the first SIGTERM or SIGINT. Those that follow do nothing: what the first one begins has its own limit of time. */
  readonly end: Promise<string>
  /** Calls `reload` for a SIGHUP that has come and for each that comes; once more after it, however many come while it runs. */
  onReload(reload: () => Promise<void>): void
}

/**
 * Hears signals from now on. To be called before anything else is done: what Node.js does with one that nobody hears ends the process
 * as a crash would and, where this is process 1 of a container, does nothing at all.
 */
export const hearSignals = (): Signals => {
  const end = Promise.withResolvers<string>()
  process.on('SIGTERM', end.resolve)
  process.on('SIGINT', end.resolve)

  let reload: (() => Promise<void>) | undefined
  let wanted = false
  let running = false
  const run = async (): Promise<void> => {
    if (running || reload === undefined) return
    running = true
    while (wanted) {
      wanted = false
      await reload()
    }
    running = false
  }
  process.on('SIGHUP', () => {
    wanted = true
    void run()
  })
  return {
    end: end.promise,
    onReload: (given) => {
      reload = given
      void run()
    }
  }
}
