import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

export interface Ran {
  readonly status: number | null
  readonly output: string
  readonly errors: string
}

/** Runs the built `vidimus` in a pipe. */
export const vidimus = (args: readonly string[], input: string | Uint8Array = '', cwd?: string): Ran => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    input,
    ...(cwd === undefined ? {} : { cwd }),
    env: { PATH: process.env['PATH'] },
    timeout: 60_000
  })
  return { status, output: stdout.toString(), errors: stderr.toString() }
}

/** Runs it in a pseudo terminal, whose output is all that it writes. */
export const vidimusInTerminal = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  columns = 500
): { readonly status: number | null; readonly screen: string } => {
  const words = [process.execPath, main, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
  const { status, stdout } = spawnSync(
    'script',
    ['--quiet', '--return', '--command', `stty cols ${columns}; ${words.join(' ')}`, '/dev/null'],
    {
      env: { PATH: process.env['PATH'], TERM: 'xterm', ...environment },
      timeout: 60_000
    }
  )
  return { status, screen: stdout.toString().replaceAll('\r\n', '\n') }
}

/** Runs it beside this process, so that a server in here can answer it; `by` is a command that runs the one that is appended to it. */
export const vidimusBeside = async (args: readonly string[], by: readonly string[] = []): Promise<Ran> => {
  const [program = '', ...rest] = [...by, process.execPath, main, ...args]
  const child = spawn(program, rest, {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000
  })
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { status, output, errors }
}
