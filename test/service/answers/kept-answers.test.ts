import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { KeptAnswers } from '#dist/service/answers/kept-answers.js'
import type { Answer } from '#dist/service/validation.js'
import { emptyStore, plainVerdict, registryOf, testTime } from '../../support/service-app.ts'

const holding = { from: testTime - 10, until: testTime + 10, byClock: true }
const verdict = (holds: Extract<Answer, { kind: 'verdict' }>['holds'] = holding): Answer => ({
  kind: 'verdict',
  verdict: plainVerdict,
  holds
})
const text = JSON.stringify(plainVerdict)

const make = (maxBytes = 1_000_000) => {
  let now = testTime
  const counted: string[] = []
  const registry = registryOf([emptyStore('system')])
  const answers = new KeptAnswers({
    maxBytes,
    registry,
    clock: () => now,
    metrics: { validated: (outcome) => counted.push(outcome) }
  })
  const question = (body: string, kind = 'application/json /validate') => {
    const asked = answers.question(kind, Buffer.from(body))
    if (asked === undefined) throw new Error('the kind is short enough')
    return asked
  }
  /** Asks as often as it takes to be kept. */
  const keep = (body: string, answer = verdict(), json = text) => {
    for (let time = 0; time < 3; time++) answers.keep(question(body), answer, json)
  }
  const at = (time: number): void => {
    now = time
  }
  return { answers, registry, counted, question, keep, at }
}

/** Long enough that only some of its octets are looked at first: none of those that are changed. */
const large = 'a'.repeat(100_000)
const changedAt = (at: number): string => `${large.slice(0, at)}b${large.slice(at + 1)}`

