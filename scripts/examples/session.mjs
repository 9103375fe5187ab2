// Runs commands one after the other in one shell, as a reader does who types them.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A character that no command prints, between what one printed and what the next did. */
const separator = '\u001e'
/** Milliseconds for all commands of a session: many times what they take, and no more than who waits for them has. */
const mostTime = 400_000

/** What each command printed, on standard output and error together, and its exit status. */
export const runSession = async (commands, { folder, path }) => {
  const script = join(folder, '.session')
  const lines = commands.flatMap((command) => [command, 'told'])
  const told = `told() { local status=$?; printf '\\036%d\\n' "$status"; return "$status"; }`
  writeFileSync(script, ['exec 2>&1', told, ...lines, ''].join('\n'))
  const output = await outputOf(script, folder, path)
  const parts = output.split(separator)
  return commands.map((_, at) => ({
    printed: (at === 0 ? parts[0] : parts[at]?.slice(parts[at].indexOf('\n') + 1))?.trimEnd() ?? '',
    status: parts[at + 1] === undefined ? undefined : Number.parseInt(parts[at + 1], 10)
  }))
}

const outputOf = (script, folder, path) =>
  new Promise((resolve, reject) => {
    // In a process group of its own, so that nothing which it left in the background outlives it, to answer the next run.
    const shell = spawn('bash', [script], {
      cwd: folder,
      detached: true,
      env: { ...process.env, PATH: path, LC_ALL: 'C.UTF-8', TZ: 'UTC', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'ignore']
    })
    const end = () => {
      try {
        process.kill(-shell.pid, 'SIGKILL')
      } catch {
        // All have ended.
      }
    }
    const timer = setTimeout(end, mostTime)
    let output = ''
    shell.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    shell.once('error', reject)
    shell.once('exit', end)
    shell.once('close', () => {
      clearTimeout(timer)
      resolve(output)
    })
  })
