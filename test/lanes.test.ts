import { readFileSync } from 'node:fs'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { intermediate, root, server } from './support/authority.ts'
import { metricOf } from './support/load.ts'
import { type RunningService, startService, wholeLines } from './support/service.ts'

const anchor = root()
const issuing = intermediate(anchor)
const leaf = server(issuing)

/** A request of more than 64 certificates, which is judged in another process; `name` makes it another one. */
const large = (name = 'large.example.test'): object => ({
  chain: [leaf.pem, ...Array.from({ length: 70 }, () => issuing.pem)],
  caBundle: anchor.pem,
  hostname: name
})
/** The same certificates, to be looked into. */
const bundle = { chain: [leaf.pem, ...Array.from({ length: 70 }, () => issuing.pem)] }
const small = { chain: [leaf.pem, issuing.pem], caBundle: anchor.pem }

interface Timed {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: {
    readonly valid?: boolean
    readonly outcome?: string
    readonly code?: string
    readonly errors?: readonly { readonly code: string; readonly details?: object }[]
  }
  readonly milliseconds: number
}

const ask = async (
  { url }: RunningService,
  request: object,
  { path = '/validate', accept = 'application/json', method = 'POST' } = {}
): Promise<Timed> => {
  const since = performance.now()
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(request)
  })
  const body = (await response.json()) as Timed['body']
  const retryAfter = response.headers.get('retry-after')
  return { status: response.status, retryAfter, body, milliseconds: performance.now() - since }
}

const limitOf = ({ body }: Timed): object | undefined => body.errors?.[0]?.details

/** The processes that judge what is large. */
const workersOf = ({ process: { pid } }: RunningService): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((text) => text !== '')
    .map(Number)

/** A process that does not go on is to all others as one that loops without end. */
const stopAll = (service: RunningService): readonly number[] => {
  const workers = workersOf(service)
  for (const pid of workers) process.kill(pid, 'SIGSTOP')
  return workers
}

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const started: RunningService[] = []
/** The service, with processes that have judged something and are ready. */
const start = async (environment: Readonly<Record<string, string>> = {}): Promise<RunningService> => {
  const service = await startService(environment)
  started.push(service)
  await vi.waitFor(async () => expect(await ask(service, large())).toMatchObject({ status: 200 }), { timeout: 60_000 })
  await untilReady(service)
  return service
}

/** One process and the one in reserve. */
const untilReady = (service: RunningService): Promise<void> =>
  vi.waitFor(
    async () => {
      const metrics = await (await fetch(`${service.url}/metrics`)).text()
      expect(metrics).toMatch(/^vidimus_worker_processes\{state="ready"\} [2-9]$/m)
      expect(metrics).toMatch(/^vidimus_worker_processes\{state="starting"\} 0$/m)
    },
    { timeout: 60_000 }
  )

/** Until so many processes judge, and so many requests wait for one. */
const untilBusy = (service: RunningService, busy: number, waiting = 0): Promise<void> =>
  vi.waitFor(
    async () => {
      expect(await metricOf(new URL(service.url), 'vidimus_worker_processes{state="busy"}')).toBe(busy)
      expect(await metricOf(new URL(service.url), 'vidimus_waiting_validations')).toBe(waiting)
    },
    { timeout: 20_000 }
  )

afterEach(async () => {
  for (const service of started.splice(0)) await service.stop()
})

