import { expect, it } from 'vitest'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { ValidationRequest } from '#dist/core/model/request.js'
import { validate } from '#dist/core/validate.js'
import { KeptAnswers } from '#dist/service/answers/kept-answers.js'
import { Memory } from '#dist/service/memory/memory.js'
import { validationService } from '#dist/service/validation.js'
import { TrustRegistry } from '#dist/trust/registry.js'
import { type Corpus, casesOf } from '../../conformance/corpus.ts'
import { describeWith } from '../../support/engines.ts'
import { shuffled } from '../../support/shuffle.ts'

type Request = ValidationRequest<string | readonly string[]>

const start = 1_795_462_200
let now = start
const clock = () => now
const registry = new TrustRegistry()

const service = (memory: Memory | undefined) =>
  validationService({
    validate,
    registry,
    defaultStores: [],
    clock,
    securityLevel: 2,
    limits: defaultLimits,
    maxCertificates: 2_000,
    gathering: undefined,
    memory
  })

const fresh = service(undefined)
const memorable = service(new Memory(1_000_000_000))

const judge = (by: typeof fresh, request: Request) => {
  const answer = by.validate(request)
  if (answer instanceof Promise) throw new Error('nothing is fetched here')
  return { answer, text: JSON.stringify(answer.kind === 'verdict' ? answer.verdict : answer) }
}

/** What the service answers that keeps answers. */
const ask = (answers: KeptAnswers, request: Request): string => {
  const question = answers.question('application/json /validate', Buffer.from(JSON.stringify(request)))
  if (question === undefined) throw new Error('a question of ordinary length is taken')
  const kept = answers.find(question)
  if (kept !== undefined) return kept.text
  const { answer, text } = judge(memorable, request)
  answers.keep(question, answer, text)
  return text
}

const asked = (ofEach: number): readonly Request[] =>
  (['pkits', 'limbo', 'bettertls'] as const satisfies readonly Corpus[]).flatMap((corpus) =>
    shuffled(casesOf(corpus), 7)
      .slice(0, ofEach)
      .map(({ request: { time: _, ...byTheClock } }, at) => ({
        ...byTheClock,
        ...(at % 3 === 0 ? { clockSkew: 17 } : {}),
        ...(at % 4 === 0 ? { explain: 'all' as const } : {})
      }))
  )

/** Times at which the answers of requests are another, and those just before and after. */
const tellingTimes = (requests: readonly Request[]): readonly number[] => {
  const times = new Set<number>()
  for (const from of [start, 1_577_836_800]) {
    now = from
    for (const request of requests) {
      const { answer } = judge(fresh, request)
      if (answer.kind !== 'verdict' || answer.holds === undefined) continue
      for (const edge of [answer.holds.from, answer.holds.until])
        for (const time of [edge - 1, edge, edge + 1]) if (time > 0 && time < 4_000_000_000) times.add(time)
    }
  }
  return [...times]
}

describeWith('shared', 'answers that are kept whole', () => {
  it('are the same as fresh ones, byte for byte, in any order and at every second at which an answer flips', () => {
    const answers = new KeptAnswers({
      maxBytes: 1_000_000_000,
      registry,
      clock,
      metrics: { validated: () => undefined }
    })
    const requests = asked(20)
    for (const [round, time] of shuffled(tellingTimes(requests), 3).slice(0, 20).entries()) {
      now = time
      for (const request of shuffled(requests, round + 1).slice(0, 20)) {
        const expected = judge(fresh, request).text
        for (let again = 0; again < 3; again++) expect(ask(answers, request)).toBe(expected)
      }
    }
    expect(answers.counts.hits).toBeGreaterThan(300)
    expect(answers.counts.entries).toBeGreaterThan(20)
  }, 300_000)

  it('flip at the very second at which fresh ones do, for each request by its own edges', () => {
    const answers = new KeptAnswers({
      maxBytes: 1_000_000_000,
      registry,
      clock,
      metrics: { validated: () => undefined }
    })
    let flips = 0
    for (const request of asked(50)) {
      now = start
      const { answer, text } = judge(fresh, request)
      if (answer.kind !== 'verdict' || answer.holds === undefined) continue
      const { from, until } = answer.holds
      for (let again = 0; again < 3; again++) expect(ask(answers, request)).toBe(text)
      for (const time of [from - 1, from, until, until + 1].filter((each) => Math.abs(each) < 100_000_000_000)) {
        now = time
        const expected = judge(fresh, request)
        for (let again = 0; again < 3; again++) expect(ask(answers, request)).toBe(expected.text)
        if (expected.answer.kind === 'verdict' && expected.answer.verdict.outcome !== answer.verdict.outcome) flips++
      }
    }
    expect(flips).toBeGreaterThan(50)
  }, 300_000)
})
