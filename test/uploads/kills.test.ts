import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../support/authority.ts'
import { startService } from '../support/service.ts'
import { adminToken, ask } from '../support/store-client.ts'

/** How many uploads are killed; more than a test run has time for where VIDIMUS_KILLS says so. */
const kills = Number(process.env['VIDIMUS_KILLS'] ?? '8')
const folder = mkdtempSync(join(tmpdir(), 'vidimus-kills-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { key } = root()
const bundle = (seed: number): string =>
  Array.from({ length: 500 }, (_, at) => root(`Root ${seed}.${at}`, { key }).pem).join('')

describe('a service that is killed during an upload', () => {
  it('serves the old version or the new one when it is back', { timeout: 60_000 + kills * 15_000 }, async () => {
    const environment = { DATA_DIR: folder, ADMIN_TOKENS: adminToken, CA_FILES: '', LOG_LEVEL: 'warn' }
    const bundles = [bundle(0), bundle(1)]
    const outcomes = { old: 0, new: 0, answered: 0 }
    let slowest = 0
    let service = await startService(environment)
    let digest = (await ask(service, 'PUT', '/trust-stores/mine', { body: bundles[1] ?? '' })).body.digest ?? ''
    for (let round = 0; round < kills; round += 1) {
      const body = bundles[round % 2] ?? ''
      const planned = await ask(service, 'PUT', '/trust-stores/mine?dryRun=true', { body })
      const target = planned.body.digest ?? ''
      const upload = ask(service, 'PUT', '/trust-stores/mine', { body }).catch(() => undefined)
      await elapsed(Math.random() * 60)
      const gone = once(service.process, 'exit')
      service.process.kill('SIGKILL')
      await gone
      const answer = await upload
      const began = performance.now()
      service = await startService(environment)
      const ready = await fetch(new URL('/health/ready', service.url))
      slowest = Math.max(slowest, performance.now() - began)
      expect(ready.status).toBe(200)
      const served = await ask(service, 'GET', '/trust-stores/mine')
      const now = served.body.digest ?? ''
      expect([digest, target]).toContain(now)
      // What was answered is kept.
      if (answer?.status === 200) expect(now).toBe(target)
      outcomes.answered += answer?.status === 200 ? 1 : 0
      outcomes[now === target ? 'new' : 'old'] += 1
      digest = now
    }
    await service.stop()
    process.stdout.write(
      `killed ${kills} uploads: ${JSON.stringify(outcomes)}, slowest start ${Math.round(slowest)} ms\n`
    )
    expect(outcomes.old + outcomes.new).toBe(kills)
  })
})
