import type { Limits } from '../core/model/limits.ts'
import type { SecurityLevel } from '../core/model/options.ts'
import type { AddressRules } from '../net/addresses.ts'
import type { HostRules } from '../net/hosts.ts'
import type { PortRules } from '../net/target.ts'
import type { AdminToken } from './admin-tokens.ts'

/** A file or folder of CA certificates, as a trust store. */
export interface NamedPath {
  /** Undefined where the store is named after the path. */
  readonly name: string | undefined
  readonly path: string
}

/** What may be fetched, how much of it, and for how long it serves. */
export interface FetchConfig {
  readonly on: boolean
  readonly https: boolean
  readonly hosts: HostRules
  readonly addresses: AddressRules
  readonly ports: PortRules
  readonly deadlineMs: number
  readonly transferSeconds: number
  readonly maxPerValidation: number
  readonly maxCrlBytes: number
  readonly maxConnections: number
  readonly maxConnectionsPerHost: number
  readonly failureSeconds: number
  readonly ocspNonce: boolean
  readonly leastSeconds: number
  readonly mostSeconds: number
  readonly memoryBytes: number
  readonly keptBytes: number
}

/** What is judged where it arrives, and what in processes of its own. */
export interface LaneConfig {
  readonly smallBytes: number
  readonly processes: number
  readonly deadlineMs: number
  readonly queue: number
  readonly heapMebibytes: number
}

/** All that the service can be told when it starts; read once, never changed. */
export interface Config {
  readonly host: string
  readonly port: number
  /** Processes that serve. */
  readonly workers: number
  readonly logLevel: string
  readonly caFiles: readonly NamedPath[]
  readonly caDirectories: readonly NamedPath[]
  readonly caPaths: readonly NamedPath[]
  /** In place of what Node reads of the platform. */
  readonly systemFile: string | undefined
  readonly systemDirectories: readonly string[]
  /** Undefined for the stores of CA files and directories, else `system`. */
  readonly defaultTrustStores: readonly string[] | undefined
  readonly dataDir: string
  /** Of PostgreSQL, with its password; undefined for the embedded database. */
  readonly databaseUrl: string | undefined
  readonly securityLevel: SecurityLevel
  readonly limits: Limits
  readonly fetching: FetchConfig
  readonly lanes: LaneConfig
  readonly maxCertificates: number
  /** For what is remembered between validations; 0 for nothing. */
  readonly certificateCacheBytes: number
  /** For whole answers; 0 for none. */
  readonly answerCacheBytes: number
  readonly maxBodyBytes: number
  readonly maxBodiesInFlightBytes: number
  readonly maxJsonDepth: number
  readonly maxJsonValues: number
  readonly maxFormParts: number
  readonly maxCaFileBytes: number
  readonly adminTokens: readonly AdminToken[]
  readonly adminTokensFile: string | undefined
  readonly maxTrustStores: number
  readonly maxStoreCertificates: number
  readonly maxStoreVersions: number
  readonly maxRehearsedRequests: number
  readonly rememberRequests: number
  readonly maxRememberedBytes: number
  readonly maxConnections: number
  /** How often a client may ask; `perSecond` 0 for as often as it likes. */
  readonly rateLimit: { readonly perSecond: number; readonly burst: number; readonly proxies: number }
  /** Seconds, as the three below. */
  readonly requestTimeout: number
  readonly headersTimeout: number
  readonly keepAliveTimeout: number
  readonly shutdownTimeout: number
}
