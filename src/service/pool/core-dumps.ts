import { writeFileSync } from 'node:fs'

/**
 * Leaves all memory out of a core that the system may write of this process (core(5), of Linux alone): it would hold what somebody
 * sent, his private key perhaps. Where it cannot be said, the limits of the system have to see to it.
 */
export const withholdMemory = (): void => {
  try {
    writeFileSync('/proc/self/coredump_filter', '0')
  } catch {
    // Another system, or /proc is not there or cannot be written.
  }
}
