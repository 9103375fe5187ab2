import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { getCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { exampleRequest } from '#dist/http/schemas/example.js'
import { version } from '#dist/version.js'
import { wholeLines } from './support/service.ts'

const entry = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'vidimus-server-'))
const caFile = join(folder, 'corporate.pem')
writeFileSync(caFile, `${exampleRequest.caBundle}-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n`)
afterAll(() => rmSync(folder, { recursive: true }))

interface Run {
  readonly process: ChildProcess
  readonly output: () => string
  readonly errors: () => string
}

const runs: Run[] = []
afterEach(() => {
  for (const { process } of runs.splice(0)) process.kill('SIGKILL')
})

const run = (environment: Record<string, string>, args: readonly string[] = []): Run => {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH, PORT: '0', SSL_CERT_FILE: caFile, DATA_DIR: join(folder, 'data'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const made = { process: child, output: () => output, errors: () => errors }
  runs.push(made)
  return made
}

const ended = async (made: Run): Promise<number | null> => {
  if (made.process.exitCode === null) await once(made.process, 'close')
  return made.process.exitCode
}

/** The address in the first line that says that it listens. */
const address = async ({ process: child, output, errors }: Run): Promise<URL> => {
  for (let turn = 0; turn < 1_000 && child.exitCode === null; turn += 1) {
    const found = /listening on (http:\/\/[^"\s]+)/.exec(output())
    if (found?.[1] !== undefined) return new URL(found[1])
    await elapsed(10)
  }
  throw new Error(`It does not listen: ${output()}${errors()}`)
}

const validate = (url: URL, body: object) =>
  fetch(new URL('/validate', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })

/** Whether a new connection is still taken. */
const taken = async (url: URL): Promise<boolean> => {
  try {
    await fetch(new URL('/health/live', url))
    return true
  } catch {
    return false
  }
}

describe('the process', () => {
  it('loads its trust stores, says so, listens, and validates', async () => {
    const made = run({ CA_FILES: caFile })
    const url = await address(made)
    const { caBundle: _, ...request } = exampleRequest
    const verdict = await (await validate(url, request)).json()
    expect(verdict).toMatchObject({ valid: true, trust: [{ name: 'corporate' }] })
    expect(await (await fetch(new URL('/health/ready', url))).json()).toEqual({
      status: 'ok',
      reasons: [],
      warnings: []
    })
    const lines = wholeLines(made.output()).map((line) => JSON.parse(line))
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 30, store: 'corporate', certificates: 1, digest: expect.any(String) })
    )
    const place = `${caFile}, line ${exampleRequest.caBundle.split('\n').length}`
    expect(lines).toContainEqual(expect.objectContaining({ level: 40, store: 'corporate', place }))
    expect(made.errors()).toBe('')
  })

  it('says that it listens whatever the level of its log', async () => {
    const made = run({ LOG_LEVEL: 'silent', HOST: '127.0.0.1' })
    const url = await address(made)
    expect(made.output().trim().split('\n')).toHaveLength(1)
    expect(url.hostname).toBe('127.0.0.1')
  })

  it('goes on where nobody reads its log', async () => {
    const made = run({ LOG_LEVEL: 'debug' })
    const url = await address(made)
    made.process.stdout?.pause()
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => fetch(new URL('/health/live', url))))
      expect(answers.every(({ status }) => status === 200)).toBe(true)
      await Promise.all(answers.map((answer) => answer.text()))
    }
    made.process.stdout?.destroy()
    expect((await fetch(new URL('/health/live', url))).status).toBe(200)
    made.process.kill('SIGTERM')
    expect(await ended(made)).toBe(0)
  })
})

describe('a default trust store that is not there', () => {
  it('keeps the service unready and is waited for: it may be uploaded', async () => {
    const token = 'a-token-of-this-test'
    const made = run({ DEFAULT_TRUST_STORES: 'later', ADMIN_TOKENS: token, DATA_DIR: join(folder, 'later') })
    const url = await address(made)
    const ready = await fetch(new URL('/health/ready', url))
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'unavailable', reasons: ['The default trust store later is not there.'], warnings: [] }
    ])
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-pem-file' }
    const body = exampleRequest.caBundle
    expect((await fetch(new URL('/trust-stores/later', url), { method: 'PUT', headers, body })).status).toBe(201)
    expect((await fetch(new URL('/health/ready', url))).status).toBe(200)
    const metrics = await (await fetch(new URL('/metrics', url))).text()
    expect(metrics).toMatch(/^vidimus_trust_store_info\{store="later",version="1",[^\n]*origin="uploaded"\} 1$/m)
    expect(metrics).toMatch(/^vidimus_uploaded_trust_stores_unreachable 0$/m)
  })
})

describe('SSL_CERT_FILE and SSL_CERT_DIR', () => {
  it('are the certificates of the platform where they are set to nothing', async () => {
    const platform = getCACertificates('system').length
    const made = run({ SSL_CERT_FILE: '', SSL_CERT_DIR: '', CA_FILES: '', DEFAULT_TRUST_STORES: '' })
    await address(made)
    const taken = Number(/"store":"system","certificates":(\d+)/.exec(made.output())?.[1])
    expect(taken > 0).toBe(platform > 0)
  })
})

