import type { ApplicationConfig } from '../application.ts'
import type { Config } from '../service/config-types.ts'

/**
 * What one of several serving processes is given: of every limit and cache an equal share, so that all together keep to what is
 * configured. A process has room for one body of the greatest size and for one validation process at least.
 */
export const shareOf = (config: Config, processes: number): ApplicationConfig => {
  const { fetching: _fetching, databaseUrl: _databaseUrl, ...own } = config
  const down = (whole: number): number => Math.floor(whole / processes)
  const up = (whole: number): number => Math.ceil(whole / processes)
  return {
    ...own,
    certificateCacheBytes: down(config.certificateCacheBytes),
    answerCacheBytes: down(config.answerCacheBytes),
    maxBodiesInFlightBytes: Math.max(down(config.maxBodiesInFlightBytes), config.maxBodyBytes),
    maxConnections: Math.max(down(config.maxConnections), 1),
    rememberRequests: up(config.rememberRequests),
    maxRememberedBytes: down(config.maxRememberedBytes),
    lanes: { ...config.lanes, processes: up(config.lanes.processes), queue: up(config.lanes.queue) }
  }
}
