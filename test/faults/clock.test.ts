import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { root, server } from '../support/authority.ts'
import { loadOf, tell } from '../support/load.ts'
import { type RunningService, startService } from '../support/service.ts'
import { adminToken } from '../support/store-client.ts'
import { utcDigits } from '../support/times.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-clock-'))
const step = join(folder, 'step')
const taken = `${step}.taken`
const steppingClock = pathToFileURL(join(import.meta.dirname, '../support/stepping-clock.mjs')).href
let service: RunningService | undefined
afterAll(async () => {
  await service?.stop()
  rmSync(folder, { recursive: true })
})

const year = 31_557_600
const validity = { notBefore: utcDigits(-year), notAfter: utcDigits(year) }
const ca = root('Test Root', validity)
const chain = server(ca, 'www.example.test', validity).pem

const post = async (url: string, path: string, body: object, method = 'POST') => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` }
  const answer = await fetch(new URL(path, url), { method, headers, body: JSON.stringify(body) })
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: JSON.parse(await answer.text()) }
}

describe('a clock that steps by ten years', () => {
  it.each([
    ['forward and back', [10, 0]],
    ['back and forward', [-10, 0]],
    ['far each way', [10, -10, 10, 0]]
  ])('%s: hangs nothing, judges by the time it shows, and all is as before afterwards', async (_what, steps) => {
    writeFileSync(step, '0')
    writeFileSync(taken, '0')
    const started = await startService({
      NODE_OPTIONS: `--import=${steppingClock}`,
      CLOCK_STEP: step,
      ADMIN_TOKENS: adminToken,
      RATE_LIMIT_PER_SECOND: '50',
      RATE_LIMIT_BURST: '50',
      LOG_LEVEL: 'info'
    })
    service = started
    const { url, process: running } = started
    let slowest = 0
    const judged = async (years: number): Promise<void> => {
      const start = performance.now()
      const { status, body } = await post(url, '/validate', { chain, caBundle: ca.pem })
      slowest = Math.max(slowest, performance.now() - start)
      expect(status).toBe(200)
      expect(new Date(body.checkedAt).getUTCFullYear()).toBe(
        new Date(Date.now() + years * year * 1_000).getUTCFullYear()
      )
      const codes = years === 0 ? [] : [years > 0 ? 'expired' : 'not-yet-valid']
      expect([...new Set(body.errors.map(({ code }: { code: string }) => code))]).toEqual(codes)
    }
    await judged(0)
    let version = 0
    for (const years of steps) {
      writeFileSync(step, String(years * year))
      running.kill('SIGUSR2')
      await expect.poll(() => readFileSync(taken, 'utf8'), { timeout: 20_000 }).toBe(String(years * year))
      await judged(years)
      // Whoever asks too often is let in again as soon as before: no client is locked out for ten years.
      const { outcomes } = await loadOf(new URL(url), 20, 150)
      expect(outcomes.filter((outcome) => outcome !== '200' && outcome !== '429')).toEqual([])
      const refused = await post(url, '/validate', { chain })
      if (refused.status === 429) expect(Number(refused.retryAfter)).toBeLessThanOrEqual(2)
      await elapsed(1_200)
      await judged(years)
      version += 1
      const certificates = root(`Root ${version}`, validity).pem
      const put = await post(url, '/trust-stores/steps', { certificates }, 'PUT')
      expect([put.status, put.body.version]).toEqual([version === 1 ? 201 : 200, String(version)])
      expect((await fetch(new URL('/health/live', url))).status).toBe(200)
      expect((await fetch(new URL('/health/ready', url))).status).toBe(200)
      expect((await fetch(new URL('/metrics', url))).status).toBe(200)
    }
    tell(`the clock stepped by ${steps.join(', ')} years: slowest validation ${slowest.toFixed(1)} ms`)
    expect(slowest).toBeLessThan(5_000)
    expect(await started.stop()).toBe(0)
  })
})
