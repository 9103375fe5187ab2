import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The service as a process of its own, listening on a port that was free. */
export interface RunningService {
  readonly url: string
  readonly process: ChildProcess
  /** Everything it wrote to standard output so far. */
  output(): string
  /** Ends it with SIGTERM and gives its exit status. */
  stop(): Promise<number | null>
}

const built = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** Starts the built service, with `environment` beside what it needs, and waits until it says where it listens. */
export const startService = async (
  environment: Readonly<Record<string, string>> = {},
  {
    maxFileBytes,
    main = built
  }: {
    /** No file that it writes gets larger, as if the disk were full; a multiple of 512. */
    readonly maxFileBytes?: number
    /** What is started in place of what was built here. */
    readonly main?: string
  } = {}
): Promise<RunningService> => {
  const command =
    maxFileBytes === undefined
      ? [process.execPath, main]
      : ['/bin/sh', '-c', `ulimit -f ${maxFileBytes / 512} && exec "$0" "$@"`, process.execPath, main]
  const dataDir = mkdtempSync(join(tmpdir(), 'vidimus-data-'))
  const given = { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', DATA_DIR: dataDir }
  const child = spawn(command[0] ?? '', command.slice(1), {
    env: { ...given, ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  child.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  let output = ''
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const address = /listening[^\n]*?(http:\/\/[^\s"]+)/.exec(output)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once('exit', (status) =>
      reject(new Error(`the service ended with ${status} before it listened: ${output}${complaints}`))
    )
  })
  return {
    url,
    process: child,
    output: () => output,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      const [status] = (await exit) as [number | null]
      return status
    }
  }
}

/** The lines of a log, but for one that has come in part as yet. */
export const wholeLines = (output: string): readonly string[] => output.split('\n').slice(0, -1)
