import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ClientRates } from '#dist/http/client-rates.js'
import { dialing } from '../support/dialing.ts'

const { start } = dialing()

describe('the rates of clients', () => {
  it('let a burst pass, then one request for each interval, and tell how long to wait', () => {
    const rates = new ClientRates({ perSecond: 2, burst: 3 }, 10)
    expect([0, 0, 0, 0].map((now) => rates.take('a', now))).toEqual([0, 0, 0, 500])
    expect(rates.take('a', 499)).toBe(1)
    expect(rates.take('a', 500)).toBe(0)
    expect(rates.take('a', 500)).toBe(500)
    expect(rates.take('b', 500)).toBe(0)
    expect([9_000, 9_000, 9_000, 9_000].map((now) => rates.take('a', now))).toEqual([0, 0, 0, 500])
  })

  it('never let more pass in any span of time than the burst and the rate', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 })
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (waits, perSecond, burst) => {
          const rates = new ClientRates({ perSecond, burst }, 10)
          const passed: number[] = []
          let now = 0
          for (const wait of waits) {
            now += wait
            if (rates.take('a', now) === 0) passed.push(now)
          }
          const tooMany = passed.some((first, from) =>
            passed.some((last, to) => to >= from && to - from + 1 > burst + ((last - first) * perSecond) / 1_000 + 1e-6)
          )
          expect(tooMany).toBe(false)
        }
      )
    )
  })

  it('remember only so many clients, and forget those who have not asked for longest', () => {
    const rates = new ClientRates({ perSecond: 1, burst: 1 }, 100)
    rates.take('first', 0)
    for (let client = 0; client < 10_000; client += 1) {
      rates.take(`client ${client}`, 0)
      if (client % 50 === 0) expect(rates.take('first', 0)).toBeGreaterThan(0)
    }
    expect(rates.clients).toBe(100)
    expect(rates.take('client 0', 0)).toBe(0)
  })
})

describe('RATE_LIMIT_PER_SECOND', () => {
  // Nobody earns another request while the test runs, however long that takes.
  beforeEach(() => void vi.spyOn(performance, 'now').mockReturnValue(1_000))
  afterEach(() => void vi.restoreAllMocks())

  const ask = (port: number, path: string, forwarded?: string) =>
    fetch(
      `http://127.0.0.1:${port}${path}`,
      forwarded === undefined ? {} : { headers: { 'x-forwarded-for': forwarded } }
    )

  it('is off where it is not set', async () => {
    const { port } = await start()
    for (let turn = 0; turn < 150; turn += 1) expect((await ask(port, '/trust-stores')).status).toBe(200)
  })

  it('answers whoever asks too often with 429 and when to ask again, on every path but those of operation', async () => {
    const { port, logged } = await start({ settings: { rateLimit: { perSecond: 1, burst: 2, proxies: 0 } } })
    expect((await ask(port, '/trust-stores')).status).toBe(200)
    expect((await ask(port, '/nowhere')).status).toBe(404)
    for (const path of ['/trust-stores', '/nowhere', '/docs', '/validate']) {
      const refused = await ask(port, path)
      expect(refused.status).toBe(429)
      expect(refused.headers.get('retry-after')).toBe('1')
      expect(await refused.json()).toMatchObject({ status: 429, code: 'rate-limited' })
    }
    for (const path of ['/health/live', '/health/ready', '/metrics'])
      expect((await ask(port, path)).status).not.toBe(429)
    expect(logged).toContainEqual(expect.objectContaining({ status: 429, problem: 'rate-limited' }))
  })

  it('counts who connects, whatever X-Forwarded-For says', async () => {
    const { port } = await start({ settings: { rateLimit: { perSecond: 1, burst: 1, proxies: 0 } } })
    expect((await ask(port, '/trust-stores', '192.0.2.1')).status).toBe(200)
    expect((await ask(port, '/trust-stores', '192.0.2.2')).status).toBe(429)
  })

  it('counts whom the proxies of TRUSTED_PROXIES saw', async () => {
    const { port } = await start({ settings: { rateLimit: { perSecond: 1, burst: 1, proxies: 1 } } })
    expect((await ask(port, '/trust-stores', '192.0.2.1')).status).toBe(200)
    expect((await ask(port, '/trust-stores', '203.0.113.9, 192.0.2.1')).status).toBe(429)
    expect((await ask(port, '/trust-stores', '192.0.2.1, 192.0.2.2')).status).toBe(200)
    expect((await ask(port, '/trust-stores', '2001:db8::1')).status).toBe(200)
    expect((await ask(port, '/trust-stores', '2001:db8::2')).status).toBe(429)
  })
})
