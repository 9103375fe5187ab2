// The two programs that hold the OpenAPI description to the service and to what clients rely on, at one version each. They
// are no packages of npm: this brings them from their registries once, into a cache folder outside of the checkout.
// Arguments name them: `node scripts/engine.mjs oasdiff schemathesis` brings both; with --here it only looks.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oasdiffVersion = 'v1.37.0'
const requirements = fileURLToPath(new URL('../test/contract/requirements.txt', import.meta.url))
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'vidimus')
const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)

/** Each in a folder of its own, whose name changes with its version; `bring` fills a folder. */
const engines = {
  oasdiff: {
    folder: `oasdiff-${oasdiffVersion}`,
    program: 'oasdiff',
    // Its Go may be newer than the one here, which then brings it as a module.
    bring: (folder) =>
      ran('go', ['install', `github.com/oasdiff/oasdiff@${oasdiffVersion}`], {
        GOBIN: folder,
        GOTOOLCHAIN: 'auto',
        GOFLAGS: ''
      })
  },
  schemathesis: {
    folder: `schemathesis-${digest}`,
    program: 'bin/schemathesis',
    bring: (folder) => {
      ran('python3', ['-m', 'venv', folder])
      const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps']
      ran(join(folder, 'bin', 'python'), [...install, '--requirement', requirements])
    }
  }
}

export const engineNames = Object.keys(engines)

/** Where the program is, brought before if need be; undefined where it is not here and `mayBring` is false. Throws, in words, where it cannot be had. */
export const engine = (name, mayBring = true) => {
  const { folder, program, bring } = engines[name]
  const home = join(cache, folder)
  const path = join(home, program)
  if (!mayBring) return existsSync(path) ? path : undefined
  if (answers(path)) return path
  rmSync(home, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  // A virtual environment cannot be moved, so it is made in its place; its program comes last.
  const making = name === 'schemathesis' ? home : mkdtempSync(join(cache, '.new-'))
  try {
    bring(making)
    if (making !== home) renameSync(making, home)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
  if (!answers(path)) throw new Error(`${path} does not answer`)
  return path
}

const answers = (path) => existsSync(path) && spawnSync(path, ['--version'], { timeout: 60_000 }).status === 0

function ran(command, parameters, environment = {}) {
  const env = { ...process.env, ...environment }
  const options = { cwd: '/', env, encoding: 'utf8', timeout: 600_000 }
  const { error, status, stderr } = spawnSync(command, parameters, options)
  if (error !== undefined) throw new Error(`${command} cannot be run: ${error.message}`)
  if (status !== 0) throw new Error(`"${command} ${parameters.join(' ')}" failed: ${stderr.slice(-2_000)}`)
}

/** As `engine`, for a script that is nothing without it: where it cannot be had, that ends in failure where engines are required, else in a skip. */
export const engineOrEnd = (name) => {
  const without = (process.env['WITHOUT_ENGINES'] ?? '').split(/[\s,]+/)
  try {
    if (!without.includes(name)) return engine(name)
    console.log(`Skipped: ${name} is left out by WITHOUT_ENGINES`)
  } catch (error) {
    if (process.env['REQUIRE_ENGINES'] === '1') {
      console.error(`REQUIRE_ENGINES=1, but ${name} cannot be had. ${error.message}`)
      process.exit(1)
    }
    console.log(`Skipped: ${name} cannot be had. ${error.message}`)
  }
  process.exit(0)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2).filter((name) => name !== '--here')
  const mayBring = !process.argv.includes('--here')
  for (const name of asked) {
    try {
      const path = engine(name, mayBring)
      console.log(path ?? `${name} is not here: "node scripts/engine.mjs ${name}" brings it`)
      if (path === undefined) process.exitCode = 1
    } catch (error) {
      console.error(`${name} cannot be had. ${error.message}`)
      process.exitCode = 1
    }
  }
}
