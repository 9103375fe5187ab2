import { readFileSync } from 'node:fs'
import { defaultLimits, type Limits } from '../core/model/limits.ts'
import type { Config, FetchConfig, LaneConfig } from './config-types.ts'
import type { Setting } from './setting.ts'
import { limitSettings, settings } from './settings.ts'

export type Texts = Readonly<Record<string, string | undefined>>

/** A configuration that the service cannot start with: every fault of it, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

const all: readonly Setting<unknown>[] = [...Object.values(settings), ...limitSettings.values()]

/**
 * Reads the configuration: the environment, and the JSON file that `CONFIG_FILE` names, where the environment wins.
 * Throws a `ConfigError` that lists everything wrong at once.
 */
export const readConfig = (environment: Texts): Config => {
  const path = environment['CONFIG_FILE']
  const file = path === undefined || path === '' ? {} : readConfigFile(path)
  const faults: string[] = []
  const read: Read = (setting, byDefault) => {
    const given = environment[setting.name] ?? file[setting.name]
    const reading = setting.read(given)
    if ('value' in reading) return reading.value
    const shown = setting.secret === true || given === undefined ? '' : ` is ${JSON.stringify(given.slice(0, 200))} and`
    faults.push(`${setting.name}${shown} must be ${reading.mustBe}.`)
    return byDefault
  }
  const limits: Limits = {
    ...defaultLimits,
    ...Object.fromEntries([...limitSettings].map(([name, setting]) => [name, read(setting, 0)]))
  }
  const config: Config = {
    host: read(settings.host, ''),
    port: read(settings.port, 0),
    workers: read(settings.workers, 0),
    logLevel: read<string>(settings.logLevel, ''),
    caFiles: read(settings.caFiles, []),
    caDirectories: read(settings.caDirectories, []),
    caPaths: read(settings.caPaths, []),
    systemFile: read(settings.systemFile, undefined),
    systemDirectories: read(settings.systemDirectories, []),
    defaultTrustStores: read(settings.defaultTrustStores, undefined),
    dataDir: read(settings.dataDir, ''),
    databaseUrl: read(settings.databaseUrl, undefined),
    securityLevel: read(settings.securityLevel, 2),
    limits: Object.freeze(limits),
    fetching: Object.freeze(readFetching(read)),
    lanes: Object.freeze(readLanes(read)),
    maxCertificates: read(settings.maxCertificates, 0),
    certificateCacheBytes: read(settings.certificateCacheBytes, 0),
    answerCacheBytes: read(settings.answerCacheBytes, 0),
    maxBodyBytes: read(settings.maxBodyBytes, 0),
    maxBodiesInFlightBytes: read(settings.maxBodiesInFlightBytes, 0),
    maxJsonDepth: read(settings.maxJsonDepth, 0),
    maxJsonValues: read(settings.maxJsonValues, 0),
    maxFormParts: read(settings.maxFormParts, 0),
    maxCaFileBytes: read(settings.maxCaFileBytes, 0),
    adminTokens: read(settings.adminTokens, []),
    adminTokensFile: read(settings.adminTokensFile, undefined),
    maxTrustStores: read(settings.maxTrustStores, 0),
    maxStoreCertificates: read(settings.maxStoreCertificates, 0),
    maxStoreVersions: read(settings.maxStoreVersions, 0),
    maxRehearsedRequests: read(settings.maxRehearsedRequests, 0),
    rememberRequests: read(settings.rememberRequests, 0),
    maxRememberedBytes: read(settings.maxRememberedBytes, 0),
    maxConnections: read(settings.maxConnections, 0),
    rateLimit: {
      perSecond: read(settings.rateLimitPerSecond, 0),
      burst: read(settings.rateLimitBurst, 0),
      proxies: read(settings.trustedProxies, 0)
    },
    requestTimeout: read(settings.requestTimeout, 0),
    headersTimeout: read(settings.headersTimeout, 0),
    keepAliveTimeout: read(settings.keepAliveTimeout, 0),
    shutdownTimeout: read(settings.shutdownTimeout, 0)
  }
  if (config.maxBodiesInFlightBytes < config.maxBodyBytes) {
    faults.push('MAX_BODIES_IN_FLIGHT_BYTES must be at least MAX_BODY_BYTES.')
  }
  if (config.headersTimeout > config.requestTimeout) {
    faults.push('HEADERS_TIMEOUT_SECONDS must be at most REQUEST_TIMEOUT_SECONDS.')
  }
  if (config.fetching.mostSeconds < config.fetching.leastSeconds) {
    faults.push('EVIDENCE_MOST_SECONDS must be at least EVIDENCE_LEAST_SECONDS.')
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return Object.freeze(config)
}

/** Reads one setting; `byDefault` stands where it is at fault, until all faults are told. */
type Read = <T>(setting: Setting<T>, byDefault: T) => T

const readLanes = (read: Read): LaneConfig => ({
  smallBytes: read(settings.smallRequestBytes, 0),
  processes: read(settings.validationProcesses, 0),
  deadlineMs: read(settings.validationDeadlineMs, 0),
  queue: read(settings.validationQueue, 0),
  heapMebibytes: read(settings.validationHeapMebibytes, 0)
})

const nothing = { allows: () => false }

const readFetching = (read: Read): FetchConfig => ({
  on: read(settings.fetch, 'off') === 'on',
  https: read(settings.fetchHttps, 'off') === 'on',
  hosts: read(settings.fetchAllowedHosts, nothing),
  addresses: read(settings.fetchAllowedNetworks, nothing),
  ports: read(settings.fetchAllowedPorts, nothing),
  deadlineMs: read(settings.fetchDeadlineMs, 0),
  transferSeconds: read(settings.fetchTransferSeconds, 0),
  maxPerValidation: read(settings.fetchMaxPerValidation, 0),
  maxCrlBytes: read(settings.fetchMaxCrlBytes, 0),
  maxConnections: read(settings.fetchMaxConnections, 0),
  maxConnectionsPerHost: read(settings.fetchMaxConnectionsPerHost, 0),
  failureSeconds: read(settings.fetchFailureSeconds, 0),
  ocspNonce: read(settings.fetchOcspNonce, 'off') === 'on',
  leastSeconds: read(settings.evidenceLeastSeconds, 0),
  mostSeconds: read(settings.evidenceMostSeconds, 0),
  memoryBytes: read(settings.evidenceMemoryBytes, 0),
  keptBytes: read(settings.evidenceKeptBytes, 0)
})

/** The variables, a line or two each, for `--help`. */
export const describeConfig = (): string =>
  [
    ...all.map(({ name, byDefault, meaning }) => `  ${name}\n      ${meaning} Default: ${byDefault}.`),
    '  CONFIG_FILE\n      A JSON file with an object of the same names; the environment wins. Default: none.'
  ].join('\n')

/** Values may be texts, numbers, or arrays of texts for lists. Names that are not known are faults. */
const readConfigFile = (path: string): Texts => {
  const value = parseFile(path)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError([`CONFIG_FILE ${path} must hold a JSON object.`])
  }
  const known = new Set(all.map(({ name }) => name))
  const faults: string[] = []
  const texts = new Map<string, string>()
  for (const [name, given] of Object.entries(value)) {
    const text = textOf(given)
    if (!known.has(name))
      faults.push(`CONFIG_FILE ${path} names ${JSON.stringify(name.slice(0, 64))}, which is not known.`)
    else if (text === undefined)
      faults.push(`${name} in CONFIG_FILE ${path} must be a text, a number or a list of texts.`)
    else texts.set(name, text)
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return Object.fromEntries(texts)
}

const parseFile = (path: string): unknown => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError([`CONFIG_FILE ${path} cannot be read: ${reasonOf(error)}.`])
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new ConfigError([`CONFIG_FILE ${path} is not JSON.`])
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'of an unknown reason'

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join(',') : undefined
}
