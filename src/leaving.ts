import type { LogStream } from './log-stream.ts'

/** Milliseconds for which a log may stand still, and those that its last lines may take in all. */
const [longestStill, longestFlush] = [2_000, 5_000]

/** What Node.js calls work in threads of which nobody knows when it ends. */
const endless: ReadonlySet<string> = new Set(['FSReqCallback', 'FSReqPromise', 'GetAddrInfoReqWrap'])

/**
 * Ends the process with status 0, after the last lines of its log were written or cannot be. Who stops as he was told to has not failed,
 * though lines are lost since nobody reads them.
 */
export const leave = async (stream: LogStream): Promise<void> => {
  const written = await stream.flushed(longestStill, longestFlush)
  if (!written || process.getActiveResourcesInfo().some((kind) => endless.has(kind))) becomeNothing()
  process.exit(0)
}

/**
 * `process.exit` waits for threads, and so for a write to a pipe that nobody reads, a file on a server that has gone, or a name server that
 * does not answer. The system ends them where another program takes the place of this one: Node.js itself, with nothing to do. To kill this process would
 * look like a crash, and has no effect on process 1 of a container.
 */
const becomeNothing = (): void => {
  if (process.platform === 'win32') process.kill(process.pid, 'SIGKILL')
  const loading = Object.entries(process.env).filter(([name]) => name.startsWith('LD_'))
  process.execve?.(process.execPath, [process.execPath, '--eval', ''], Object.fromEntries(loading))
}
