/** Calls `end` at the first SIGTERM or SIGINT. Those that follow do nothing: `end` has its own limit of time. */
export const endOnSignals = (end: (signal: string) => Promise<void>): void => {
  let ending = false
  const onSignal = (signal: string): void => {
    if (ending) return
    ending = true
    void end(signal)
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

/** Calls `reload` at each SIGHUP; once more after it, however many come while it runs. */
export const reloadOnSignal = (reload: () => Promise<void>): void => {
  let running = false
  let again = false
  const run = async (): Promise<void> => {
    running = true
    do {
      again = false
      await reload()
    } while (again)
    running = false
  }
  process.on('SIGHUP', () => {
    if (running) again = true
    else void run()
  })
}
