import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { exampleRequest } from '#dist/http/schemas/example.js'
import { mebibytes, metricOf, openMany, sized, tell } from '../support/load.ts'
import { type RunningService, startService } from '../support/service.ts'

let service: RunningService | undefined
afterAll(() => service?.stop())

const collecting = pathToFileURL(join(import.meta.dirname, '../support/collecting.mjs')).href
const most = 1_048_576
const body = JSON.stringify(exampleRequest)
const post = (path: string, type: string, length: number): string =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n\r\n`

/** How far clients get before they go away. */
const beginnings = [
  'POST /validate HTTP/1.1\r\nhost: x\r\n',
  `${post('/validate', 'application/json', body.length)}${body.slice(0, 700)}`,
  `${post('/validate', 'text/plain', 300_000)}${'a'.repeat(8_000)}`,
  `${post('/validate', 'application/json', body.length)}${body}`,
  `${post('/validate/batch', 'application/x-ndjson', 300_000)}${body}\n${body.slice(0, 500)}`,
  `${post('/trust-stores/x/rehearse', 'application/json', 300_000)}{`
]

describe('clients that go away in the middle', () => {
  it('leave nothing behind: no connection, no memory for bodies, no heap', async () => {
    service = await startService({
      LOG_LEVEL: 'warn',
      MAX_BODY_BYTES: String(most),
      MAX_BODIES_IN_FLIGHT_BYTES: String(most),
      NODE_OPTIONS: `--import=${collecting}`
    })
    const url = new URL(service.url)
    const come = async (clients: number): Promise<void> => {
      for (let count = 0; count < clients; count += 50) {
        const sockets = await openMany(url, 50, beginnings[(count / 50) % beginnings.length] ?? '')
        await elapsed(5)
        for (const [at, socket] of sockets.entries()) at % 2 === 0 ? socket.resetAndDestroy() : socket.destroy()
      }
      await expect.poll(() => metricOf(url, 'vidimus_connections'), { timeout: 20_000 }).toBeLessThan(3)
    }
    const running = service.process
    const heap = async (): Promise<number> => {
      for (let round = 0; round < 3; round += 1) {
        running.kill('SIGUSR2')
        await elapsed(300)
      }
      return metricOf(url, 'nodejs_heap_size_used_bytes')
    }
    await come(sized(2_000, 100))
    const before = await heap()
    const clients = sized(10_000, 400)
    await come(clients)
    const after = await heap()
    const handles = await metricOf(url, 'nodejs_active_handles_total')
    tell(
      `${clients} clients went away: heap ${mebibytes(before)} before, ${mebibytes(after)} after; ${handles} handles`
    )
    const whole = await fetch(new URL('/inspect', url), {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'a'.repeat(most)
    })
    expect(whole.status).toBe(200)
    expect(handles).toBeLessThan(20)
    expect(after - before).toBeLessThan(8 * 1_048_576)
  })
})
