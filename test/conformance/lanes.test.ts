import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWith } from '../support/engines.ts'
import type { RunningService } from '../support/service.ts'
import { type ConformanceCase, type Corpus, casesOf } from './corpus.ts'
import { type BothLanes, startBothLanes } from './lanes.ts'

/** A sample: one case of so many. What `POST /validate` answers is compared case by case beside the verdicts. */
const each = 8
const corpora: readonly Corpus[] = ['pkits', 'limbo', 'bettertls']

interface Answer {
  readonly status: number
  readonly type: string | null
  readonly octets: string
}

const answerOf = async ({ url }: RunningService, path: string, accept: string, request: object): Promise<Answer> => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(request)
  })
  const octets = Buffer.from(await response.arrayBuffer()).toString('latin1')
  return { status: response.status, type: response.headers.get('content-type'), octets }
}

const questions: readonly (readonly [string, string, (given: ConformanceCase['request']) => object])[] = [
  ['/chain', 'application/json', (given) => ({ time: '2026-01-15T00:00:00Z', ...given })],
  ['/chain', 'application/pkcs7-mime', (given) => ({ time: '2026-01-15T00:00:00Z', ...given })],
  ['/inspect', 'application/json', ({ chain }) => ({ chain })],
  ['/inspect', 'application/pem-certificate-chain', ({ chain }) => ({ chain })],
  ['/inspect', 'application/pkcs7-mime', ({ chain }) => ({ chain })]
]

describeWith('shared', 'What is judged where it arrived, and what in another process', () => {
  let lanes: BothLanes

  beforeAll(async () => {
    lanes = await startBothLanes()
  })
  afterAll(() => lanes.stop())

  it.each(questions)('is answered the same, byte for byte, by POST %s as %s', async (path, accept, requestOf) => {
    const statuses = new Map<number, number>()
    for (const corpus of corpora) {
      for (const { id, request } of casesOf(corpus).filter((_, at) => at % each === 0)) {
        const asked = requestOf(request)
        const [here, elsewhere] = await Promise.all([
          answerOf(lanes.service, path, accept, asked),
          answerOf(lanes.other, path, accept, asked)
        ])
        expect(elsewhere, id).toEqual(here)
        statuses.set(here.status, (statuses.get(here.status) ?? 0) + 1)
      }
    }
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 422)).toEqual([])
    expect(statuses.get(200)).toBeGreaterThan(90)
  })

  it('goes both ways', async () => {
    const judged = async ({ url }: RunningService, lane: string): Promise<number> => {
      const text = await (await fetch(`${url}/metrics`)).text()
      return Number(new RegExp(`^vidimus_lane_validations_total\\{lane="${lane}"\\} (\\d+)$`, 'm').exec(text)?.[1])
    }
    expect(await judged(lanes.service, 'here')).toBeGreaterThan(400)
    expect(await judged(lanes.other, 'here')).toBe(0)
    expect(await judged(lanes.other, 'process')).toBeGreaterThan(500)
  })
})
