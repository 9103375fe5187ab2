import type { Limits } from '../core/model/limits.ts'
import type { SecurityLevel } from '../core/model/options.ts'
import type { AdminToken } from './admin-tokens.ts'

/** A file or folder of CA certificates, as a trust store. */
export interface NamedPath {
  /** Undefined where the store is named after the path. */
  readonly name: string | undefined
  readonly path: string
}

/** All that the service can be told when it starts; read once, never changed. */
export interface Config {
  readonly host: string
  readonly port: number
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
  readonly maxCertificates: number
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
  /** Seconds, as the three below. */
  readonly requestTimeout: number
  readonly headersTimeout: number
  readonly keepAliveTimeout: number
  readonly shutdownTimeout: number
}
