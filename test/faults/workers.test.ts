import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { intermediate, root, server } from '../support/authority.ts'
import { tell } from '../support/load.ts'
import { type RunningService, startService } from '../support/service.ts'

const faulty = pathToFileURL(join(import.meta.dirname, '../support/faulty-workers.mjs')).href
const anchor = root()
const issuing = intermediate(anchor)
const leaf = server(issuing)
const bundle = [leaf.pem, ...Array.from({ length: 70 }, () => issuing.pem)]

interface Answer {
  readonly status: number
  readonly outcome: string | undefined
  readonly limit: string | undefined
  readonly milliseconds: number
}

/** Asks for more certificates than are judged where they arrive, by a host name that tells what happens there. */
const ask = async ({ url }: RunningService, hostname: string): Promise<Answer> => {
  const since = performance.now()
  const response = await fetch(`${url}/validate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chain: bundle, caBundle: anchor.pem, hostname })
  })
  const { outcome, errors } = (await response.json()) as {
    readonly outcome?: string
    readonly errors?: readonly { readonly details?: { readonly limit?: string } }[]
  }
  const limit = errors?.find(({ details }) => details?.limit !== undefined)?.details?.limit
  return { status: response.status, outcome, limit, milliseconds: performance.now() - since }
}

const childrenOf = ({ process: { pid } }: RunningService): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

const isThere = (pid: number): boolean => {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const started: RunningService[] = []
const start = async (environment: Readonly<Record<string, string>>): Promise<RunningService> => {
  const service = await startService({ NODE_OPTIONS: `--import=${faulty}`, LOG_LEVEL: 'warn', ...environment })
  started.push(service)
  await vi.waitFor(async () => expect(await ask(service, 'first.example.test')).toMatchObject({ outcome: 'invalid' }), {
    timeout: 60_000
  })
  return service
}
afterEach(async () => {
  for (const service of started.splice(0)) await service.stop()
})

describe.skipIf(process.platform !== 'linux')('a process that judges', { timeout: 180_000 }, () => {
  it.each([
    ['loops without end', 'endless.example.test', 'processMilliseconds'],
    ['runs out of memory', 'memory.example.test', 'processMebibytes']
  ])('and %s costs its own request alone', async (_what, hostname, limit) => {
    const service = await start({ VALIDATION_DEADLINE_MS: '8000', VALIDATION_HEAP_MEBIBYTES: '64' })
    const faults = ask(service, hostname)
    const others: Answer[] = []
    let ended = false
    void faults.then(() => {
      ended = true
    })
    while (!ended || others.length < 20) others.push(await ask(service, `other${others.length}.example.test`))
    const fault = await faults
    expect(fault).toMatchObject({ status: 200, outcome: 'indeterminate', limit })
    expect(others.filter(({ status, outcome }) => status !== 200 || outcome !== 'invalid')).toEqual([])
    const [slowest = 0] = others.map(({ milliseconds }) => milliseconds).sort((one, other) => other - one)
    tell(
      `${hostname}: answered after ${Math.round(fault.milliseconds)} ms; ${others.length} others meanwhile, the slowest after ${Math.round(slowest)} ms`
    )
  })

  it('and loops without end ends all the same with the process that serves, also where that is killed', async () => {
    const service = await start({ VALIDATION_DEADLINE_MS: '60000' })
    const gone = ask(service, 'endless.example.test').catch(() => 'gone')
    await elapsed(500)
    const workers = childrenOf(service)
    expect(workers.length).toBeGreaterThan(0)
    service.process.kill('SIGKILL')
    const since = performance.now()
    expect(await gone).toBe('gone')
    await vi.waitFor(() => expect(workers.filter(isThere)).toEqual([]), { timeout: 10_000 })
    tell(
      `${workers.length} processes, one of them in a loop, were gone ${Math.round(performance.now() - since)} ms after`
    )
  })

  it('has nothing of its memory written where it crashes', async () => {
    const service = await start({})
    // Another one is kept in reserve, and starts now.
    const filters = (): readonly string[] =>
      childrenOf(service).map((pid) => readFileSync(`/proc/${pid}/coredump_filter`, 'utf8').trim())
    await vi.waitFor(() => expect(new Set(filters())).toEqual(new Set(['00000000'])), { timeout: 30_000 })
  })
})
