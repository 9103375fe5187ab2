import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'

/** The folder of PostgreSQL's programs, with a slash: the newest that Debian has; empty where they are in the path. */
export const postgresPrograms: string = (() => {
  const version = (folder: string): number => Number(/postgresql\/(\d+)/.exec(folder)?.[1] ?? 0)
  const folders = globSync('/usr/lib/postgresql/*/bin').sort((one, other) => version(other) - version(one))
  return folders[0] === undefined ? '' : `${folders[0]}/`
})()

/** Knows where the programs of the OpenAPI description are, which it brings itself. */
const engineScript = fileURLToPath(new URL('../../scripts/engine.mjs', import.meta.url))

/**
 * Programs and folders beyond Node.js that some tests need. A command is looked for by running it; `shared` is a
 * folder of conformance cases beside the checkout, which `VIDIMUS_SHARED` can name elsewhere.
 */
const commands = {
  openssl: ['openssl', 'version'],
  curl: ['curl', '--version'],
  postgresql: [`${postgresPrograms}postgres`, '--version'],
  nginx: ['nginx', '-v'],
  chromium: ['chromium', '--version'],
  docker: ['docker', 'info'],
  go: ['go', 'version'],
  script: ['script', '--version'],
  zsh: ['zsh', '--version'],
  fish: ['fish', '--version'],
  python: ['python3', '--version'],
  oasdiff: [process.execPath, engineScript, '--here', 'oasdiff'],
  schemathesis: [process.execPath, engineScript, '--here', 'schemathesis']
} as const satisfies Record<string, readonly [string, ...string[]]>

export type Engine = keyof typeof commands | 'shared'

/** The folder of conformance cases: `VIDIMUS_SHARED`, or `shared` beside the checkout. It need not exist. */
export const sharedFolder: string =
  process.env['VIDIMUS_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url))

const found = new Map<Engine, string | undefined>()

/** Why `engine` cannot be used here, in words, or undefined when it can. */
export function missing(engine: Engine): string | undefined {
  if (!found.has(engine)) found.set(engine, lookFor(engine))
  return found.get(engine)
}

function lookFor(engine: Engine): string | undefined {
  if (named(process.env['WITHOUT_ENGINES'], engine)) return `${engine} is left out by WITHOUT_ENGINES`
  if (engine === 'shared') {
    return existsSync(`${sharedFolder}/conformance`)
      ? undefined
      : 'the conformance cases are not here (VIDIMUS_SHARED names their folder)'
  }
  const [command, ...parameters] = commands[engine]
  const { error, status } = spawnSync(command, parameters, { stdio: 'ignore', timeout: 20_000 })
  if (error !== undefined) return `${engine} cannot be run: ${error.message}`
  return status === 0 ? undefined : `${engine} is here but does not answer: "${command} ${parameters.join(' ')}" failed`
}

function named(list: string | undefined, engine: Engine): boolean {
  return list?.split(/[\s,]+/).includes(engine) ?? false
}

/**
 * `describe` for tests that need `engines`. Where one is missing they are skipped and the run says what they miss;
 * with `REQUIRE_ENGINES=1` that fails instead, unless `WITHOUT_ENGINES=docker,shared` admits its absence.
 */
export function describeWith(engines: Engine | readonly Engine[], title: string, tests: () => void): void {
  const needed = typeof engines === 'string' ? [engines] : engines
  const lacking = needed.filter((engine) => missing(engine) !== undefined)
  if (lacking.length === 0) {
    describe(title, tests)
    return
  }
  const reason = lacking.map(missing).join('; ')
  const required = process.env['REQUIRE_ENGINES'] === '1'
  if (required && lacking.some((engine) => !named(process.env['WITHOUT_ENGINES'], engine))) {
    it(`${title}: has what it needs`, () => {
      throw new Error(`REQUIRE_ENGINES=1, but ${reason}`)
    })
    return
  }
  process.stderr.write(`Skipped: ${title}: ${reason}\n`)
  describe.skip(`${title} (${reason})`, tests)
}
