import { afterEach, describe, expect, it } from 'vitest'
import { emptyStore, plainVerdict, type TestApp, testApp, testTime } from '../support/service-app.ts'

const open: TestApp[] = []
afterEach(async () => {
  for (const { app } of open.splice(0)) await app.close()
})

const start = async (parts: Parameters<typeof testApp>[0] = {}): Promise<TestApp> => {
  const made = await testApp(parts)
  open.push(made)
  return made
}

const ask = ({ app }: TestApp, payload: string, type = 'application/json') =>
  app.inject({ method: 'POST', url: '/validate', headers: { 'content-type': type }, payload })

/** The samples of `GET /metrics` whose names begin with `prefix`, by name and labels. */
const samples = async ({ app }: TestApp, prefix = 'vidimus_'): Promise<Readonly<Record<string, number>>> => {
  const { body } = await app.inject('/metrics')
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const read = lines.map((line) => {
    const [, name = '', value = ''] = /^([a-z_]+(?:\{.*\})?) (\S+)$/.exec(line) ?? []
    return [name, Number(value)] as const
  })
  return Object.fromEntries(read.filter(([name]) => name.startsWith(prefix)))
}

describe('GET /metrics', () => {
  it('is the text format of Prometheus', async () => {
    const { app } = await start()
    const answer = await app.inject('/metrics')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store'
    })
    for (const line of answer.body.split('\n')) {
      expect(line).toMatch(/^(|# (HELP|TYPE) [a-z0-9_]+ .+|[a-z0-9_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? \S+)$/)
    }
    expect(answer.body).toContain('\n# TYPE vidimus_requests_total counter\n')
    expect(answer.body).toMatch(/^process_cpu_seconds_total \d/m)
    expect(answer.body).toMatch(/^nodejs_eventloop_lag_seconds \d/m)
  })

  it('counts requests by the pattern of their path and the status, and no path of clients', async () => {
    const test = await start()
    await ask(test, '{"chain":"x"}')
    await ask(test, '{"chain":"x"}')
    await ask(test, '{}')
    await ask(test, 'x', 'image/png')
    await test.app.inject('/secret-path')
    await test.app.inject('/validate?secret-query')
    await test.app.inject('/health/live')
    const { body } = await test.app.inject('/metrics')
    expect(body).not.toContain('secret')
    expect(await samples(test, 'vidimus_requests_total')).toEqual({
      'vidimus_requests_total{route="/validate",status="200"}': 2,
      'vidimus_requests_total{route="/validate",status="400"}': 1,
      'vidimus_requests_total{route="/validate",status="415"}': 1,
      'vidimus_requests_total{route="/validate",status="405"}': 1,
      'vidimus_requests_total{route="none",status="404"}': 1,
      'vidimus_requests_total{route="/health/live",status="200"}': 1,
      'vidimus_requests_total{route="/metrics",status="200"}': 1
    })
    const durations = await samples(test, 'vidimus_request_duration_seconds')
    expect(durations['vidimus_request_duration_seconds_count{route="/validate"}']).toBe(5)
    expect(durations['vidimus_request_duration_seconds_bucket{le="10",route="/validate"}']).toBe(5)
  })

  it('counts validations by outcome and by code, each code once', async () => {
    const error = {
      code: 'expired',
      type: '/errors/expired',
      message: 'It expired.',
      certificate: 0,
      reference: 'RFC 5280 §6.1.3 (a)(2)',
      remedy: 'Renew it.',
      details: { notAfter: '2026-01-01T00:00:00Z' }
    } as const
    const invalid = { ...plainVerdict, valid: false, outcome: 'invalid', errors: [error, error] } as const
    const answers = [plainVerdict, invalid, invalid]
    const test = await start({
      validate: () => ({ kind: 'verdict', verdict: answers.shift() ?? { ...plainVerdict, outcome: 'indeterminate' } })
    })
    for (let turn = 0; turn < 4; turn += 1) await ask(test, '{"chain":"x"}')
    await ask(test, '{"chain":"x","trustStores":["nowhere"]}')
    expect(await samples(test, 'vidimus_validation')).toEqual({
      'vidimus_validations_total{outcome="valid"}': 1,
      'vidimus_validations_total{outcome="invalid"}': 2,
      'vidimus_validations_total{outcome="indeterminate"}': 1,
      'vidimus_validations_total{outcome="refused"}': 1,
      'vidimus_validation_errors_total{code="expired"}': 2,
      'vidimus_validation_errors_total{code="trust-store-not-found"}': 1
    })
  })

  it('tells what is served now of each trust store, and no more of one that is gone', async () => {
    const test = await start({ stores: [emptyStore('system'), { ...emptyStore('corporate'), version: 'one' }] })
    const digest = '0'.repeat(64)
    const info = (store: string, version: string): string =>
      `vidimus_trust_store_info{store="${store}",version="${version}",digest="${digest}",origin="file"}`
    expect(await samples(test, 'vidimus_trust_store_')).toEqual({
      [info('system', '')]: 1,
      [info('corporate', 'one')]: 1,
      'vidimus_trust_store_certificates{store="system"}': 0,
      'vidimus_trust_store_certificates{store="corporate"}': 0,
      'vidimus_trust_store_crls{store="system"}': 0,
      'vidimus_trust_store_crls{store="corporate"}': 0,
      'vidimus_trust_store_since_timestamp_seconds{store="system"}': testTime,
      'vidimus_trust_store_since_timestamp_seconds{store="corporate"}': testTime
    })
    const store = { ...emptyStore('corporate'), version: 'two' }
    test.registry.put('corporate', { store, origin: 'file', from: 'test', since: testTime + 60 })
    test.registry.remove('system')
    expect(await samples(test, 'vidimus_trust_store_')).toEqual({
      [info('corporate', 'two')]: 1,
      'vidimus_trust_store_certificates{store="corporate"}': 0,
      'vidimus_trust_store_crls{store="corporate"}': 0,
      'vidimus_trust_store_since_timestamp_seconds{store="corporate"}': testTime + 60
    })
  })

  it('is logged as little as the questions for health', async () => {
    const test = await start()
    await test.app.inject('/metrics')
    expect(test.logged.at(-1)).toMatchObject({ level: 20, route: '/metrics', status: 200 })
  })
})
