import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { type BegunService, beginService, cannotUnshare, namespace } from './support/begun-service.ts'
import { childrenOf, isThere } from './support/serving.ts'

const begun: BegunService[] = []
const databases: Server[] = []
afterEach(async () => {
  await Promise.all(begun.splice(0).map((service) => service.kill()))
  for (const database of databases.splice(0)) database.close()
})
const begin = (...parts: Parameters<typeof beginService>): BegunService => {
  const service = beginService(...parts)
  begun.push(service)
  return service
}

/** The service, begun and held up in the midst of its start: its database has taken a connection, and does not answer. */
const heldUp = async (...[environment, by]: Parameters<typeof beginService>): Promise<BegunService> => {
  const database = createServer().listen(0, '127.0.0.1')
  databases.push(database)
  await once(database, 'listening')
  const address = database.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const connection = once(database, 'connection')
  const service = begin({ ...environment, DATABASE_URL: `postgresql://user@127.0.0.1:${port}/x` }, by)
  await connection
  return service
}

/** A line that the service writes before it listens. */
const loaded = /"msg":"default trust stores"/
/** Milliseconds: what is told to end while it starts has nothing to wait for. */
const promptly = 8_000
const hanging = pathToFileURL(join(import.meta.dirname, 'support/hanging-start.mjs')).href

/** It has ended by itself, as one that had nothing left to do. */
const expectCleanEnd = async (service: BegunService, since: number): Promise<void> => {
  expect(await service.ended).toEqual({ status: 0, signal: null })
  expect(performance.now() - since).toBeLessThan(promptly)
  expect(service.output()).toMatch(/"signal":"SIG(TERM|INT)","msg":"vidimus is stopping"/)
  expect(service.output().trimEnd()).toMatch(/"msg":"vidimus has stopped"\}$/)
  expect(service.errors()).toBe('')
}

describe.each(['1', '3'])('a signal while the service starts, with WORKERS=%s', (workers) => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s ends it cleanly, and it never listens', async (signal) => {
    const service = await heldUp({ WORKERS: workers })
    const since = performance.now()
    service.process.kill(signal)
    await expectCleanEnd(service, since)
    expect(service.output()).not.toContain('listening')
  })

  it.each([0, 200])('SIGTERM ends it cleanly %i ms after its first lines', async (milliseconds) => {
    const service = begin({ WORKERS: workers })
    await service.says(loaded)
    await elapsed(milliseconds)
    const since = performance.now()
    service.process.kill('SIGTERM')
    await expectCleanEnd(service, since)
  })

  it('SIGTERM at the very moment in which it says that it listens ends it cleanly', async () => {
    for (let round = 0; round < 3; round += 1) {
      const service = begin({ WORKERS: workers, LOG_LEVEL: 'warn' })
      await service.says(/listening/)
      service.process.kill('SIGTERM')
      expect(await service.ended).toEqual({ status: 0, signal: null })
    }
  })

  it('SIGHUP does not end it, and trust stores are read anew once they are there', async () => {
    const service = begin({ WORKERS: workers })
    await service.says(loaded)
    service.process.kill('SIGHUP')
    await service.says(/trust stores are read anew/)
    const { length } = service.output().split('vidimus is listening')
    expect(length).toBe(2)
    service.process.kill('SIGTERM')
    expect(await service.ended).toEqual({ status: 0, signal: null })
  })
})

describe.skipIf(process.platform !== 'linux')('serving processes that never come to serve', () => {
  it('are ended at SIGTERM with the one that started them', async () => {
    const service = begin({ WORKERS: '3', NODE_OPTIONS: `--import=${hanging}` })
    await expect.poll(() => childrenOf(service.process.pid).length, { timeout: 30_000 }).toBe(3)
    const processes = childrenOf(service.process.pid)
    await elapsed(300)
    const since = performance.now()
    service.process.kill('SIGTERM')
    await expectCleanEnd(service, since)
    expect(processes.filter(isThere)).toEqual([])
  })
})

// What nobody hears has no effect there.
describe.skipIf(cannotUnshare)('as process 1 of a container', () => {
  it.each(['1', '2'])('it ends at SIGTERM while it starts, with WORKERS=%s', async (workers) => {
    const service = await heldUp({ WORKERS: workers }, namespace)
    const [first = 0] = childrenOf(service.process.pid)
    const since = performance.now()
    process.kill(first, 'SIGTERM')
    await expectCleanEnd(service, since)
    expect(service.output()).not.toContain('listening')
  })
})