describe('SIGTERM and SIGINT', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets what is in flight end, takes nothing new, and exits with 0',
    async (signal) => {
      const made = run({ SHUTDOWN_TIMEOUT_SECONDS: '40' })
      const url = await address(made)
      const body = JSON.stringify(exampleRequest)
      const socket = connect(Number(url.port), url.hostname)
      await once(socket, 'connect')
      let received = ''
      socket.setEncoding('utf8').on('data', (text) => {
        received += text
      })
      const head = `POST /validate HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
      socket.write(head + body.slice(0, 10))
      await elapsed(200)
      made.process.kill(signal)
      await elapsed(200)
      made.process.kill(signal)
      await expect.poll(() => taken(url), { timeout: 20_000 }).toBe(false)
      expect(made.process.exitCode).toBeNull()
      socket.write(body.slice(10))
      expect(await ended(made)).toBe(0)
      expect(received).toMatch(/^HTTP\/1\.1 200 /)
      expect(received).toContain('"valid":true')
      expect(made.output()).toContain('vidimus has stopped')
    }
  )

  it('loses no answer of clients that go on asking, on connections that they keep and on new ones', async () => {
    const made = run({})
    const { hostname, port } = await address(made)
    const body = JSON.stringify(exampleRequest)
    const agent = new Agent({ keepAlive: true })
    const outcomes: string[] = []
    const ask = (): Promise<string> =>
      new Promise((resolve) => {
        const asked = request({ hostname, port, agent, method: 'POST', path: '/validate' }, (answer) => {
          answer.on('end', () => resolve(String(answer.statusCode))).resume()
        })
        asked.setHeader('content-type', 'application/json')
        asked.on('error', (error) => resolve('code' in error ? String(error.code) : error.message)).end(body)
      })
    const client = async (): Promise<void> => {
      while (outcomes.at(-1) !== 'ECONNREFUSED') {
        outcomes.push(await ask())
        await elapsed(10)
      }
    }
    const clients = Promise.all([client(), client(), client(), client()])
    await expect.poll(() => outcomes.length, { timeout: 30_000 }).toBeGreaterThan(20)
    made.process.kill('SIGTERM')
    await clients
    expect(await ended(made)).toBe(0)
    expect([...new Set(outcomes)].sort()).toEqual(['200', 'ECONNREFUSED'])
  })

  it('ends what does not end by itself after SHUTDOWN_TIMEOUT_SECONDS', async () => {
    const made = run({ SHUTDOWN_TIMEOUT_SECONDS: '1' })
    const url = await address(made)
    const socket = connect(Number(url.port), url.hostname).on('error', () => undefined)
    await once(socket, 'connect')
    socket.write('POST /validate HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\na')
    await elapsed(200)
    const start = Date.now()
    made.process.kill('SIGTERM')
    expect(await ended(made)).toBe(0)
    expect(Date.now() - start).toBeGreaterThan(800)
    // Less than the ten seconds that it has where nothing else is said.
    expect(Date.now() - start).toBeLessThan(9_000)
    socket.destroy()
  })
})

describe('a wrong configuration', () => {
  it('stops it with status 78 and every fault on standard error', async () => {
    const made = run({ PORT: 'x', LOG_LEVEL: 'y', DATABASE_URL: 'mysql://user:secret@host/' })
    expect(await ended(made)).toBe(78)
    expect(made.errors()).toContain('PORT is "x" and must be an integer from 0 to 65535.')
    expect(made.errors()).toContain('LOG_LEVEL is "y"')
    expect(made.errors()).toContain('DATABASE_URL must be a URL that begins with postgresql://')
    expect(made.errors() + made.output()).not.toContain('secret')
  })

  it.each([
    [{ CA_FILES: 'x=/nowhere.pem' }, 'CA_FILES: /nowhere.pem cannot be used: it is not there.'],
    [{ HOST: '203.0.113.1' }, 'HOST, PORT: it cannot listen on 203.0.113.1 port 0: EADDRNOTAVAIL.']
  ])('stops it for %j too', async (environment, message) => {
    const made = run(environment)
    expect(await ended(made)).toBe(78)
    expect(made.errors()).toContain(message)
  })

  it('stops it for arguments that there are not', async () => {
    const made = run({}, ['--prot=1'])
    expect(await ended(made)).toBe(78)
    expect(made.errors()).toContain('There is no argument "--prot=1"')
  })
})

describe('--version and --help', () => {
  it('tell the version, and every variable', async () => {
    const first = run({}, ['--version'])
    expect(await ended(first)).toBe(0)
    expect(first.output()).toBe(`${version}\n`)
    const second = run({}, ['--help'])
    expect(await ended(second)).toBe(0)
    expect(second.output()).toMatch(/ {2}CA_FILES\n.*\n[\s\S]* {2}MAX_SIGNATURE_CHECKS\n/)
  })
})
