import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWith, sharedFolder } from '../support/engines.ts'
import { type RunningService, startService } from '../support/service.ts'

interface HostileCase {
  readonly id: string
  readonly class: string
  readonly allowed: readonly ('valid' | 'invalid' | 'reject' | 'limit')[]
  readonly request?: unknown
  /** Headers and a base64 body to send as they are. */
  readonly raw?: { readonly headers: Readonly<Record<string, string>>; readonly body: string }
  /** What must appear in no answer and no log. */
  readonly secret?: string
}

const readCases = (): readonly HostileCase[] => {
  const file = `${sharedFolder}/hostile/cases.jsonl`
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as HostileCase)
}

const cases = readCases()

/** An answer is due within a second; ten times as much is what a busy machine may take. */
const longestAnswer = 10_000
const mostGrowth = 256 * 1024 * 1024

/** Control, bidirectional and zero-width characters. */
const unsafe = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

const residentBytes = (pid: number | undefined): number => {
  const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]
  return Number(pages) * 4096
}

describeWith('shared', 'Hostile input', () => {
  let service: RunningService

  beforeAll(async () => {
    service = await startService()
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
  })

  const send = ({ request, raw }: HostileCase): Promise<Response> =>
    fetch(`${service.url}/validate`, {
      method: 'POST',
      headers: raw?.headers ?? { 'content-type': 'application/json' },
      body: raw === undefined ? JSON.stringify(request) : Buffer.from(raw.body, 'base64'),
      signal: AbortSignal.timeout(longestAnswer)
    })

  const verdictOf = (status: number, body: { readonly valid?: unknown }): string => {
    if (status === 200) return body.valid === true ? 'valid' : 'invalid'
    return [413, 429].includes(status) ? 'limit' : [400, 415, 422].includes(status) ? 'reject' : `status ${status}`
  }

  it('has its cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(158)
  })

  it.each(cases.map((each) => [`${each.class}: ${each.id}`, each] as const))('%s', async (_title, each) => {
    const before = residentBytes(service.process.pid)
    const response = await send(each)
    const text = await response.text()
    const body = JSON.parse(text) as { readonly valid?: unknown }
    expect(each.allowed).toContain(verdictOf(response.status, body))
    expect(textsIn(body).filter((each) => unsafe.test(each))).toEqual([])
    expect(residentBytes(service.process.pid) - before).toBeLessThan(mostGrowth)
    const health = await fetch(`${service.url}/health/live`, { signal: AbortSignal.timeout(longestAnswer) })
    expect(health.status).toBe(200)
    if (each.secret !== undefined) {
      expect(text).not.toContain(each.secret)
      expect(service.output()).not.toContain(each.secret)
    }
  })
})
