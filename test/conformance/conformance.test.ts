import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatInstant } from '#dist/core/model/instant.js'
import { defaultLimits } from '#dist/core/model/limits.js'
import { validate } from '#dist/core/validate.js'
import { describeWith } from '../support/engines.ts'
import type { RunningService } from '../support/service.ts'
import { type ConformanceCase, type Corpus, casesOf, expectationOf, ledger } from './corpus.ts'
import { type BothLanes, startBothLanes } from './lanes.ts'

/** How many cases each corpus has at least: a corpus that lost its cases must not pass. */
const corpora: Readonly<Record<Corpus, number>> = { pkits: 249, limbo: 157, bettertls: 439 }

const settings = {
  now: Math.floor(Date.now() / 1000),
  securityLevel: 2,
  limits: defaultLimits,
  maxCertificates: 2000
} as const

const time = formatInstant(settings.now)

const answerOf = async (url: string, request: object): Promise<{ readonly status: number; readonly text: string }> => {
  const response = await fetch(`${url}/validate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request)
  })
  return { status: response.status, text: await response.text() }
}

const inTheCore = ({ request }: ConformanceCase): 'valid' | 'not-valid' => {
  const outcome = validate(request, [], settings)
  return outcome.kind === 'verdict' && outcome.verdict.valid ? 'valid' : 'not-valid'
}

describeWith('shared', 'Conformance corpora', () => {
  let lanes: BothLanes

  beforeAll(async () => {
    lanes = await startBothLanes()
  })
  afterAll(() => lanes.stop())

  const overHttp = async ({ request }: ConformanceCase): Promise<'valid' | 'not-valid'> => {
    const asked = { time, ...request }
    const { service, other } = lanes
    const [{ status, text }, elsewhere] = await Promise.all([answerOf(service.url, asked), answerOf(other.url, asked)])
    expect([200, 422]).toContain(status)
    // Both lanes give the same answer, byte for byte.
    expect(elsewhere).toEqual({ status, text })
    return status === 200 && JSON.parse(text).valid === true ? 'valid' : 'not-valid'
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

  it('are judged in two lanes', async () => {
    const judged = async ({ url }: RunningService): Promise<readonly (number | undefined)[]> => {
      const text = await (await fetch(`${url}/metrics`)).text()
      return ['here', 'process'].map((lane) =>
        Number(new RegExp(`^vidimus_lane_validations_total\\{lane="${lane}"\\} (\\d+)$`, 'm').exec(text)?.[1])
      )
    }
    expect(await judged(lanes.service)).toEqual([
      expect.toSatisfy((count) => count > 500),
      expect.toSatisfy((count) => count > 20)
    ])
    expect(await judged(lanes.other)).toEqual([0, expect.toSatisfy((count) => count > 800)])
  })

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
