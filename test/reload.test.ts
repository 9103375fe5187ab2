import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { readAnchors } from '#dist/core/decode/input/read-anchors.js'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import { validate } from '#dist/index.js'
import { root, server } from './support/authority.ts'
import { type RunningService, startService, wholeLines } from './support/service.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-reload-'))
const services: RunningService[] = []
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop()
})
afterAll(() => rmSync(folder, { recursive: true }))

const start = async (environment: Record<string, string>): Promise<RunningService> => {
  const service = await startService(environment)
  services.push(service)
  return service
}

const [first, second] = [root('First'), root('Second')]
const chain = server(second).pem
const time = '2026-06-01T00:00:00Z'

const ask = async ({ url }: RunningService): Promise<Verdict> => {
  const answer = await fetch(new URL('/validate', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chain, time })
  })
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Verdict
}

const ready = async ({ url }: RunningService) => {
  const answer = await fetch(new URL('/health/ready', url))
  return { status: answer.status, body: await answer.json() }
}

const versionOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)
const replace = (path: string, text: string): void => {
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}
const valid = (service: RunningService) => async (): Promise<boolean> => (await ask(service)).valid

describe('the running service', () => {
  it('serves a file that was renamed into place', async () => {
    const path = join(folder, 'renamed.pem')
    writeFileSync(path, first.pem)
    const service = await start({ CA_FILES: path })
    expect((await ask(service)).valid).toBe(false)
    replace(path, second.pem)
    await expect.poll(valid(service), { interval: 100 }).toBe(true)
    expect((await ask(service)).trust).toEqual([
      { name: 'renamed', version: versionOf(second.pem), digest: expect.any(String) }
    ])
  })

  it('serves a mounted ConfigMap that was changed', async () => {
    const mount = mkdtempSync(join(folder, 'mount-'))
    const change = (name: string, pem: string): void => {
      mkdirSync(join(mount, name))
      writeFileSync(join(mount, name, 'ca.pem'), pem)
      symlinkSync(name, join(mount, '..data_tmp'))
      renameSync(join(mount, '..data_tmp'), join(mount, '..data'))
    }
    change('..one', first.pem)
    symlinkSync('..data/ca.pem', join(mount, 'ca.pem'))
    const service = await start({ CA_FILES: join(mount, 'ca.pem') })
    change('..two', second.pem)
    rmSync(join(mount, '..one'), { recursive: true })
    await expect.poll(valid(service), { interval: 100 }).toBe(true)
  })

  it('reads all anew at SIGHUP, and goes on where there is nothing to be read', async () => {
    const path = join(folder, 'signal.pem')
    writeFileSync(path, first.pem)
    const service = await start({ CA_FILES: path })
    replace(path, second.pem)
    service.process.kill('SIGHUP')
    await expect.poll(valid(service), { interval: 10 }).toBe(true)
    rmSync(path)
    service.process.kill('SIGHUP')
    const warning = `The trust store signal is served as it was last read with success, as version ${versionOf(second.pem)}: what it is read from cannot be used, because it is not there.`
    await expect
      .poll(() => ready(service))
      .toEqual({ status: 200, body: { status: 'ok', reasons: [], warnings: [warning] } })
    expect((await ask(service)).valid).toBe(true)
    const metrics = await (await fetch(new URL('/metrics', service.url))).text()
    expect(metrics).toContain('vidimus_trust_store_kept{store="signal"} 1\n')
    expect(metrics).toMatch(/vidimus_trust_store_reloads_total\{store="signal",result="failure"\} [1-9]/)
    // The log comes through a pipe, and may come after the answer.
    const lines = (): readonly unknown[] => wholeLines(service.output()).map((line): unknown => JSON.parse(line))
    await expect.poll(lines).toContainEqual(
      expect.objectContaining({
        level: 40,
        store: 'signal',
        version: versionOf(second.pem),
        because: [{ place: path, reason: 'it is not there' }]
      })
    )
    expect(await service.stop()).toBe(0)
  })

  it('fails no request while a store is swapped 100 times, and every answer is that of the version it names', async () => {
    const path = join(folder, 'swapped.pem')
    const texts = new Map<string, string>()
    const swap = (turn: number): string => {
      const text = `Version ${turn}\n${turn % 2 === 0 ? first.pem : second.pem}`
      texts.set(versionOf(text), text)
      replace(path, text)
      return versionOf(text)
    }
    swap(0)
    const service = await start({ CA_FILES: path })
    const answers: Verdict[] = []
    let swapping = true
    const client = async (): Promise<void> => {
      while (swapping) {
        answers.push(await ask(service))
        await elapsed(5)
      }
    }
    const clients = [client(), client()]
    await expect.poll(() => answers.length, { timeout: 10_000 }).toBeGreaterThan(0)
    for (let turn = 1; turn <= 100; turn += 1) {
      const version = swap(turn)
      service.process.kill('SIGHUP')
      while (answers.at(-1)?.trust[0]?.version !== version) await elapsed(5)
    }
    swapping = false
    await Promise.all(clients)

    const versions = new Set(answers.map(({ trust }) => trust[0]?.version))
    expect(versions.size).toBe(101)
    for (const answer of answers) {
      const [{ version, digest } = { version: null, digest: '' }] = answer.trust
      const { anchors } = readAnchors(Buffer.from(texts.get(version ?? '') ?? ''), 'trustStore:swapped')
      const store = trustStore({ name: 'swapped', version, anchors })
      expect(store.digest).toBe(digest)
      const outcome = validate({ chain, time }, { stores: [store] })
      expect(outcome.kind === 'verdict' && outcome.verdict).toEqual(answer)
    }
  }, 240_000)
})
