import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { RunningService } from '../../support/service.ts'
import type { Allowed, OwnCase } from './case.ts'

/** What a request of a case came to, as those see it who sent it, and those who asked for something else meanwhile. */
export interface Figures {
  readonly outcome: Allowed | `status ${number}`
  /** What the answer says of it: the outcome and codes of a verdict, or the code of a problem. */
  readonly said: string
  readonly body: string
  readonly milliseconds: number
  readonly megabytes: number
  /** What the service's processes computed meanwhile, in milliseconds: says more than time where a machine is shared. */
  readonly cpu: number
  /** By how much the service's processes grew at most. */
  readonly growth: number
  /** Of `GET /health/live` meanwhile, in milliseconds. */
  readonly live: { readonly p99: number; readonly longest: number; readonly count: number }
}

/** The longest that an answer is waited for. */
const patience = 30_000
const betweenAsking = 3

interface Usage {
  readonly bytes: number
  /** In milliseconds. */
  readonly cpu: number
}

const msATick = 10

/** What a process and all that it started hold in memory and have computed. */
const usageOf = (root: number): Usage => {
  const parents = new Map<number, number>()
  const usages = new Map<number, Usage>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const at = (field: number): number => Number(fields[field])
      parents.set(pid, at(1))
      usages.set(pid, { bytes: at(21) * 4096, cpu: (at(11) + at(12)) * msATick })
    } catch {
      // It has ended since its folder was listed.
    }
  }
  const isOfTree = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
      if (at === root) return true
    return false
  }
  const own = [...usages].filter(([pid]) => isOfTree(pid)).map(([, usage]) => usage)
  return {
    bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
    cpu: own.reduce((sum, { cpu }) => sum + cpu, 0)
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** Milliseconds until the service has said that it is alive. */
const askLive = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const start = performance.now()
    request(`${url}/health/live`, { agent, timeout: patience }, (response) => {
      response.resume().once('end', () => resolve(performance.now() - start))
    })
      .once('error', reject)
      .end()
  })

const outcomeOf = (status: number, valid: unknown): Figures['outcome'] => {
  if (status === 200) return valid === true ? 'valid' : 'invalid'
  if (status === 413 || status === 429) return 'limit'
  return [400, 415, 422].includes(status) ? 'reject' : `status ${status}`
}

interface Answer {
  readonly valid?: boolean
  readonly outcome?: string
  readonly code?: string
  readonly errors?: readonly { readonly code: string; readonly details?: { readonly limit?: string } }[]
}

const saidIn = ({ outcome, code, errors = [] }: Answer): string => {
  const codes = new Set(errors.map((each) => `${each.code}${each.details?.limit ? ` (${each.details.limit})` : ''}`))
  return [outcome ?? code ?? 'inspected', ...(outcome === undefined ? [] : codes)].slice(0, 4).join(', ')
}

/** Sends a case, asks meanwhile whether the service is alive, and looks at its memory. */
export const measure = async (service: RunningService, each: OwnCase): Promise<Figures> => {
  const { contentType, octets } = each.make()
  const pid = service.process.pid ?? 0
  const before = usageOf(pid)
  let most = before.bytes
  let answered = false
  const lives: number[] = []
  const watching = (async () => {
    for (let at = 0; !answered || at < 10; at++) {
      lives.push(await askLive(service.url))
      if (at % 4 === 0) most = Math.max(most, usageOf(pid).bytes)
      await new Promise((resolve) => setTimeout(resolve, betweenAsking))
    }
  })()
  const start = performance.now()
  const response = await fetch(`${service.url}${each.route ?? '/validate'}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: Buffer.from(octets),
    signal: AbortSignal.timeout(patience)
  })
  const body = await response.text()
  const milliseconds = performance.now() - start
  answered = true
  await watching
  const after = usageOf(pid)
  const answer = JSON.parse(body) as Answer
  const sorted = lives.toSorted((one, other) => one - other)
  return {
    outcome: outcomeOf(response.status, answer.valid),
    said: saidIn(answer),
    body,
    milliseconds,
    megabytes: octets.length / 1e6,
    cpu: after.cpu - before.cpu,
    growth: Math.max(most, after.bytes) - before.bytes,
    live: {
      p99: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0,
      longest: sorted.at(-1) ?? 0,
      count: sorted.length
    }
  }
}
