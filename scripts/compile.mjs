// Compiles the service ahead: runs dist/server.cjs here, asks it what its first clients ask, and writes what V8 has compiled of it by
// then to dist/server.code, for src/compiled.ts. See docs/decisions/0022-the-service-is-compiled-ahead.md.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { rootCertificates } from 'node:tls'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { constants, Script } from 'node:vm'
import { freePort } from './free-port.mjs'

const file = fileURLToPath(new URL('../dist/server.cjs', import.meta.url))
const source = readFileSync(file)
const [certificate] = rootCertificates
const patience = 60_000
const folder = mkdtempSync(join(tmpdir(), 'vidimus-build-'))

const script = new Script(source.toString('latin1'), {
  filename: file,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
})
try {
  const port = await freePort()
  const anchors = join(folder, 'anchors.pem')
  writeFileSync(anchors, certificate)
  process.env = {
    HOST: '127.0.0.1',
    PORT: port,
    DATA_DIR: join(folder, 'data'),
    CA_FILES: anchors,
    LOG_LEVEL: 'warn'
  }
  const { main } = script.runInThisContext()(createRequire(file), { url: String(pathToFileURL(file)) })
  // It serves until a signal, which never comes. Once it listens nothing is set of V8: what is compiled is for the flags of a start.
  const signals = { end: new Promise(() => {}), onReload: () => {} }
  const ended = main([], signals, () => {}).then(() => {
    throw new Error('The service that was built does not serve')
  })
  await Promise.race([ask(`http://127.0.0.1:${port}`), ended])
  const code = script.createCachedData()
  writeFileSync(
    file.replace(/cjs$/, 'code'),
    Buffer.concat([createHash('sha256').update(source).update(code).digest(), code])
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

/** What a first client asks, as soon as there is an answer. */
async function ask(address) {
  const body = JSON.stringify({ chain: certificate })
  const headers = { 'content-type': 'application/json' }
  await ready(address)
  for (const [path, request] of [
    ['/validate', { method: 'POST', headers, body }],
    ['/metrics', {}]
  ]) {
    const answer = await fetch(`${address}${path}`, request)
    await answer.text()
    if (!answer.ok) throw new Error(`The service that was built answered ${path} with ${answer.status}`)
  }
}

async function ready(address) {
  for (const until = performance.now() + patience; performance.now() < until; await elapsed(20)) {
    const answer = await fetch(`${address}/health/ready`).catch(() => undefined)
    if (answer?.ok === true) return
  }
  throw new Error(`The service that was built did not get ready within ${patience} ms`)
}
