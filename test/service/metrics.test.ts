import { describe, expect, it } from 'vitest'
import { makeMetrics } from '#dist/service/metrics.js'
import { trustFigures } from '#dist/service/trust-figures.js'
import { TrustRegistry } from '#dist/trust/registry.js'

const linesOf = async (text: Promise<string>, prefix: string): Promise<readonly string[]> =>
  (await text).split('\n').filter((line) => line.startsWith(prefix))

describe('metrics', () => {
  it('are of their own, however many there are in a process', async () => {
    const [one, other] = [makeMetrics([]), makeMetrics([])]
    one.validated('valid', [])
    expect(await linesOf(one.text(), 'vidimus_validations')).toEqual(['vidimus_validations_total{outcome="valid"} 1'])
    expect(await linesOf(other.text(), 'vidimus_validations')).toEqual([])
  })

  it('show figures that others keep, as they are when asked for', async () => {
    const fetched = { crl: 1, ocsp: 0 }
    const metrics = makeMetrics([
      {
        name: 'vidimus_fetches_total',
        help: 'Fetches by kind.',
        type: 'counter',
        labels: ['kind'],
        read: () => Object.entries(fetched).map(([kind, value]) => ({ labels: { kind }, value }))
      }
    ])
    fetched.ocsp = 2
    expect(await linesOf(metrics.text(), '# TYPE vidimus_fetches')).toEqual(['# TYPE vidimus_fetches_total counter'])
    fetched.crl = 5
    const lines = ['vidimus_fetches_total{kind="crl"} 5', 'vidimus_fetches_total{kind="ocsp"} 2']
    expect(await linesOf(metrics.text(), 'vidimus_fetches')).toEqual(lines)
    expect(await linesOf(metrics.text(), 'vidimus_fetches')).toEqual(lines)
  })

  it('tell how reading trust stores anew has gone', async () => {
    const counts = { successes: 3, failures: 2, lastSuccess: 1_795_462_200, failing: true }
    const metrics = makeMetrics(trustFigures(new TrustRegistry(), () => new Map([['corporate', counts]])))
    expect(await linesOf(metrics.text(), 'vidimus_trust_store_')).toEqual([
      'vidimus_trust_store_reloads_total{store="corporate",result="success"} 3',
      'vidimus_trust_store_reloads_total{store="corporate",result="failure"} 2',
      'vidimus_trust_store_last_load_timestamp_seconds{store="corporate"} 1795462200',
      'vidimus_trust_store_kept{store="corporate"} 1'
    ])
  })
})
