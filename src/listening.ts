import { ConfigError } from './service/config.ts'
import type { Config } from './service/config-types.ts'

/** What becomes of a fault of listening there: the configuration is wrong, and nothing of the fault but its code is told. */
export const cannotListen =
  ({ host, port }: Pick<Config, 'host' | 'port'>) =>
  (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'of an unknown reason'
    throw new ConfigError([`HOST, PORT: it cannot listen on ${host} port ${port}: ${code}.`])
  }
