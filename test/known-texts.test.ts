import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { intermediate, root, server } from './support/authority.ts'
import { untilItJudges } from './support/judging.ts'
import { type RunningService, startService } from './support/service.ts'

const anchor = root()
const issuing = intermediate(anchor)
/** Larger than what is judged where it arrives, and than one piece of a body. */
const others = Array.from({ length: 160 }, () => root().pem).join('')

let service: RunningService
beforeAll(async () => {
  service = await startService({ VALIDATION_DEADLINE_MS: '20000' })
  await untilItJudges(service)
})
afterAll(() => service.stop())

const post = async (path: string, body: string) => {
  const response = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': path.endsWith('batch') ? 'application/x-ndjson' : 'application/json' },
    body
  })
  const answer = JSON.parse(await response.text())
  return { status: answer.status ?? response.status, verdict: answer.verdict ?? answer.body ?? answer }
}

const ask = async (path: string, caBundle: string, written = JSON.stringify): Promise<unknown> => {
  const request = { chain: [server(issuing).pem, issuing.pem], caBundle, hostname: 'www.example.test' }
  const { status, verdict } = await post(path, written(request))
  const { outcome, trustAnchor, errors, warnings } = verdict
  return { status, outcome, anchor: trustAnchor?.subject, errors, warnings }
}

describe('a CA bundle that is sent again and again', () => {
  it.each(['/validate', '/chain', '/validate/batch'])('has the answers of the first time at %s', async (path) => {
    const [good, bad] = [others + anchor.pem, others]
    const [first, refused] = [await ask(path, good), await ask(path, bad)]
    expect(first).toMatchObject({ status: 200, outcome: 'valid' })
    expect(refused).toMatchObject({ status: 200, outcome: 'invalid' })
    for (let time = 0; time < 3; time++) {
      expect(await ask(path, good)).toEqual(first)
      expect(await ask(path, bad)).toEqual(refused)
    }
    const spaced = (value: unknown): string => JSON.stringify(value).replace('"caBundle":', '"caBundle" : ')
    const escaped = (value: unknown): string => JSON.stringify(value).replaceAll('+', '\\u002b')
    expect(await ask(path, good, spaced)).toEqual(first)
    expect(await ask(path, good, escaped)).toEqual(first)
  })

  it('does not make a body valid that is no JSON, or has a field twice', async () => {
    const good = others + anchor.pem
    for (let time = 0; time < 3; time++) await ask('/validate', good)
    const cut = (value: unknown): string => JSON.stringify(value).slice(0, -1)
    const twice = (value: unknown): string => JSON.stringify(value).replace('{', '{"caBundle":"",')
    for (const written of [cut, twice]) expect(await ask('/validate', good, written)).toMatchObject({ status: 400 })
  })
})

describe('what stands above end entities that come one after the other', () => {
  const above = intermediate(anchor, 'Above')
  const rest = above.pem + anchor.pem
  const key = above.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

  const answer = async (path: string, chain: string): Promise<unknown> => {
    const { verdict } = await post(path, JSON.stringify({ chain, caBundle: anchor.pem, hostname: 'www.example.test' }))
    const { outcome, path: entries, privateKey, warnings } = verdict
    const sources = entries?.map(({ source }: { readonly source: string }) => source)
    return { outcome, sources, privateKey, warnings }
  }

  const remembered = async (): Promise<number> => {
    const text = await (await fetch(`${service.url}/metrics`)).text()
    return Number(/^vidimus_memory_hits_total\{kind="issuers"\} (\d+)$/m.exec(text)?.[1])
  }

  it('is remembered, and each of them has the answer that it had before', async () => {
    const sources = ['chain[0]', 'chain[1]', 'caBundle[0]']
    for (const path of ['/validate', '/validate/batch']) {
      for (let time = 0; time < 4; time++) {
        expect(await answer(path, server(above).pem + rest)).toMatchObject({ outcome: 'valid', sources, warnings: [] })
      }
    }
    expect(await remembered()).toBeGreaterThanOrEqual(4)
    const stranger = server(root()).pem
    expect(await answer('/validate', stranger + rest)).toMatchObject({ outcome: 'invalid', sources: ['chain[0]'] })
    const withKey = await answer('/validate', key + server(above).pem + rest)
    expect(withKey).toMatchObject({ outcome: 'valid', sources, privateKey: { matches: false } })
  })
})
