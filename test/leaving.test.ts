import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type BegunService, beginService, cannotUnshare, namespace } from './support/begun-service.ts'
import { freePort } from './support/free-port.ts'
import { childrenOf } from './support/serving.ts'
import { canBeSilent, silentNameServer } from './support/silent-name-server.ts'

const cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})
const begin = (...parts: Parameters<typeof beginService>): BegunService => {
  const service = beginService(...parts)
  cleanUp.push(() => service.kill())
  return service
}

/** A pipe that is full, and that nobody reads: whoever writes to it waits. */
const fullPipe = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-pipe-'))
  const path = join(folder, 'pipe')
  spawnSync('mkfifo', [path])
  const filler = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  try {
    for (;;) writeSync(filler, Buffer.alloc(4_096))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
  }
  const pipe = openSync(path, 'w')
  cleanUp.push(() => {
    for (const descriptor of [pipe, filler]) closeSync(descriptor)
    rmSync(folder, { recursive: true })
  })
  return pipe
}

/** Milliseconds: what is in flight, the processes that serve and the log have theirs, none of which is needed in full. */
const promptly = 10_000

const listens = async (port: number): Promise<void> => {
  const isReady = () => fetch(`http://127.0.0.1:${port}/health/ready`).then(({ status }) => status, String)
  await expect.poll(isReady, { timeout: 60_000 }).toBe(200)
}

describe.skipIf(process.platform !== 'linux')('a service whose log nobody reads', { timeout: 120_000 }, () => {
  it.each(['1', '2'])('ends with 0 when it is told to, with WORKERS=%s', async (workers) => {
    const port = await freePort()
    const service = begin({ PORT: String(port), WORKERS: workers }, [], fullPipe())
    await listens(port)
    const since = performance.now()
    service.process.kill('SIGTERM')
    expect(await service.ended).toEqual({ status: 0, signal: null })
    expect(performance.now() - since).toBeLessThan(promptly)
    expect(service.errors()).toBe('')
  })

  it('ends with 0 when it is told to while it starts', async () => {
    const service = begin({ WORKERS: '3' }, [], fullPipe())
    await expect.poll(() => childrenOf(service.process.pid).length, { timeout: 60_000 }).toBe(3)
    service.process.kill('SIGTERM')
    expect(await service.ended).toEqual({ status: 0, signal: null })
  })

  it.skipIf(cannotUnshare)('ends as process 1 of a container, which cannot kill itself', async () => {
    const port = await freePort()
    const service = begin({ PORT: String(port) }, namespace, fullPipe())
    await listens(port)
    const [first = 0] = childrenOf(service.process.pid)
    const since = performance.now()
    process.kill(first, 'SIGTERM')
    expect(await service.ended).toEqual({ status: 0, signal: null })
    expect(performance.now() - since).toBeLessThan(promptly)
  })
})

describe.skipIf(!canBeSilent)('a service whose name server does not answer', () => {
  it.each(['1', '2'])('ends with 0 when it is told to, with WORKERS=%s', async (workers) => {
    const names = await silentNameServer()
    cleanUp.push(() => names.close())
    const service = begin({ DATABASE_URL: 'postgresql://user@database.example.test/x', WORKERS: workers }, names.by)
    await names.asked
    const since = performance.now()
    service.process.kill('SIGTERM')
    expect(await service.ended).toEqual({ status: 0, signal: null })
    expect(performance.now() - since).toBeLessThan(promptly)
    expect(service.output()).toContain('vidimus has stopped')
  })
})

describe.skipIf(process.platform === 'win32')('whoever leaves', () => {
  it('does not wait for a file that nobody answers for', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vidimus-pipe-'))
    const pipe = join(folder, 'pipe')
    spawnSync('mkfifo', [pipe])
    const leaving = new URL('../dist/leaving.js', import.meta.url).href
    const script = `
      const { leave } = await import(${JSON.stringify(leaving)})
      const { promises } = await import('node:fs')
      void promises.open(${JSON.stringify(pipe)})
      await new Promise((resolve) => setTimeout(resolve, 200))
      await leave({ write: () => undefined, flushed: async () => true })
    `
    const { status, signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 20_000
    })
    rmSync(folder, { recursive: true })
    expect({ status, signal }).toEqual({ status: 0, signal: null })
  })
})
