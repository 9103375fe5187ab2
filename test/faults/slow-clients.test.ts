import { afterAll, describe, expect, it } from 'vitest'
import { fullSize, loadOf, openMany, sized, tell } from '../support/load.ts'
import { type RunningService, startService } from '../support/service.ts'

let service: RunningService | undefined
afterAll(() => service?.stop())

describe('many clients that send their bodies an octet at a time', () => {
  it('slow nobody else down', async () => {
    service = await startService({ LOG_LEVEL: 'warn' })
    const url = new URL(service.url)
    const requests = sized(4_000, 200)
    await loadOf(url, 4, requests / 2)
    const alone = await loadOf(url, 4, requests)
    const head = 'POST /validate HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 100000\r\n\r\n'
    const slow = await openMany(url, sized(1_000, 100), head)
    const drip = setInterval(() => {
      for (const socket of slow) socket.write('a')
    }, 1_000)
    const beside = await loadOf(url, 4, requests)
    clearInterval(drip)
    const held = slow.filter(({ destroyed }) => !destroyed).length
    for (const socket of slow) socket.destroy()
    tell(
      `${held} slow clients: p99 of the others ${beside.p99.toFixed(1)} ms, without slow ones ${alone.p99.toFixed(1)} ms`
    )
    expect([alone.outcomes, beside.outcomes]).toEqual([['200'], ['200']])
    expect(held).toBe(slow.length)
    // At most twice as much, and what the clock and the scheduler of a shared machine may add.
    if (fullSize) expect(beside.p99).toBeLessThan(2 * alone.p99 + 25)
  })
})
