import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { close, giveLastCalls } from './closing.ts'
import { repairChain } from './core/repair-chain.ts'
import { fetchingOf } from './fetching.ts'
import { addressText } from './http/address.ts'
import { buildApp } from './http/app.ts'
import { lanesFor } from './lanes.ts'
import { logStream } from './log-stream.ts'
import type { Fetching } from './net/fetching.ts'
import { connectionsWithin, processLimits } from './open-files.ts'
import { KeptAnswers, type KeptAnswersParts } from './service/answers/kept-answers.ts'
import { chainService } from './service/chain.ts'
import { ConfigError, describeConfig, readConfig } from './service/config.ts'
import type { Config } from './service/config-types.ts'
import { countedValidation } from './service/counted-validation.ts'
import { fetchFigures } from './service/fetch-figures.ts'
import { inspectionService } from './service/inspection.ts'
import { laneFigures } from './service/lane-figures.ts'
import type { Lanes } from './service/lanes/lanes.ts'
import { Memory } from './service/memory/memory.ts'
import { memoryFigures } from './service/memory/memory-figures.ts'
import { type Metrics, makeMetrics } from './service/metrics.ts'
import { rememberedRequests, remembering } from './service/remembered-requests.ts'
import { trustFigures } from './service/trust-figures.ts'
import { type ValidationParts, validationService } from './service/validation.ts'
import { endOnSignals, reloadOnSignal } from './signals.ts'
import { type LoadedTrust, loadTrust } from './trust/load.ts'
import { reloadTimes, TrustReloader } from './trust/reloader.ts'
import { logReload, logTrust } from './trust-log.ts'
import { openUploads, type Uploads } from './uploads.ts'
import { version } from './version.ts'

/** sysexits.h: the configuration is wrong. */
const configurationError = 78

/** Milliseconds that a wrong token waits for its answer. */
const wrongTokenDelay = 1_000

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
  const trust = await loadTrust({ ...config, uploads: true }, clock())
  if (trust.faults.length > 0) throw new ConfigError(trust.faults)
  const stream = logStream(1)
  const log = pino({ level: config.logLevel }, stream)
  logTrust(log, trust)
  const reloader = new TrustReloader(trust.sources, {
    registry: trust.registry,
    maxCaFileBytes: config.maxCaFileBytes,
    clock,
    report: (event) => logReload(log, event),
    times: reloadTimes
  })
  const uploads = await openUploads(config, trust, { log, clock })
  const fetching = fetchingOf(config, { log, clock, keeping: uploads.keeping.evidence })
  const memory = config.certificateCacheBytes === 0 ? undefined : new Memory(config.certificateCacheBytes)
  const lanes = lanesFor(config, log)
  const metrics: Metrics = makeMetrics([
    ...memoryFigures(() => ({ memory, answers })),
    ...trustFigures(trust.registry, () => reloader.counts()),
    ...uploads.figures,
    ...laneFigures(lanes.counts),
    ...(fetching === undefined ? [] : fetchFigures(fetching))
  ])

  const answers = keptAnswers(config, { registry: trust.registry, clock, metrics })

  // Why nothing should be sent here at this moment.
  let state: readonly string[] = ['The service is starting.']
  const warnings = () => [...reloader.warnings(), ...uploads.warnings()]
  const surroundings = {
    log,
    clock,
    uploads,
    fetching,
    lanes,
    memory,
    answers,
    metrics,
    notReady: () => state,
    warnings
  }
  const app = await compose(config, trust, surroundings)
  giveLastCalls(app)
  await listen(app, config)
  state = []
  fetching?.refresher.start()
  // Said whatever the level of the log is: people and scripts wait for this line.
  log.child({}, { level: 'info' }).info(`vidimus is listening on ${addressText(app.server.address())}`)

  reloadOnSignal(() => {
    log.info({ signal: 'SIGHUP' }, 'trust stores are read anew')
    uploads.administrators.reload()
    return reloader.reload()
  })
  endOnSignals(async (signal) => {
    state = ['The service is stopping.']
    log.info({ signal }, 'vidimus is stopping')
    void reloader.stop()
    fetching?.refresher.stop()
    await close(app, config.shutdownTimeout)
    lanes.close()
    await uploads.keeping.close()
    log.info('vidimus has stopped')
    const written = await stream.flushed(1_000)
    // Node waits for the write that hangs when it exits; a log that nobody reads must not keep the process alive.
    if (written) process.exit(0)
    process.kill(process.pid, 'SIGKILL')
  })
}

/** Requests that are remembered for rehearsals must all come to the service, so no answers are kept then. */
const keptAnswers = (config: Config, parts: Omit<KeptAnswersParts, 'maxBytes'>): KeptAnswers | undefined =>
  config.answerCacheBytes === 0 || config.rememberRequests > 0
    ? undefined
    : new KeptAnswers({ ...parts, maxBytes: config.answerCacheBytes })

/** What the process gives the service beside its configuration. */
interface Surroundings {
  readonly log: Logger
  readonly uploads: Uploads
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly fetching: Fetching | undefined
  readonly lanes: Lanes
  readonly memory: Memory | undefined
  readonly answers: KeptAnswers | undefined
  readonly notReady: () => readonly string[]
  readonly warnings: () => readonly string[]
  readonly metrics: Metrics
}

const compose = (
  config: Config,
  trust: LoadedTrust,
  { log, clock, uploads, fetching, lanes, memory, answers, notReady, warnings, metrics }: Surroundings
): Promise<FastifyInstance> => {
  const validation: ValidationParts = {
    validate: lanes.validate,
    registry: trust.registry,
    defaultStores: trust.defaultStores,
    clock,
    securityLevel: config.securityLevel,
    limits: config.limits,
    maxCertificates: config.maxCertificates,
    gathering: fetching && (() => fetching.gathering()),
    memory
  }
  const remembered = rememberedRequests({
    maxRequests: config.rememberRequests,
    maxBytes: config.maxRememberedBytes,
    maxCertificates: config.maxCertificates
  })
  const settings = {
    maxBodyBytes: config.maxBodyBytes,
    maxBodiesInFlightBytes: config.maxBodiesInFlightBytes,
    maxUploadBytes: Math.min(config.maxCaFileBytes, config.maxBodiesInFlightBytes),
    maxRehearsedRequests: config.maxRehearsedRequests,
    wrongTokenDelay,
    maxDepth: config.maxJsonDepth,
    maxValues: config.maxJsonValues,
    maxParts: config.maxFormParts,
    requestTimeout: config.requestTimeout * 1_000,
    headersTimeout: config.headersTimeout * 1_000,
    keepAliveTimeout: config.keepAliveTimeout * 1_000,
    maxConnections: connectionsWithin(config.maxConnections, processLimits()),
    rateLimit: config.rateLimit
  }
  const inspection = inspectionService(config.limits, config.maxCertificates)
  return buildApp({
    answers,
    service: countedValidation(remembering(validationService(validation), remembered), metrics),
    chains: chainService({ ...validation, repairChain }),
    inspection,
    stores: uploads.stores(validation, remembered),
    administrators: uploads.administrators,
    log,
    settings,
    notReady,
    warnings,
    metrics
  })
}

const listen = async (app: FastifyInstance, { host, port }: Config): Promise<void> => {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'of an unknown reason'
    throw new ConfigError([`HOST, PORT: it cannot listen on ${host} port ${port}: ${code}.`])
  }
}
