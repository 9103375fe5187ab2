import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { intermediate, root, server } from './support/authority.ts'
import { type RunningService, startService } from './support/service.ts'

const anchor = root()
const issuing = intermediate(anchor)
/** Larger than what is judged where it arrives, and than one piece of a body. */
const others = Array.from({ length: 160 }, () => root().pem).join('')

let service: RunningService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

const ask = async (path: string, caBundle: string, written = JSON.stringify): Promise<unknown> => {
  const response = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': path.endsWith('batch') ? 'application/x-ndjson' : 'application/json' },
    body: written({ chain: [server(issuing).pem, issuing.pem], caBundle, hostname: 'www.example.test' })
  })
  const body = JSON.parse(await response.text())
  const { outcome, trustAnchor, errors, warnings } = body.verdict ?? body.body ?? body
  return { status: body.status ?? response.status, outcome, anchor: trustAnchor?.subject, errors, warnings }
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
