import { type ExecFileException, execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { version } from '#dist/version.js'
import { root, server } from '../support/authority.ts'
import { startService } from '../support/service.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'vidimus-package-'))
const installed = join(folder, 'node_modules', 'vidimus')
const main = join(installed, 'dist', 'main.js')

interface Ended {
  readonly error: ExecFileException | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `file` with this very Node.js first on the path. */
function run(file: string, parameters: readonly string[], cwd: string): Promise<Ended> {
  const PATH = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  const options = { cwd, env: { ...process.env, PATH }, timeout: 240_000, shell: process.platform === 'win32' }
  return new Promise((resolve) => {
    execFile(file, parameters, options, (error, stdout, stderr) => resolve({ error, stdout, stderr }))
  })
}

/** What npm and Node.js say when the registry is out of reach, as opposed to when the package is wrong. */
const offline = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/

describe('the package that npm pack makes', () => {
  let packed: Ended
  let installation: Ended | undefined

  beforeAll(async () => {
    // Without scripts: `prepack` would build anew, and so empty `dist` while other tests run it.
    packed = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], project)
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
    const tarball = `./vidimus-${version}.tgz`
    const parameters = ['install', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund', tarball]
    if (packed.error === null) installation = await run('npm', parameters, folder)
  }, 300_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function needsInstallation(test: TestContext): void {
    const { error, stderr } = installation ?? packed
    if (error === null) return
    if (offline.test(stderr) && process.env['REQUIRE_ENGINES'] !== '1')
      test.skip('the package registry is out of reach')
    throw new Error(stderr, { cause: error })
  }

  it('holds what was built, the licence and the documents, and neither sources nor tests', (test) => {
    needsInstallation(test)
    expect(readdirSync(installed).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist',
      'openapi',
      'package.json'
    ])
    const built = readdirSync(join(installed, 'dist'))
    expect(built).toEqual(
      expect.arrayContaining(['THIRD-PARTY.txt', 'index.d.ts', 'index.js', 'main.js', 'version.js'])
    )
  })

  it('brings no Node.js of its own', (test) => {
    needsInstallation(test)
    const modules = readdirSync(join(folder, 'node_modules'))
    expect(modules).toContain('fastify')
    expect(modules.filter((name) => /^(vidimus-runtime|node-(bin-)?(linux|darwin|win).*)$/.test(name))).toEqual([])
    expect(existsSync(join(folder, 'node_modules', '.bin', 'node'))).toBe(false)
  })

  it('is a library: import { validate } from "vidimus"', async (test) => {
    needsInstallation(test)
    writeFileSync(join(folder, 'use.js'), `import { validate } from 'vidimus'\nprocess.stdout.write(typeof validate)\n`)
    expect(await run(process.execPath, ['use.js'], folder)).toEqual({ error: null, stdout: 'function', stderr: '' })
  })

  it('has types that a strict compiler reads', async (test) => {
    needsInstallation(test)
    writeFileSync(
      join(folder, 'use.ts'),
      `import { validate } from 'vidimus'\nexport const use: (...parameters: never) => unknown = validate\n` +
        `// @ts-expect-error: were the types not found, this would be no error\nexport const wrong: number = validate\n`
    )
    const compiler = join(project, 'node_modules', '.bin', 'tsc')
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node']
    const types = ['--typeRoots', join(project, 'node_modules', '@types')]
    expect(await run(compiler, [...options, ...types, 'use.ts'], folder)).toEqual({
      error: null,
      stdout: '',
      stderr: ''
    })
  })

  it('has a client: import { createClient } from "vidimus/client"', async (test) => {
    needsInstallation(test)
    const script = `import { createClient } from 'vidimus/client'\n\
const { validate, trustStores } = createClient({ url: 'http://127.0.0.1:8080' })\n\
process.stdout.write(typeof validate + typeof trustStores.put)\n`
    writeFileSync(join(folder, 'ask.js'), script)
    const ended = await run(process.execPath, ['ask.js'], folder)
    expect(ended).toEqual({ error: null, stdout: 'functionfunction', stderr: '' })
  })

  it.for([
    ['Node.js', ['--lib', 'es2022', '--types', 'node', '--typeRoots', join(project, 'node_modules', '@types')]],
    ['a browser', ['--lib', 'es2022,dom,dom.asynciterable', '--types', '']]
  ] as const)('has a client whose types a strict compiler reads for %s', async ([, surroundings], test) => {
    needsInstallation(test)
    writeFileSync(
      join(folder, 'ask.ts'),
      `import { createClient, type Verdict } from 'vidimus/client'\n` +
        `const vidimus = createClient({ url: 'http://127.0.0.1:8080', fetch })\n` +
        `export const ask = (chain: string): Promise<Verdict> => vidimus.validate({ chain })\n` +
        `// @ts-expect-error: were the types not found, this would be no error\n` +
        `export const wrong: Promise<number> = vidimus.validate({ chain: '' })\n`
    )
    const compiler = join(project, 'node_modules', '.bin', 'tsc')
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', ...surroundings]
    expect(await run(compiler, [...options, 'ask.ts'], folder)).toEqual({ error: null, stdout: '', stderr: '' })
  })

  it('is a command: vidimus --version', async (test) => {
    needsInstallation(test)
    const command = join(folder, 'node_modules', '.bin', 'vidimus')
    expect(await run(command, ['--version'], folder)).toEqual({ error: null, stdout: `${version}\n`, stderr: '' })
    const { error, stdout } = await run(command, ['--help'], folder)
    expect([error, stdout]).toEqual([null, expect.stringContaining('validate')])
  })

  it.for(['validate', 'chain', 'inspect', 'errors'])('has the command %s', async (name, test) => {
    needsInstallation(test)
    const { error, stdout } = await run(process.execPath, [main, name, '--help'], folder)
    expect([error, stdout]).toEqual([null, expect.stringContaining(`vidimus ${name}`)])
  })

  it('is a service, with all that it serves of files and both lanes', async (test) => {
    needsInstallation(test)
    const service = await startService({}, { main })
    try {
      const get = async (path: string): Promise<readonly [number, string]> => {
        const answer = await fetch(new URL(path, service.url))
        return [answer.status, await answer.text()]
      }
      expect(await get('/health/ready')).toEqual([200, expect.stringContaining('"ok"')])
      for (const path of ['/', '/static/page/main.js', '/docs', '/docs/static/swagger-ui-bundle.js', '/metrics']) {
        expect([path, (await get(path))[0]]).toEqual([path, 200])
      }
      const [, description] = await get('/openapi.json')
      expect(JSON.parse(description).info.version).toBe(version)
      const chain = server(root('Package root'), 'package.test').pem
      // The second is larger than what is judged where it arrives.
      for (const body of [chain, `${chain}${'#'.repeat(100_000)}`]) {
        const headers = { 'content-type': 'application/x-pem-file' }
        const answer = await fetch(new URL('/validate', service.url), { method: 'POST', headers, body })
        expect(await answer.json()).toMatchObject({ outcome: 'invalid', errors: [{ code: 'issuer-not-found' }] })
      }
    } finally {
      expect(await service.stop()).toBe(0)
    }
  })
})
