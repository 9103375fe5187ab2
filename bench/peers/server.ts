import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** How to start a server that answers `POST /validate` and says on standard output where it listens. */
export interface Command {
  readonly file: string
  readonly parameters: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export interface Server {
  readonly pid: number
  readonly port: number
  stop(): Promise<void>
}

const patience = 60_000

/** Starts a server and waits until it says where it listens. */
export const startServer = async ({ file, parameters, environment }: Command): Promise<Server> => {
  const child = spawn(file, [...parameters], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const port = await portOf(child, file)
  const { pid } = child
  if (pid === undefined) throw new Error(`${file} has no process`)
  return {
    pid,
    port,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    }
  }
}

/** Starts several. Where one does not start, none goes on. */
export const startServers = async (commands: readonly Command[]): Promise<readonly Server[]> => {
  const starts = await Promise.allSettled(commands.map(startServer))
  const servers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const failed = starts.find((start) => start.status === 'rejected')
  if (failed === undefined) return servers
  await Promise.all(servers.map((server) => server.stop()))
  throw failed.reason
}

const portOf = (child: ChildProcess, file: string): Promise<number> =>
  new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${file} did not listen within ${patience} ms: ${output}`))
    }, patience)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < 65_536) output += text
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1]
      if (port === undefined) return
      clearTimeout(timer)
      resolve(Number(port))
    })
    child.once('error', reject)
    child.once('exit', (status) => {
      clearTimeout(timer)
      reject(new Error(`${file} ended with ${status} before it listened: ${output}`))
    })
  })