describe('KeptAnswers', () => {
  it('keeps an answer when its request comes a third time, and counts it each time that it gives it', () => {
    const { answers, counted, question } = make()
    for (let time = 0; time < 3; time++) {
      const asked = question('a')
      expect(answers.find(asked)).toBeUndefined()
      answers.keep(asked, verdict(), text)
    }
    expect(answers.find(question('a'))).toEqual({
      text,
      summary: { outcome: 'valid', codes: [], pathLength: 0, stores: [] }
    })
    expect(answers.counts).toMatchObject({ hits: 1, misses: 3, entries: 1, evicted: 0 })
    expect(counted).toEqual(['valid'])
  })

  it('hashes nothing of a request that looks like none before, and gives the answer of all its octets alone', () => {
    const { answers, question, keep } = make()
    expect(question(large).key).toBeUndefined()
    keep(large)
    expect(answers.find(question(large))).toMatchObject({ text })
    for (const at of [1, 50_001, 99_998]) {
      expect(question(changedAt(at)).key).toBeDefined()
      expect(answers.find(question(changedAt(at)))).toBeUndefined()
    }
  })

  it.each([8_000, 16_384, 16_385])('tells %d octets whole from others that look alike, in turns', (length) => {
    const { answers, question, keep } = make()
    const one = 'a'.repeat(length)
    // At an odd place: none that is looked at first.
    const other = `${one.slice(0, 4_001)}b${one.slice(4_002)}`
    keep(one, verdict(), JSON.stringify({ ...plainVerdict, warnings: ['one'] }))
    expect(answers.find(question(other))).toBeUndefined()
    keep(other, verdict(), JSON.stringify({ ...plainVerdict, warnings: ['other'] }))
    for (let time = 0; time < 2; time++) {
      for (const [name, body] of Object.entries({ one, other })) {
        for (let again = 0; again < 2; again++) expect(answers.find(question(body))?.text).toContain(`"${name}"`)
        expect(answers.find(question(body, 'text/plain /validate'))).toBeUndefined()
      }
    }
    expect(question(one).key).not.toBe(question(other).key)
  })

  it('holds what is asked against a copy of what was asked', () => {
    const { answers } = make()
    const octets = Buffer.alloc(8_000, 'a')
    for (let time = 0; time < 3; time++) {
      const asked = answers.question('', octets)
      if (asked !== undefined) answers.keep(asked, verdict(), text)
    }
    const [again, changed] = [Buffer.from(octets), octets.fill('b', 4_001, 4_002)]
    for (const [body, found] of [
      [changed, undefined],
      [again, text]
    ] as const) {
      const asked = answers.question('', body)
      expect(asked && answers.find(asked)?.text).toBe(found)
    }
  })

  it('keeps no answer to requests that only look alike', () => {
    const { answers, question } = make()
    for (let at = 50_001; at < 50_101; at++) answers.keep(question(changedAt(at)), verdict(), text)
    expect(answers.counts).toMatchObject({ entries: 0 })
  })

  it('tells large requests at first sight that differ in a certificate at their beginning or their end', () => {
    const { question } = make()
    const most = 'a'.repeat(600_000)
    const texts = Array.from({ length: 50 }, () => randomBytes(1_000).toString('hex'))
    for (const text of texts) expect(question(`${text}${most}`).key).toBeUndefined()
    for (const text of texts) expect(question(`${most}${text}`).key).toBeUndefined()
  })

  it.each([1, 127, 128, 129, 1_000, 1_024, 1_025, 4_096, 100_000])(
    'tells %d octets at first sight from most others',
    (length) => {
      const { question } = make()
      const texts = Array.from({ length: 200 }, () =>
        randomBytes(Math.ceil(length / 2))
          .toString('hex')
          .slice(0, length)
      )
      const taken = new Set<string>()
      let alike = 0
      for (const text of texts) {
        if (question(text).key !== undefined && !taken.has(text)) alike++
        taken.add(text)
      }
      expect(alike).toBeLessThan(2)
    }
  )

  it('says the time of validation anew, and gives nothing outside of the times for which the answer holds', () => {
    const { answers, question, keep, at } = make()
    keep('a')
    for (const [time, checkedAt] of [
      [testTime - 10, '2026-11-23T19:29:50Z'],
      [testTime, '2026-11-23T19:30:00Z'],
      [testTime + 10, '2026-11-23T19:30:10Z']
    ] as const) {
      at(time)
      expect(answers.find(question('a'))?.text).toBe(JSON.stringify({ ...plainVerdict, checkedAt }))
    }
    for (const time of [testTime - 11, testTime + 11]) {
      at(time)
      expect(answers.find(question('a'))).toBeUndefined()
    }
  })

  it('gives what was asked for at a time of the request’s own at any time, as it was', () => {
    const { answers, question, keep, at } = make()
    keep('a', verdict({ from: 0, until: 1, byClock: false }))
    at(testTime + 1_000_000)
    expect(answers.find(question('a'))?.text).toBe(text)
  })

  it('tells requests apart by their octets and by whatever decides what these mean', () => {
    const { answers, question, keep } = make()
    keep('a')
    expect(answers.find(question('b'))).toBeUndefined()
    expect(answers.find(question('a', 'text/plain /validate'))).toBeUndefined()
    expect(answers.find(question('a', 'application/json /validate?explain=all'))).toBeUndefined()
    expect(answers.question('x'.repeat(513), Buffer.from('a'))).toBeUndefined()
  })

  it('keeps no refusals, nothing that must not be kept and nothing that is very long', () => {
    const { answers, question, keep } = make()
    keep('a', { kind: 'refusal', status: 400, code: 'field-invalid', detail: '', errors: [] })
    keep('b', { kind: 'verdict', verdict: plainVerdict })
    keep('c', verdict(), 'x'.repeat(65_537))
    for (const body of ['a', 'b', 'c']) expect(answers.find(question(body))).toBeUndefined()
    expect(answers.counts).toMatchObject({ entries: 0, bytes: 0 })
  })

  it('forgets all when a trust store changes, and keeps nothing that was judged with the stores before', () => {
    const { answers, registry, question, keep } = make()
    keep('a')
    const before = question('a')
    const snapshot = registry.get('system')
    if (snapshot === undefined) throw new Error('the store is there')
    registry.put('system', { ...snapshot, store: emptyStore('system') })
    expect(answers.find(question('a'))).toBeUndefined()
    for (let time = 0; time < 3; time++) answers.keep(before, verdict(), text)
    expect(answers.find(question('a'))).toBeUndefined()
    expect(answers.counts).toMatchObject({ entries: 0, bytes: 0, evicted: 1 })
  })

  it('holds so many bytes at most, of those that were asked for last', () => {
    const { answers, question, keep } = make(5_000)
    keep('a')
    keep('b')
    answers.find(question('a'))
    keep('c')
    keep('d')
    expect(answers.counts.bytes).toBeLessThanOrEqual(5_000)
    expect(answers.counts.entries).toBe(Math.floor(5_000 / (answers.counts.bytes / answers.counts.entries)))
    expect(answers.find(question('b'))).toBeUndefined()
    expect(answers.find(question('d'))).toBeDefined()
  })
})
