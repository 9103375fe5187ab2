import { type Logger, pino } from 'pino'
import { makeApplication } from './application.ts'
import { close, giveLastCalls } from './closing.ts'
import { type Holdings, openHoldings } from './holdings.ts'
import { addressText } from './http/address.ts'
import { leave } from './leaving.ts'
import { cannotListen } from './listening.ts'
import { logStream } from './log-stream.ts'
import { Opened } from './opened.ts'
import { ConfigError, describeConfig, readConfig } from './service/config.ts'
import type { Config } from './service/config-types.ts'
import type { PrimaryParts, ServingProcesses } from './serving/primary.ts'
import type { Signals } from './signals.ts'
import { version } from './version.ts'

/** sysexits.h: the configuration is wrong. */
const configurationError = 78

/**
 * The process: configuration, trust stores, service, HTTP, in this order; then it serves until a signal ends it. `listens` is called once it
 * listens.
 */
export const main = async (args: readonly string[], signals: Signals, listens: () => void): Promise<void> => {
  const [argument] = args
  if (argument === '--version') return write(`${version}\n`)
  if (argument === '--help') return write(usage())
  if (argument !== undefined) return refuse([`There is no argument ${JSON.stringify(argument)}; --help tells more.`])
  try {
    forgetEmptyVariables()
    await serve(readConfig(process.env), signals, listens)
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

/** Starts, serves, and stops at a signal, which may come at any time of these. */
const serve = async (config: Config, signals: Signals, listens: () => void): Promise<void> => {
  const stream = logStream(1)
  const log = pino({ level: config.logLevel }, stream)
  const opened = new Opened()
  try {
    // What goes on of a start after the signal ends where it would open something more.
    const started = start(config, { log, logLine: stream.write, opened, signals }).then(listens)
    await Promise.race([signals.end, started])
    const signal = await signals.end
    log.info({ signal }, 'vidimus is stopping')
  } finally {
    await opened.close()
  }
  log.info('vidimus has stopped')
  await leave(stream)
}

interface Start {
  readonly log: Logger
  /** Writes a line that another process logs. */
  readonly logLine: (line: string) => void
  /** Of what it opens. */
  readonly opened: Opened
  readonly signals: Signals
}

/** Resolves when the service listens. */
const start = async (config: Config, { log, logLine, opened, signals }: Start): Promise<void> => {
  const clock = (): number => Math.floor(Date.now() / 1_000)
  const holdings = await openHoldings(config, { log, clock, opened })
  opened.goOn()
  const serving =
    config.workers === 1
      ? await serveHere(config, { holdings, log, clock, opened })
      : await serveBySeveral(config, { holdings, log, logLine, opened })
  opened.add(() => holdings.stop())
  // Said whatever the level of the log is: people and scripts wait for this line.
  log.child({}, { level: 'info' }).info(`vidimus is listening on ${serving.address}`)
  holdings.finish()
  signals.onReload(() => {
    log.info({ signal: 'SIGHUP' }, 'trust stores are read anew')
    serving.reload()
    return holdings.reload()
  })
}

/** Loaded where it is wanted alone. */
const serveBySeveral = async (config: Config, parts: PrimaryParts): Promise<ServingProcesses> => {
  const { startServingProcesses } = await import('./serving/primary.ts')
  parts.opened.goOn()
  return await startServingProcesses(config, parts)
}

interface Here {
  readonly holdings: Holdings
  readonly log: Logger
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly opened: Opened
}

/** Serves in this process, as the only one. */
const serveHere = async (config: Config, { holdings, log, clock, opened }: Here): Promise<ServingProcesses> => {
  const { trust, uploads, fetching } = holdings
  // Why nothing should be sent here at this moment.
  let state: readonly string[] = ['The service is starting.']
  const { app, lanes } = await makeApplication(config, {
    log,
    clock,
    registry: trust.registry,
    defaultStores: trust.defaultStores,
    stores: uploads.stores,
    administrators: uploads.administrators,
    gathering: fetching && (() => fetching.gathering()),
    figures: holdings.figures,
    notReady: () => state,
    warnings: holdings.warnings
  })
  opened.add(() => lanes.close())
  giveLastCalls(app)
  opened.add(() => close(app, config.shutdownTimeout))
  await app.listen({ host: config.host, port: config.port }).catch(cannotListen(config))
  opened.add(() => {
    state = ['The service is stopping.']
  })
  state = []
  return { address: addressText(app.server.address()), reload: () => undefined }
}
