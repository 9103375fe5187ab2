import { afterEach, describe, expect, it } from 'vitest'
import { validate } from '#dist/core/validate.js'
import { intermediate, pemOf, root, server } from '../support/authority.ts'
import { type TestApp, testApp, testTime } from '../support/service-app.ts'

const open: TestApp[] = []
afterEach(async () => {
  for (const { app } of open.splice(0)) await app.close()
})

let now = testTime
const start = async (answerBytes = 1_000_000): Promise<TestApp> => {
  now = testTime
  const made = await testApp({ validate, clock: () => now, answerBytes })
  open.push(made)
  return made
}

const anchor = root()
const issuing = intermediate(anchor)
const leaf = server(issuing)
const valid = { chain: `${leaf.pem}${issuing.pem}`, caBundle: anchor.pem, hostname: 'www.example.test' }
const keyPem = pemOf(leaf.key.privateKey.export({ type: 'pkcs8', format: 'der' }), 'PRIVATE KEY')

const ask = async ({ app }: TestApp, payload: string, type = 'application/json', query = '') => {
  const answer = await app.inject({
    method: 'POST',
    url: `/validate${query}`,
    headers: { 'content-type': type },
    payload
  })
  const { 'x-request-id': id, date: _, ...headers } = answer.headers
  return { id, status: answer.statusCode, headers, body: answer.body }
}

/** Asks several times; the answers must be the same but for the request's id. Gives the last, and how often the core was asked. */
const repeatedly = async (service: TestApp, payload: string, type?: string, query?: string) => {
  const before = service.asked.length
  const answers = []
  for (let time = 0; time < 4; time++) answers.push(await ask(service, payload, type, query))
  expect(new Set(answers.map(({ id }) => id)).size).toBe(4)
  expect(new Set(answers.map(({ id: _, ...answer }) => JSON.stringify(answer))).size).toBe(1)
  return { ...answers[3], asked: service.asked.length - before }
}

describe('answers that are kept', () => {
  it('are sent as the first was, with an id of their own, and are counted and logged', async () => {
    const service = await start()
    const { status, body, asked } = await repeatedly(service, JSON.stringify(valid))
    expect({ status, asked }).toEqual({ status: 200, asked: 3 })
    expect(JSON.parse(body ?? '')).toMatchObject({ valid: true, checkedAt: '2026-11-23T19:30:00Z' })
    now += 61
    const later = await ask(service, JSON.stringify(valid))
    expect(JSON.parse(later.body)).toEqual({ ...JSON.parse(body ?? ''), checkedAt: '2026-11-23T19:31:01Z' })
    expect(service.asked.length).toBe(3)
    expect((await service.app.inject('/metrics')).body).toContain('vidimus_validations_total{outcome="valid"} 5\n')
    const lines = service.logged.filter(({ route }) => route === '/validate')
    expect(lines).toHaveLength(5)
    for (const line of lines) expect(line).toMatchObject({ outcome: 'valid', codes: [], pathLength: 3, stores: [null] })
  })

  it('are not kept where the setting is 0', async () => {
    expect(await repeatedly(await start(0), JSON.stringify(valid))).toMatchObject({ status: 200, asked: 4 })
  })

  it('tell one option, one content type and one query from another', async () => {
    const service = await start()
    await repeatedly(service, JSON.stringify(valid))
    const other = await repeatedly(service, JSON.stringify({ ...valid, hostname: 'other.example.test' }))
    expect(JSON.parse(other.body ?? '')).toMatchObject({ valid: false, errors: [{ code: 'hostname-mismatch' }] })
    const type = 'application/pem-certificate-chain'
    const plain = await repeatedly(service, valid.chain, type)
    const named = await repeatedly(service, valid.chain, type, '?explain=none')
    expect(plain.body).not.toBe(named.body)
    expect((await repeatedly(service, valid.chain)).status).toBe(400)
  })

  it.each([
    ['brought a private key', { ...valid, chain: `${leaf.pem}${keyPem}${issuing.pem}` }],
    ['brought one where it has no place', { ...valid, intermediates: `${issuing.pem}${keyPem}` }],
    ['may have something fetched for it', { ...valid, fetchIssuers: true }],
    ['has an open answer', { ...valid, revocation: { mode: 'require' } }],
    ['is refused', { ...valid, hostname: '*.example.test' }]
  ])('are none for a request that %s', async (_what, request) => {
    expect(await repeatedly(await start(), JSON.stringify(request))).toMatchObject({ asked: 4 })
  })

  it('are given for lines of a batch, whatever the id that comes first', async () => {
    const service = await start()
    const line = (id: string, more = ''): string => `{"id":${id},${JSON.stringify(valid).slice(1, -1)}${more}}\n`
    const send = async (payload: string) =>
      (
        await service.app.inject({
          method: 'POST',
          url: '/validate/batch',
          headers: { 'content-type': 'application/x-ndjson' },
          payload
        })
      ).body
        .split('\n')
        .filter((text) => text !== '')
    const ids = ['1', '"two"', 'null', '-3', '"<5>"', '0', `"${'x'.repeat(256)}"`]
    const answers = await send(ids.map((id) => line(id)).join(''))
    expect(answers.map((text) => JSON.parse(text).id)).toEqual(ids.map((id) => JSON.parse(id)))
    expect(new Set(answers.map((text) => text.slice(text.indexOf('"status"')))).size).toBe(1)
    expect(answers[4]).toMatch(/^\{"id":"\\u003c5\\u003e","status":200,/)
    expect(service.asked.length).toBe(3)
    const [secret] = await send(line(`"-----BEGIN PRIVATE KEY-----${'MIGHAgEAMBMG'.repeat(9)}"`))
    expect(secret).not.toContain('MIGHAgEAMBMG')
    expect(JSON.parse(secret ?? '')).toMatchObject({ id: null, status: 422 })
    const refused = await send(
      [line('1', ',"id":2'), line(`"${'x'.repeat(257)}"`), line('1.5'), line('01'), line('-0')].join('')
    )
    expect(refused.map((text) => JSON.parse(text).status)).toEqual([400, 400, 400, 400, 200])
  })
})
