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
