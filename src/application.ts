import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type AppParts, buildApp } from './http/app.ts'
import { lanesFor } from './lanes.ts'
import { connectionsWithin, processLimits } from './open-files.ts'
import type { Administrators } from './service/administrators.ts'
import { KeptAnswers, type KeptAnswersParts } from './service/answers/kept-answers.ts'
import { chainService } from './service/chain.ts'
import type { Config } from './service/config-types.ts'
import { countedValidation } from './service/counted-validation.ts'
import { inspectionService } from './service/inspection.ts'
import { laneFigures } from './service/lane-figures.ts'
import type { Lanes } from './service/lanes/lanes.ts'
import { Memory } from './service/memory/memory.ts'
import { memoryFigures } from './service/memory/memory-figures.ts'
import { type Figure, type Metrics, makeMetrics } from './service/metrics.ts'
import { type RememberedRequests, rememberedRequests, remembering } from './service/remembered-requests.ts'
import type { RehearsingParts } from './service/trust-stores/rehearsing.ts'
import type { StoreParts, TrustStoreService } from './service/trust-stores/trust-store-service.ts'
import { type ValidationParts, validationService } from './service/validation.ts'
import type { TrustRegistry } from './trust/registry.ts'

/** Milliseconds that a wrong token waits for its answer. */
const wrongTokenDelay = 1_000

/** What the application is given beside its configuration. */
export interface Surroundings {
  readonly log: Logger
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly registry: TrustRegistry
  readonly defaultStores: readonly string[]
  /** Changes trust stores, and rehearses changes with what the application validates with. */
  stores(by: StoreParts): TrustStoreService
  readonly administrators: Administrators
  /** Undefined where fetching is switched off. */
  readonly gathering: ValidationParts['gathering']
  /** What its metrics tell beside its own. */
  readonly figures: readonly Figure[]
  readonly notReady: () => readonly string[]
  readonly warnings: AppParts['warnings']
  /** The three below are left out where this process alone serves: who counts how often clients ask, */
  readonly rates?: AppParts['rates']
  /** the figures of the whole service, */
  readonly metricsText?: Metrics['text']
  /** and the requests that all processes remember. */
  readonly recall?: RehearsingParts['remembered']
}

/** A process that serves: HTTP, all but the listening, and the lanes below it. */
export interface Application {
  readonly app: FastifyInstance
  readonly lanes: Lanes
  readonly metrics: Metrics
  readonly remembered: RememberedRequests
}

/** What of the configuration it needs: nothing that leads to the database or the network. */
export type ApplicationConfig = Omit<Config, 'fetching' | 'databaseUrl'>

export const makeApplication = async (config: ApplicationConfig, surroundings: Surroundings): Promise<Application> => {
  const { log, clock, registry, administrators, notReady, warnings, rates, metricsText } = surroundings
  const memory = config.certificateCacheBytes === 0 ? undefined : new Memory(config.certificateCacheBytes)
  const lanes = lanesFor(config, log)
  const metrics: Metrics = makeMetrics([
    ...memoryFigures(() => ({ memory, answers })),
    ...laneFigures(lanes.counts),
    ...surroundings.figures
  ])
  const answers = keptAnswers(config, { registry, clock, metrics })
  const validation: ValidationParts = {
    validate: lanes.validate,
    registry,
    defaultStores: surroundings.defaultStores,
    clock,
    securityLevel: config.securityLevel,
    limits: config.limits,
    maxCertificates: config.maxCertificates,
    gathering: surroundings.gathering,
    memory
  }
  const remembered = rememberedRequests({
    maxRequests: config.rememberRequests,
    maxBytes: config.maxRememberedBytes,
    maxCertificates: config.maxCertificates
  })
  const inspection = inspectionService(config.limits, config.maxCertificates, lanes)
  const app = await buildApp({
    answers,
    service: countedValidation(remembering(validationService(validation), remembered), metrics),
    chains: chainService({ ...validation, repairChain: lanes.repairChain }),
    inspection,
    knownText: lanes.knownText,
    stores: surroundings.stores({
      validation,
      remembered: surroundings.recall ?? (() => remembered.all),
      accept: lanes.accept
    }),
    administrators,
    log,
    settings: settingsOf(config),
    notReady,
    warnings,
    metrics: metricsText === undefined ? metrics : { ...metrics, text: metricsText },
    rates
  })
  return { app, lanes, metrics, remembered }
}

/** Requests that are remembered for rehearsals must all come to the service, so no answers are kept then. */
const keptAnswers = (config: ApplicationConfig, parts: Omit<KeptAnswersParts, 'maxBytes'>): KeptAnswers | undefined =>
  config.answerCacheBytes === 0 || config.rememberRequests > 0
    ? undefined
    : new KeptAnswers({ ...parts, maxBytes: config.answerCacheBytes })

const settingsOf = (config: ApplicationConfig) => ({
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
})
