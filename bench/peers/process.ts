import { readdirSync, readFileSync } from 'node:fs'

/** What the kernel says of a process and those below it. Linux alone tells it so. */

/** Microseconds of CPU that all threads have used so far. */
export const cpuOf = (pid: number): number => {
  let nanoseconds = 0
  for (const process of [pid, ...descendants(pid)]) {
    for (const thread of readdirSync(`/proc/${process}/task`)) {
      nanoseconds += Number(read(`/proc/${process}/task/${thread}/schedstat`).split(' ')[0] ?? 0)
    }
  }
  return nanoseconds / 1_000
}

/** Bytes of memory that are resident; `most` is the most that ever were. */
export const memoryOf = (pid: number): { readonly now: number; readonly most: number } => {
  let now = 0
  let most = 0
  for (const process of [pid, ...descendants(pid)]) {
    const status = read(`/proc/${process}/status`)
    now += kibibytes(status, 'VmRSS')
    most += kibibytes(status, 'VmHWM')
  }
  return { now, most }
}

/** The processes that a process has started, and those that these have. */
export const descendants = (pid: number): readonly number[] =>
  childrenOf(pid).flatMap((child) => [child, ...descendants(child)])

/** The processes that a process has started itself. */
export const childrenOf = (pid: number): readonly number[] =>
  read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((text) => /^\d+$/.test(text))
    .map(Number)

/** A thread or process may have ended since it was listed: then it says nothing. */
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const kibibytes = (status: string, name: string): number =>
  1_024 * Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0)
