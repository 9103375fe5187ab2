import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BatchAnswer, type BatchLine, type Client, createClient } from '#dist/client/index.js'
import { exampleRequest } from '#dist/http/schemas/example.js'
import { type RunningService, startService } from '../support/service.ts'

let service: RunningService
let vidimus: Client
beforeAll(async () => {
  service = await startService()
  vidimus = createClient({ url: service.url })
})
afterAll(() => service.stop())

const line = (id: number): BatchLine => ({ id, ...exampleRequest })
const lines = (count: number): BatchLine[] => Array.from({ length: count }, (_, id) => line(id))
const all = async (answers: AsyncIterable<BatchAnswer>): Promise<readonly BatchAnswer[]> => {
  const taken: BatchAnswer[] = []
  for await (const answer of answers) taken.push(answer)
  return taken
}
const idsOf = async (answers: AsyncIterable<BatchAnswer>) => (await all(answers)).map(({ id }) => id)
const numbers = (count: number): number[] => [...Array(count).keys()]

describe.each([undefined, 1, 7])('a batch with the client, %s lines in a request', (linesPerRequest) => {
  it('answers each line, those too that are refused', async () => {
    const asked = [
      line(1),
      { id: 'wrong', ...exampleRequest, clockSkew: -1 },
      { ...line(2), hostname: 'x.example.com' }
    ]
    const answers = await all(vidimus.validateBatch(asked, { linesPerRequest }))
    expect(answers.map(({ id, status }) => [id, status])).toEqual([
      [1, 200],
      ['wrong', 400],
      [2, 200]
    ])
    const bodies = answers.map(({ body }) => ('valid' in body ? body.valid : body.code))
    expect(bodies).toEqual([true, 'field-invalid', false])
  })

  it('has no answers to no lines', async () => {
    expect(await idsOf(vidimus.validateBatch([], { linesPerRequest }))).toEqual([])
  })

  it('keeps the order, or gives each answer when it is there', async () => {
    expect(await idsOf(vidimus.validateBatch(lines(12), { linesPerRequest }))).toEqual(numbers(12))
    const ids = await idsOf(vidimus.validateBatch(lines(12), { ordered: false, linesPerRequest }))
    expect(ids.map(Number).sort((a, b) => a - b)).toEqual(numbers(12))
  })

  it('takes lines no faster than their answers are taken', async () => {
    const padding = 'x'.repeat(50_000)
    let taken = 0
    let ended = false
    async function* endless(): AsyncGenerator<BatchLine> {
      try {
        while (true) yield { id: taken++, ...exampleRequest, chain: `${padding}\n${exampleRequest.chain}` }
      } finally {
        ended = true
      }
    }
    const answers = vidimus.validateBatch(endless(), { linesPerRequest })
    for (let id = 0; id < 5; id++) expect((await answers.next()).value).toMatchObject({ id, status: 200 })
    // What is on its way fills up; then no more is taken, however long it takes.
    const rests = async (): Promise<boolean> => {
      const before = taken
      await new Promise((resolve) => setTimeout(resolve, 500))
      return taken === before
    }
    for (let waited = 0; waited < 20 && !(await rests()); waited++);
    const most = taken
    await answers.return(undefined)
    expect(most).toBeLessThanOrEqual(5 + 256)
    expect(ended).toBe(true)
  })

  it('throws what its lines throw', async () => {
    async function* broken(): AsyncGenerator<BatchLine> {
      yield line(1)
      throw new RangeError('no more')
    }
    await expect(idsOf(vidimus.validateBatch(broken(), { linesPerRequest }))).rejects.toThrow(new RangeError('no more'))
  })

  it('ends when its signal says so', async () => {
    const signal = AbortSignal.timeout(300)
    async function* slow(): AsyncGenerator<BatchLine> {
      for (let id = 0; ; id++) {
        yield line(id)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
    await expect(idsOf(vidimus.validateBatch(slow(), { linesPerRequest, signal }))).rejects.toMatchObject({
      name: 'TimeoutError'
    })
  })
})

describe('a batch in one request', () => {
  it('gives the answer to a line before the next line is there', async () => {
    const given: ((line: BatchLine | undefined) => void)[] = []
    async function* asked(): AsyncGenerator<BatchLine> {
      while (true) {
        const next = await new Promise<BatchLine | undefined>((resolve) => given.push(resolve))
        if (next === undefined) return
        yield next
      }
    }
    const answers = vidimus.validateBatch(asked())
    for (const id of [1, 2, 3]) {
      const answer = answers.next()
      await expect.poll(() => given.length).toBe(id)
      given.at(-1)?.(line(id))
      expect((await answer).value).toMatchObject({ id, status: 200 })
    }
    const end = answers.next()
    await expect.poll(() => given.length).toBe(4)
    given.at(-1)?.(undefined)
    expect(await end).toEqual({ done: true, value: undefined })
  })

  it('throws the problem of a batch that is refused as a whole', async () => {
    const wrong = createClient({ url: `${service.url}/nowhere` })
    await expect(idsOf(wrong.validateBatch(lines(3)))).rejects.toMatchObject({ status: 404, code: 'not-found' })
  })
})
