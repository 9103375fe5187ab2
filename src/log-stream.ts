import { write } from 'node:fs'
import { setTimeout as elapsed, setImmediate as turn } from 'node:timers/promises'
import { plainJson } from './service/plain-json.ts'

/** Where the lines of the log go. */
export interface LogStream {
  write(line: string): void
  /** Resolves with true when all is written, or with false when nothing was for `still` milliseconds, or not all within `most`. */
  flushed(still: number, most?: number): Promise<boolean>
}

/** Characters that may wait to be written; beyond that, lines are dropped. */
const mostWaiting = 4_194_304
/** Octets that are written at once: where it takes its time, each such piece shows that it goes on. */
const pieceLength = 16_384
const retryAfter = 50
/** A disk without room, or one that fails, may be well again later; a reader that has gone does not come back. */
const passing: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'])
const retryDiskAfter = 1_000

/**
 * Writes lines to a file descriptor without ever waiting for it: a reader that stops, or goes away, must not stop the
 * service. (Node's own standard output blocks where it is a pipe, and pino's stream tries for ever when the process ends.)
 *
 * Lines are JSON, and are read in terminals: characters that would reorder or hide text there are written as escapes.
 */
export const logStream = (descriptor: number): LogStream => {
  let waiting: string[] = []
  let size = 0
  let dropped = 0
  /** Whether the last line that was written was cut off. */
  let cut = false
  let busy = false
  let broken = false
  const whenIdle: (() => void)[] = []
  /** How often something was written. */
  let writes = 0

  const next = (): void => {
    const count = waiting.length
    const lines = cut && count > 0 ? `\n${waiting.join('')}` : waiting.join('')
    waiting = []
    size = 0
    if (lines === '' || broken) {
      busy = false
      for (const resolve of whenIdle.splice(0)) resolve()
    } else {
      busy = true
      send(Buffer.from(lines), count)
    }
  }

  const send = (octets: Uint8Array, lines: number): void => {
    write(descriptor, octets, 0, Math.min(octets.length, pieceLength), null, (error, written) => {
      if (error === null) writes += 1
      if (error?.code === 'EAGAIN') {
        setTimeout(send, retryAfter, octets, lines).unref()
      } else if (passing.has(error?.code)) {
        dropped += lines
        cut = true
        setTimeout(next, retryDiskAfter).unref()
      } else if (error !== null) {
        broken = true
        next()
      } else if (written < octets.length) {
        send(octets.subarray(written), lines)
      } else {
        cut = false
        noteDropped()
        next()
      }
    })
  }

  const noteDropped = (): void => {
    if (dropped === 0) return
    waiting.push(`${JSON.stringify({ level: 40, time: Date.now(), msg: 'lines of the log were dropped', dropped })}\n`)
    dropped = 0
  }

  return {
    write: (line) => {
      if (broken) return
      if (size + line.length > mostWaiting) {
        dropped += 1
        return
      }
      waiting.push(plainJson(line))
      size += line.length
      if (!busy) next()
    },
    flushed: async (still, most = still) => {
      const end = performance.now() + most
      while (busy) {
        const [before, left] = [writes, end - performance.now()]
        if (left <= 0) return false
        const { promise: idle, resolve } = Promise.withResolvers<void>()
        whenIdle.push(resolve)
        await Promise.race([idle, elapsed(Math.min(still, left))])
        // What was written by then is heard of first: this process may have been too busy for that.
        await turn()
        if (busy && writes === before) return false
      }
      return true
    }
  }
}
