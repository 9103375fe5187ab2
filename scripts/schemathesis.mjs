// Holds the built service to its OpenAPI description: starts it with a token that may change trust stores and folders of its
// own, has Schemathesis ask it what test/contract/schemathesis.toml says, and ends it. With --url=URL another service is
// asked; further arguments go to Schemathesis.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { engineOrEnd } from './engine.mjs'

const inFolder = (path) => fileURLToPath(new URL(path, import.meta.url))
const schemathesis = engineOrEnd('schemathesis')
const given = process.argv.slice(2)
const url = given.find((argument) => argument.startsWith('--url='))?.slice('--url='.length)
const token = randomBytes(24).toString('base64url')
const folder = mkdtempSync(join(tmpdir(), 'vidimus-contract-'))
const service = url === undefined ? await start() : undefined
try {
  process.exitCode = await run(url ?? service.url)
} finally {
  if (service !== undefined && service.process.exitCode === null) {
    service.process.kill('SIGTERM')
    await once(service.process, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
}

async function start() {
  const env = {
    PATH: process.env['PATH'],
    PORT: '0',
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'warn',
    ADMIN_TOKENS: `contract=${token}`
  }
  const child = spawn(process.execPath, [inFolder('../dist/main.js')], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const text of child.stdout.setEncoding('utf8')) {
    output += text
    const address = /listening[^\n]*?(http:\/\/[^\s"]+)/.exec(output)?.[1]
    if (address === undefined) continue
    return { url: address, process: child }
  }
  throw new Error(`The service ended before it listened: ${output}`)
}

async function run(address) {
  const config = ['--config-file', inFolder('../test/contract/schemathesis.toml')]
  const parameters = [
    'run',
    `${address}/openapi.json`,
    '--no-color',
    ...given.filter((argument) => !argument.startsWith('--url='))
  ]
  const env = {
    ...process.env,
    PYTHONPATH: inFolder('../test/contract'),
    PYTHONDONTWRITEBYTECODE: '1',
    CONTRACT_TOKEN: token
  }
  const child = spawn(schemathesis, [...config, ...parameters], {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit']
  })
  const [status] = await once(child, 'exit')
  return status ?? 1
}
