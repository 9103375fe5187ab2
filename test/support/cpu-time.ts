/** Milliseconds that this thread has computed for `work`: what else the machine does does not count. */
export const cpuTimeOf = (work: () => void): number => {
  const { user } = process.threadCpuUsage()
  work()
  return (process.threadCpuUsage().user - user) / 1_000
}
