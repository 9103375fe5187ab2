import { createClient } from '#dist/client/index.js'
import { root } from './authority.ts'
import type { RunningService } from './service.ts'

/**
 * Waits until a process that judges what is large has answered: where a machine has much to do, it may start more slowly than a request
 * is kept waiting for it. The wait is for those whose subject is not how the service says so.
 */
export const untilItJudges = async ({ url }: Pick<RunningService, 'url'>): Promise<void> => {
  await createClient({ url, retries: 60, longestWait: 5 }).validate({ chain: root().pem.repeat(70) })
}
