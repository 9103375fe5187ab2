import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '#dist/core/model/limits.js'
import { validate } from '#dist/core/validate.js'
import { describeWith } from '../support/engines.ts'
import { type RunningService, startService } from '../support/service.ts'
import { type ConformanceCase, type Corpus, casesOf, expectationOf, ledger } from './corpus.ts'

/** How many cases each corpus has at least: a corpus that lost its cases must not pass. */
const corpora: Readonly<Record<Corpus, number>> = { pkits: 249, limbo: 157, bettertls: 439 }

const settings = {
  now: Math.floor(Date.now() / 1000),
  securityLevel: 2,
  limits: defaultLimits,
  maxCertificates: 2000
} as const

const inTheCore = ({ request }: ConformanceCase): 'valid' | 'not-valid' => {
  const outcome = validate(request, [], settings)
  return outcome.kind === 'verdict' && outcome.verdict.valid ? 'valid' : 'not-valid'
}

describeWith('shared', 'Conformance corpora', () => {
  let service: RunningService

  beforeAll(async () => {
    service = await startService()
  })
  afterAll(async () => {
    await service.stop()
  })

  const overHttp = async ({ request }: ConformanceCase): Promise<'valid' | 'not-valid'> => {
    const response = await fetch(`${service.url}/validate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request)
    })
    const answer = (await response.json()) as { readonly valid?: boolean }
    expect([200, 422]).toContain(response.status)
    return response.status === 200 && answer.valid === true ? 'valid' : 'not-valid'
  }

  for (const [corpus, count] of Object.entries(corpora) as [Corpus, number][]) {
    describe(corpus, () => {
      const cases = casesOf(corpus)
      it('has all its cases', () => {
        expect(cases.length).toBeGreaterThanOrEqual(count)
      })
      it.each(cases.map((each) => [each.id, each] as const))('%s', async (_id, each) => {
        expect({ core: inTheCore(each), http: await overHttp(each) }).toEqual({
          core: expectationOf(each),
          http: expectationOf(each)
        })
      })
    })
  }

  it('needs every exception of its ledger', () => {
    const expected = new Map(
      Object.keys(corpora)
        .flatMap((corpus) => casesOf(corpus as Corpus))
        .map((each) => [each.id, each.expected])
    )
    for (const entry of ledger) {
      expect(expected.get(entry.case), entry.case).toBe(entry.expected)
      expect(entry.actual, entry.case).not.toBe(entry.expected)
      expect(entry.reason, entry.case).toMatch(/\w{3}/)
    }
  })
})
