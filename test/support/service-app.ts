import { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { Validate } from '#dist/core/model/request.js'
import type { TrustStore } from '#dist/core/model/trust-store.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import { repairChain } from '#dist/core/repair-chain.js'
import { type AppSettings, buildApp } from '#dist/http/app.js'
import { listedTokens } from '#dist/service/admin-tokens.js'
import { administrators } from '#dist/service/administrators.js'
import { KeptAnswers } from '#dist/service/answers/kept-answers.js'
import { chainService } from '#dist/service/chain.js'
import { countedValidation } from '#dist/service/counted-validation.js'
import { inspectionService } from '#dist/service/inspection.js'
import { makeMetrics } from '#dist/service/metrics.js'
import { rememberedRequests, remembering } from '#dist/service/remembered-requests.js'
import { trustFigures } from '#dist/service/trust-figures.js'
import { accept } from '#dist/service/trust-stores/accepted.js'
import { trustStoreService } from '#dist/service/trust-stores/trust-store-service.js'
import { type ValidationParts, validationService } from '#dist/service/validation.js'
import type { StoreKeeping } from '#dist/trust/keeping.js'
import { TrustRegistry } from '#dist/trust/registry.js'
import { UploadedStores } from '#dist/trust/uploaded.js'
import { memoryKeeping } from './memory-keeping.ts'

/** The time of the tests: 2026-11-23T19:30:00Z. */
export const testTime = 1_795_462_200

export const plainVerdict: Verdict = {
  valid: true,
  outcome: 'valid',
  checkedAt: '2026-11-23T19:30:00Z',
  path: [],
  errors: [],
  warnings: [],
  trustAnchor: null,
  trust: [],
  checkAgainAt: null,
  checkAgainReason: null
}

export const emptyStore = (name: string): TrustStore => ({
  name,
  version: null,
  digest: '0'.repeat(64),
  anchors: [],
  anchorsBySubject: new Map(),
  crls: []
})

/** A registry that serves `stores`. */
export const registryOf = (stores: readonly TrustStore[]): TrustRegistry => {
  const registry = new TrustRegistry()
  for (const store of stores) registry.put(store.name ?? '', { store, origin: 'file', from: 'test', since: testTime })
  return registry
}

export const settings: AppSettings = {
  maxBodyBytes: 65_536,
  maxBodiesInFlightBytes: 131_072,
  maxUploadBytes: 131_072,
  maxRehearsedRequests: 10,
  wrongTokenDelay: 20,
  maxDepth: 32,
  maxValues: 10_000,
  maxParts: 16,
  requestTimeout: 5_000,
  headersTimeout: 5_000,
  keepAliveTimeout: 5_000,
  maxConnections: 1_000,
  rateLimit: { perSecond: 0, burst: 100, proxies: 0 }
}

export interface TestApp {
  readonly app: FastifyInstance
  /** What the core was asked, in order. */
  readonly asked: Parameters<Validate>[]
  /** The lines of the log, parsed. */
  readonly logged: Record<string, unknown>[]
  /** What it serves; the default store is `system`. */
  readonly registry: TrustRegistry
}

/** The service with a stand-in for the core that gives `verdict`, or what `validate` gives. */
export const testApp = async (
  parts: {
    readonly validate?: ValidationParts['validate']
    readonly settings?: Partial<AppSettings>
    readonly notReady?: () => readonly string[]
    readonly warnings?: () => readonly string[]
    readonly stores?: readonly TrustStore[]
    readonly keeping?: StoreKeeping
    /** As ADMIN_TOKENS has them. */
    readonly tokens?: string
    /** Requests to be remembered. */
    readonly remember?: number
    readonly clock?: () => number
    readonly gathering?: ValidationParts['gathering']
    /** Bytes of answers to be kept. */
    readonly answerBytes?: number
  } = {}
): Promise<TestApp> => {
  const clock = parts.clock ?? (() => testTime)
  const asked: Parameters<Validate>[] = []
  const logged: Record<string, unknown>[] = []
  const stores = parts.stores ?? [emptyStore('system'), emptyStore('corporate')]
  const registry = registryOf(stores)
  const metrics = makeMetrics(trustFigures(registry, () => new Map()))
  const validation: ValidationParts = {
    validate: (...question) => {
      asked.push(question)
      return parts.validate?.(...question) ?? { kind: 'verdict', verdict: plainVerdict }
    },
    registry,
    defaultStores: ['system'],
    clock,
    securityLevel: 2,
    limits: defaultLimits,
    maxCertificates: 2_000,
    gathering: parts.gathering
  }
  const remembered = rememberedRequests({ maxRequests: parts.remember ?? 0, maxBytes: 65_536, maxCertificates: 2_000 })
  const keeping = parts.keeping ?? memoryKeeping()
  const uploaded = new UploadedStores({ keeping, registry, report: () => undefined })
  await uploaded.start()
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      logged.push(JSON.parse(String(chunk)))
      done()
    }
  })
  const { answerBytes = 0 } = parts
  const answers = answerBytes === 0 ? undefined : new KeptAnswers({ maxBytes: answerBytes, registry, clock, metrics })
  const app = await buildApp({
    answers,
    service: countedValidation(remembering(validationService(validation), remembered), metrics),
    chains: chainService({ ...validation, repairChain }),
    knownText: () => undefined,
    inspection: inspectionService(defaultLimits, 2_000),
    stores: trustStoreService(
      {
        keeping,
        uploaded,
        registry,
        defaultStores: ['system'],
        yardstick: () => ({ now: clock(), securityLevel: 2 }),
        maxStores: 3,
        maxCertificates: 20
      },
      { validation, remembered: () => remembered.all, accept }
    ),
    administrators: administrators(listedTokens(parts.tokens ?? '').tokens, undefined, () => undefined),
    log: pino({ level: 'debug' }, stream),
    settings: { ...settings, ...parts.settings },
    notReady: parts.notReady ?? (() => []),
    warnings: parts.warnings ?? (() => []),
    metrics
  })
  return { app, asked, logged, registry }
}
