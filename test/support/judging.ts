import { setTimeout as elapsed } from 'node:timers/promises'
import { root } from './authority.ts'
import type { RunningService } from './service.ts'

/**
 * Waits until a process that judges what is large has answered: where a machine has much to do, it may start more slowly than a request
 * is kept waiting for it. The wait is for those whose subject is not how the service says so.
 */
export const untilItJudges = async ({ url }: Pick<RunningService, 'url'>): Promise<void> => {
  const body = JSON.stringify({ chain: root().pem.repeat(70) })
  for (;;) {
    const { status } = await fetch(`${url}/validate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body
    })
    if (status === 200) return
    if (status !== 503) throw new Error(`the service answers with ${status}`)
    await elapsed(500)
  }
}
