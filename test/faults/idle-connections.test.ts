import { afterAll, describe, expect, it } from 'vitest'
import { connectionsWithin, processLimits } from '#dist/open-files.js'
import { loadOf, mebibytes, metricOf, openMany, sized, tell } from '../support/load.ts'
import { type RunningService, startService } from '../support/service.ts'

const idle = sized(10_000, 500)
const active = sized(200, 20)
const room = connectionsWithin(idle + active, processLimits())
if (room < idle + active)
  process.stderr.write(`Skipped: ${idle} idle connections: the machine lets a process open too few files\n`)

let service: RunningService | undefined
afterAll(() => service?.stop())

describe('many connections on which nothing happens', () => {
  it.skipIf(room < idle + active)('leave room and memory for those that work', async () => {
    service = await startService({ LOG_LEVEL: 'warn' })
    const url = new URL(service.url)
    const before = await metricOf(url, 'process_resident_memory_bytes')
    const sockets = await openMany(url, idle, 'GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n')
    for (const socket of sockets) socket.resume()
    const { outcomes, p99 } = await loadOf(url, active, active * 10)
    const open = await metricOf(url, 'vidimus_connections')
    const after = await metricOf(url, 'process_resident_memory_bytes')
    tell(
      `${open} connections, ${active} of them active: ${mebibytes(after)} resident, ${mebibytes(before)} before; p99 ${p99.toFixed(1)} ms`
    )
    for (const socket of sockets) socket.destroy()
    expect(outcomes).toEqual(['200'])
    expect(open).toBeGreaterThanOrEqual(idle)
    expect(after).toBeLessThan(1_073_741_824)
    await expect.poll(() => metricOf(url, 'vidimus_connections'), { timeout: 20_000 }).toBeLessThan(active)
  })
})
