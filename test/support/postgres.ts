import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import pg from 'pg'
import { postgresPrograms } from './engines.ts'
import { freePort } from './free-port.ts'

/** PostgreSQL refuses to run as root: then it runs as the user that its package makes. */
const isRoot = process.getuid?.() === 0

export interface PostgresServer {
  /** A URL with a password, of a new database. */
  newDatabase(): Promise<string>
  /** The file of its certificate, if it has one. */
  readonly certificate: string
  /** Ends the server within milliseconds, as a crash would. */
  stop(): Promise<void>
  /** Starts it again, on the same port with the same data. */
  start(): Promise<void>
  /** Ends it for good and removes what it kept. */
  remove(): Promise<void>
}

const password = 'correct-horse/battery'

/**
 * A server of the tests' own on a port that was free, with its data in a temporary folder. With `tls` it has a certificate for
 * 127.0.0.1 by itself, made by OpenSSL.
 */
export const startPostgres = async (tls = false): Promise<PostgresServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-postgresql-'))
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'))
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o644 })
  const data = join(folder, 'data')
  run('initdb', '-D', data, '-U', 'vidimus', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '-N')
  const certificate = join(data, 'server.crt')
  if (tls) makeCertificate(certificate, join(data, 'server.key'))
  const port = await freePort()
  const url = (database: string): string =>
    `postgresql://vidimus:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
  let server: ChildProcess | undefined
  let databases = 0

  const start = async (): Promise<void> => {
    // Nothing here outlives a loss of power, so the server need not wait for the disk.
    const settings = [
      'fsync=off',
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      'max_connections=60',
      `ssl=${tls ? 'on' : 'off'}`
    ]
    const [file, ...parameters] = command(
      'postgres',
      '-D',
      data,
      '-k',
      folder,
      ...settings.flatMap((one) => ['-c', one])
    )
    server = spawn(file, parameters, { stdio: 'ignore' })
    process.once('exit', () => server?.kill('SIGQUIT'))
    await untilItAnswers(url('postgres'))
  }
  const stop = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null) return
    const exit = once(server, 'exit')
    server.kill('SIGQUIT')
    await exit
  }
  await start()
  return {
    newDatabase: async () => {
      databases += 1
      await query(url('postgres'), `CREATE DATABASE test_${databases}`)
      return url(`test_${databases}`)
    },
    certificate,
    stop,
    start,
    remove: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Runs one statement over a connection of its own. */
export const query = async (url: string, sql: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const untilItAnswers = async (url: string): Promise<void> => {
  const end = performance.now() + 30_000
  for (;;) {
    const failure = await query(url, 'SELECT 1').then(
      () => undefined,
      (error: unknown) => error
    )
    if (failure === undefined) return
    if (performance.now() > end) throw new Error('PostgreSQL does not answer', { cause: failure })
    await elapsed(50)
  }
}

const command = (program: string, ...parameters: readonly string[]): readonly [string, ...string[]] => {
  const own = `${postgresPrograms}${program}`
  return isRoot
    ? // It ends with the process that started it, however that ends.
      ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--pdeathsig=QUIT', own, ...parameters]
    : [own, ...parameters]
}

const run = (program: string, ...parameters: readonly string[]): void => {
  const [file, ...rest] = command(program, ...parameters)
  const { status, stderr, error } = spawnSync(file, rest, { cwd: tmpdir(), encoding: 'utf8', timeout: 60_000 })
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`)
}

const makeCertificate = (file: string, keyFile: string): void => {
  const name = ['-subj', '/CN=PostgreSQL of a test', '-addext', 'subjectAltName=IP:127.0.0.1']
  const parameters = [
    'req',
    '-x509',
    '-newkey',
    'ed25519',
    '-nodes',
    '-days',
    '2',
    ...name,
    '-keyout',
    keyFile,
    '-out',
    file
  ]
  const { status, stderr } = spawnSync('openssl', parameters, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl failed: ${stderr}`)
  if (isRoot) for (const made of [file, keyFile]) chownSync(made, idOf('-u'), idOf('-g'))
}

const idOf = (what: '-u' | '-g'): number => Number(spawnSync('id', [what, 'postgres'], { encoding: 'utf8' }).stdout)
