import { describe, expect, it } from 'vitest'
import { Line, LineFault, type LineMessage } from '#dist/serving/line.js'

interface One {
  one(question: number): number
}
interface Other {
  double(question: number): Promise<number>
  fail(question: undefined): void
  wait(question: Promise<void>): Promise<void>
}

/** Two ends, what was said between them, and what failed. */
const ends = () => {
  const said: LineMessage[] = []
  const failed: string[] = []
  const never: PromiseWithResolvers<void> = Promise.withResolvers()
  const here: Line<One, Other> = new Line<One, Other>({
    send: (message) => {
      said.push(message)
      queueMicrotask(() => there.hear(message))
    },
    mine: () => ({ one: (question) => question + 1 }),
    failed: (name) => failed.push(name)
  })
  const there: Line<Other, One> = new Line<Other, One>({
    send: (message) => {
      said.push(message)
      queueMicrotask(() => here.hear(message))
    },
    mine: () => ({
      double: async (question) => 2 * question,
      fail: () => {
        throw new TypeError('with a secret')
      },
      wait: () => never.promise
    }),
    failed: (name, fault) => failed.push(`${name} ${fault.name}`)
  })
  return { here, there, said, failed, never }
}

const faultOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error: unknown) => error
  )

describe('a line between two processes', () => {
  it('carries questions and answers in both directions, many at once', async () => {
    const { here, there } = ends()
    const answers = Promise.all([1, 2, 3].map((question) => here.ask('double', question, 1_000)))
    expect(await answers).toEqual([2, 4, 6])
    expect(await there.ask('one', 1, 1_000)).toBe(2)
  })

  it('says late after the time that was given, and takes no notice of what comes then', async () => {
    const { here, never } = ends()
    expect(await faultOf(here.ask('wait', never.promise, 20))).toEqual(new LineFault('late', 'wait'))
    never.resolve()
    expect(await here.ask('double', 4, 1_000)).toBe(8)
  })

  it('tells of an exception by the name of the question and the kind of the error alone', async () => {
    const { here, said, failed } = ends()
    expect(await faultOf(here.ask('fail', undefined, 1_000))).toEqual(new LineFault('failed', 'fail'))
    expect(failed).toEqual(['fail TypeError'])
    expect(JSON.stringify(said)).not.toContain('secret')
  })

  it('answers no question that is not among those of its side, whatever objects have by nature', async () => {
    const { there, here, failed } = ends()
    for (const name of ['unknown', 'constructor', '__proto__']) {
      there.hear({ type: 'ask', id: 7, name, question: undefined })
    }
    await here.ask('double', 1, 1_000)
    expect(failed).toEqual(['unknown Error', 'constructor Error', '__proto__ Error'])
  })

  it('ends what is asked when the other side is gone, and what is asked after', async () => {
    const { here, never } = ends()
    const asked = faultOf(here.ask('wait', never.promise, 60_000))
    here.end()
    expect(await asked).toEqual(new LineFault('gone', 'wait'))
    expect(await faultOf(here.ask('double', 1, 1_000))).toEqual(new LineFault('gone', 'double'))
  })
})