// Starting processes takes its time where the machine is shared.
describe.skipIf(process.platform !== 'linux')(
  'a request that is judged in another process',
  { timeout: 180_000 },
  () => {
    it('alone has no certain verdict when that process is killed, and others go on', async () => {
      // Far off: on a machine with much to do a process may need more than a second for what is easy.
      const service = await start({ VALIDATION_DEADLINE_MS: '20000' })
      const workers = stopAll(service)
      const killed = ask(service, large('killed.example.test'))
      await untilBusy(service, 1)
      for (const pid of workers) process.kill(pid, 'SIGKILL')
      const since = performance.now()
      expect(await ask(service, small)).toMatchObject({ status: 200, body: { valid: true } })
      const answer = await killed
      expect(answer).toMatchObject({ status: 200, body: { valid: false, outcome: 'indeterminate' } })
      expect(limitOf(answer)).toEqual({ limit: 'processAttempts', allowed: 1 })
      expect(await ask(service, large())).toMatchObject({ status: 200, body: { valid: false, outcome: 'invalid' } })
      process.stderr.write(`a new process answered after ${Math.round(performance.now() - since)} ms\n`)
      const ended = () =>
        JSON.parse(wholeLines(service.output()).find((line) => line.includes('a process of validations ended')) ?? '{}')
      await expect.poll(ended).toMatchObject({ why: 'crash', signal: 'SIGKILL', processId: expect.any(Number) })
      expect(service.output()).not.toContain('BEGIN CERTIFICATE')
    })

    it('is ended at its deadline, and refused for a while when it has ended two processes', async () => {
      const deadline = 4_000
      const service = await start({ VALIDATION_DEADLINE_MS: String(deadline) })
      const live: number[] = []
      for (let round = 0; round < 2; round++) {
        const workers = stopAll(service)
        const slow = ask(service, large('slow.example.test'))
        for (let at = 0; at < 20; at++) {
          const since = performance.now()
          expect((await fetch(`${service.url}/health/live`)).status).toBe(200)
          live.push(performance.now() - since)
          await elapsed(20)
        }
        const answer = await slow
        expect(answer).toMatchObject({ status: 200, body: { outcome: 'indeterminate' } })
        expect(limitOf(answer)).toEqual({ limit: 'processMilliseconds', allowed: deadline })
        process.stderr.write(`ended after ${Math.round(answer.milliseconds)} ms\n`)
        expect(answer.milliseconds).toBeGreaterThan(deadline - 10)
        for (const pid of workers) if (isThere(pid)) process.kill(pid, 'SIGCONT')
        await untilReady(service)
      }
      process.stderr.write(`health/live meanwhile: at most ${Math.round(Math.max(...live))} ms\n`)
      const refused = await ask(service, large('slow.example.test'))
      expect(limitOf(refused)).toEqual({ limit: 'processAttempts', allowed: 2 })
      expect(refused).toMatchObject({ status: 200, body: { outcome: 'indeterminate' } })
      expect(await ask(service, large())).toMatchObject({ body: { outcome: 'invalid' } })
      const metrics = await (await fetch(`${service.url}/metrics`)).text()
      expect(metrics).toMatch(/^vidimus_worker_processes_ended_total\{reason="deadline"\} 2$/m)
      expect(metrics).toMatch(/^vidimus_validations_turned_away_total\{reason="repeated"\} 1$/m)
    })

    it('is told of its end in the words of its route', async () => {
      const service = await start()
      const details = { limit: 'processMilliseconds', allowed: 1_000 }
      const verdict = { outcome: 'indeterminate', errors: [{ code: 'limit-reached', details }] }
      const empty = { chain: '', complete: false, certificates: [], changes: [], verdict }
      const errors = [{ pointer: '/chain', code: 'limit-reached' }]
      const problem = { status: 422, body: { code: 'limit-reached', errors } }
      for (const [path, accept, request, expected] of [
        ['/chain', 'application/json', large(), { status: 200, body: empty }],
        ['/chain', 'application/pem-certificate-chain', large('file.example.test'), problem],
        ['/inspect', 'application/json', bundle, problem],
        ['/inspect', 'application/pkcs7-mime', bundle, problem]
      ] as const) {
        stopAll(service)
        expect(await ask(service, request, { path, accept })).toMatchObject(expected)
        await untilReady(service)
      }
      stopAll(service)
      const upload = { certificates: bundle.chain }
      expect(
        await ask(service, upload, { path: '/trust-stores/tried?dryRun=true&allowEndEntity=true', method: 'PUT' })
      ).toMatchObject({ status: 422, body: { code: 'limit-reached', errors: [{ pointer: '/certificates' }] } })
    })

    it('is turned away at once where too many wait', async () => {
      const service = await start({ VALIDATION_PROCESSES: '1', VALIDATION_QUEUE: '1', VALIDATION_DEADLINE_MS: '5000' })
      stopAll(service)
      const running = ask(service, large('running.example.test'))
      await untilBusy(service, 1)
      const waiting = ask(service, large('waiting.example.test'))
      await untilBusy(service, 1, 1)
      const turnedAway = await ask(service, large('late.example.test'))
      expect(turnedAway).toMatchObject({ status: 503, retryAfter: '1', body: { code: 'overloaded' } })
      expect(turnedAway.milliseconds).toBeLessThan(2_500)
      expect(await ask(service, small)).toMatchObject({ status: 200, body: { valid: true } })
      expect((await running).status).toBe(200)
      expect([200, 503]).toContain((await waiting).status)
    })

    it('is answered though the service is told to stop, and no process outlives it', async () => {
      const service = await start({ VALIDATION_DEADLINE_MS: '5000' })
      const workers = stopAll(service)
      const answer = ask(service, large())
      await untilBusy(service, 1)
      service.process.kill('SIGTERM')
      await elapsed(300)
      for (const pid of workers) process.kill(pid, 'SIGCONT')
      expect(await answer).toMatchObject({ status: 200, body: { outcome: 'invalid' } })
      expect(await service.stop()).toBe(0)
      await vi.waitFor(() => expect(workers.filter(isThere)).toEqual([]), { timeout: 5_000 })
    })

    it('leaves no process behind where the service is killed', async () => {
      const service = await start()
      const workers = workersOf(service)
      service.process.kill('SIGKILL')
      await vi.waitFor(() => expect(workers.filter(isThere)).toEqual([]), { timeout: 5_000 })
    })
  }
)
