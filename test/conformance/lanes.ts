import { untilItJudges } from '../support/judging.ts'
import { type RunningService, startService } from '../support/service.ts'

/** Two services: one as it is, and one that judges everything in processes of its own. */
export interface BothLanes {
  readonly service: RunningService
  readonly other: RunningService
  stop(): Promise<void>
}

export const startBothLanes = async (): Promise<BothLanes> => {
  // An answer that a deadline ends is another one: on a machine that many share, none may.
  const environment = { VALIDATION_DEADLINE_MS: '60000' }
  const service = await startService(environment)
  const other = await startService({ ...environment, SMALL_REQUEST_BYTES: '0' })
  await untilItJudges(other)
  return {
    service,
    other,
    stop: async () => {
      await service.stop()
      await other.stop()
    }
  }
}
