import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { childrenOf } from './serving.ts'

/** The service as a process of its own, looked at from its first moment and not only when it listens. */
export interface BegunService {
  readonly process: ChildProcess
  /** Everything it wrote to standard output so far. */
  output(): string
  errors(): string
  /** Resolves when its output has something like this. */
  says(what: RegExp): Promise<void>
  /** Resolves when it has ended and all of its output was read. */
  readonly ended: Promise<Ended>
  /** Ends it and the processes that it has started, whatever they do. */
  kill(): Promise<void>
}

export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** A command that runs the one that is appended to it as process 1, as in a container. */
export const namespace = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child']
export const cannotUnshare = spawnSync('unshare', [...namespace.slice(1), 'true']).status !== 0

/** Begins to start the built service; `by` is a command that runs the one that is appended to it, `log` a descriptor in place of its output. */
export const beginService = (
  environment: Readonly<Record<string, string>>,
  by: readonly string[] = [],
  log: number | undefined = undefined
): BegunService => {
  const dataDir = mkdtempSync(join(tmpdir(), 'vidimus-data-'))
  const [program = '', ...args] = [...by, process.execPath, main]
  const given = { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir }
  const child = spawn(program, args, { env: { ...given, ...environment }, stdio: ['ignore', log ?? 'pipe', 'pipe'] })
  const text = { output: '', errors: '' }
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text.output += chunk
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text.errors += chunk
  })
  const ended = once(child, 'close').then(([status, signal]): Ended => {
    rmSync(dataDir, { recursive: true, force: true })
    return { status, signal }
  })
  return {
    process: child,
    output: () => text.output,
    errors: () => text.errors,
    ended,
    says: async (what) => {
      let isOver = false
      void ended.then(() => {
        isOver = true
      })
      while (!what.test(text.output)) {
        if (isOver) throw new Error(`it ended before: ${text.output}${text.errors}`)
        await elapsed(5)
      }
    },
    kill: async () => {
      const below = child.exitCode === null && child.signalCode === null ? childrenOf(child.pid) : []
      for (const pid of below) process.kill(pid, 'SIGKILL')
      child.kill('SIGKILL')
      await ended
    }
  }
}
