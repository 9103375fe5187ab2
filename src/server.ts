import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { close, giveLastCalls } from './closing.ts'
import { validate } from './core/validate.ts'
import { addressText } from './http/address.ts'
import { buildApp } from './http/app.ts'
import { logStream } from './log-stream.ts'
import { ConfigError, describeConfig, readConfig } from './service/config.ts'
import type { Config } from './service/config-types.ts'
import { inspectionService } from './service/inspection.ts'
import { validationService } from './service/validation.ts'
import { endOnSignals } from './signals.ts'
import { type LoadedTrust, loadTrust } from './trust/load.ts'
import { version } from './version.ts'

/** sysexits.h: the configuration is wrong. */
const configurationError = 78

/** The process: configuration, trust stores, service, HTTP, in this order; then it serves until a signal ends it. */
export const main = async (args: readonly string[]): Promise<void> => {
  const [argument] = args
  if (argument === '--version') return write(`${version}\n`)
  if (argument === '--help') return write(usage())
  if (argument !== undefined) return refuse([`There is no argument ${JSON.stringify(argument)}; --help tells more.`])
  try {
    forgetEmptyVariables()
    await serve(readConfig(process.env))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    refuse(error.faults)
  }
}

/** Compose files and the like set variables to nothing. Node.js, which reads these two itself, would find no certificate. */
const forgetEmptyVariables = (): void => {
  for (const name of ['SSL_CERT_FILE', 'SSL_CERT_DIR']) if (process.env[name] === '') delete process.env[name]
}

const usage = (): string =>
  [
    'Usage: vidimus [--help | --version]',
    '',
    'Validates X.509 certificate chains over HTTP. It is configured by variables of the environment:',
    '',
    describeConfig(),
    ''
  ].join('\n')

const write = (text: string): void => {
  process.stdout.write(text)
}

const refuse = (faults: readonly string[]): void => {
  process.stderr.write(`vidimus cannot start:\n${faults.map((fault) => `  ${fault}\n`).join('')}`)
  process.exitCode = configurationError
}

const serve = async (config: Config): Promise<void> => {
  const clock = (): number => Math.floor(Date.now() / 1_000)
  const trust = loadTrust({ ...config, uploads: false }, clock())
  if (trust.faults.length > 0) throw new ConfigError(trust.faults)
  const stream = logStream(1)
  const log = pino({ level: config.logLevel }, stream)
  logTrust(log, trust)

  // Why nothing should be sent here at this moment.
  let state: readonly string[] = ['The service is starting.']
  const app = await compose(config, trust, { log, clock, notReady: () => state })
  giveLastCalls(app)
  await listen(app, config)
  state = []
  // Said whatever the level of the log is: people and scripts wait for this line.
  log.child({}, { level: 'info' }).info(`vidimus is listening on ${addressText(app.server.address())}`)

  endOnSignals(async (signal) => {
    state = ['The service is stopping.']
    log.info({ signal }, 'vidimus is stopping')
    await close(app, config.shutdownTimeout)
    log.info('vidimus has stopped')
    const written = await stream.flushed(1_000)
    // Node waits for the write that hangs when it exits; a log that nobody reads must not keep the process alive.
    if (written) process.exit(0)
    process.kill(process.pid, 'SIGKILL')
  })
}

const logTrust = (log: Logger, trust: LoadedTrust): void => {
  for (const { store, taken, refused } of trust.reports) {
    const { version, digest } = trust.registry.get(store)?.store ?? {}
    const line = { store, certificates: taken, version, digest }
    log.info(line, 'trust store loaded')
    for (const { place, reason } of refused) log.warn({ store, place, reason }, 'not taken into the trust store')
  }
  log.info({ stores: trust.defaultStores }, 'default trust stores')
}

/** What the process gives the service beside its configuration. */
interface Surroundings {
  readonly log: Logger
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly notReady: () => readonly string[]
}

const compose = (
  config: Config,
  trust: LoadedTrust,
  { log, clock, notReady }: Surroundings
): Promise<FastifyInstance> => {
  const service = validationService({
    validate,
    registry: trust.registry,
    defaultStores: trust.defaultStores,
    clock,
    securityLevel: config.securityLevel,
    limits: config.limits,
    maxCertificates: config.maxCertificates
  })
  const settings = {
    maxBodyBytes: config.maxBodyBytes,
    maxBodiesInFlightBytes: config.maxBodiesInFlightBytes,
    maxDepth: config.maxJsonDepth,
    maxValues: config.maxJsonValues,
    maxParts: config.maxFormParts,
    requestTimeout: config.requestTimeout * 1_000,
    headersTimeout: config.headersTimeout * 1_000,
    keepAliveTimeout: config.keepAliveTimeout * 1_000
  }
  const inspection = inspectionService(config.limits, config.maxCertificates)
  return buildApp({ service, inspection, log, settings, notReady })
}

const listen = async (app: FastifyInstance, { host, port }: Config): Promise<void> => {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'of an unknown reason'
    throw new ConfigError([`HOST, PORT: it cannot listen on ${host} port ${port}: ${code}.`])
  }
}
