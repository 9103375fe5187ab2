import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text as textOfAll } from 'node:stream/consumers'
import { setTimeout as elapsed } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { type TurnParts, Turns } from '#dist/http/batch/turns.js'

type Parts = Partial<TurnParts<number, number>> & Pick<TurnParts<number, number>, 'work'>

/** Each octet of the stream is an input, and there is one more at its end where `last` is given. */
const turns = (parts: Parts, last?: number): Turns<number, number> =>
  new Turns({
    inputs: { cut: (piece) => [...piece], end: () => (last === undefined ? [] : [last]), drop: () => undefined },
    dropped: () => undefined,
    sent: () => undefined,
    textOf: (result) => `${result} `,
    most: 2,
    ordered: true,
    ...parts
  })

const give = async (
  pieces: readonly (readonly number[])[],
  stream: Turns<number, number>
): Promise<readonly number[]> => {
  const text = await textOfAll(Readable.from(pieces.map((piece) => Buffer.from(piece))).pipe(stream))
  return text.trimEnd().split(' ').map(Number)
}

const later = (ms: number): Promise<number> => elapsed(ms, ms)
const nowOrLater = (ms: number): number | Promise<number> => (ms === 0 ? 0 : later(ms))

describe('work in turns', () => {
  it('that is done at once gives its results in order, together for each piece of the stream', async () => {
    // No time passes, however busy the machine is: others would get their turn in between.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
    const sent: string[] = []
    const stream = turns({ work: (n) => n * 2 }, 9).on('data', (piece) => sent.push(String(piece)))
    for (const piece of [[1, 2], [3]]) stream.write(Buffer.from(piece))
    stream.end()
    await once(stream, 'end')
    clock.mockRestore()
    expect(sent).toEqual(['2 4 ', '6 ', '18 '])
  })

  it.each([true, false])(
    'goes side by side, and gives what comes together in one piece (ordered: %s)',
    async (ordered) => {
      const steps: string[] = []
      const sent: string[] = []
      const work = async (n: number): Promise<number> => {
        for (const step of ['read', 'judged']) {
          steps.push(`${n} ${step}`)
          await undefined
        }
        return n
      }
      const stream = turns({ work, most: 3, ordered }).on('data', (piece) => sent.push(String(piece)))
      stream.write(Buffer.from([1, 2, 3, 4, 5]))
      await vi.waitUntil(() => sent.join('') === '1 2 3 4 5 ')
      expect(sent.length).toBeLessThan(3)
      expect(steps.slice(0, 6)).toEqual(['1 read', '2 read', '3 read', '1 judged', '2 judged', '3 judged'])
      stream.end()
      await once(stream, 'end')
      expect(sent.join('')).toBe('1 2 3 4 5 ')
    }
  )

  it('that takes until later keeps the order where that is asked', async () => {
    const inputs = [60, 0, 30, 0, 1]
    expect(await give([inputs], turns({ work: nowOrLater, most: 10 }))).toEqual(inputs)
  })

  it.each([true, false])('gives what is there before it waits for what takes long (ordered: %s)', async (ordered) => {
    const slow = Promise.withResolvers<number>()
    const stream = turns({ work: (n) => (n === 0 ? n : slow.promise), ordered })
    stream.write(Buffer.from([0, 1, 2]))
    expect(String((await once(stream, 'data'))[0])).toBe('0 ')
    slow.resolve(7)
    stream.end()
    expect(await textOfAll(stream)).toBe('7 7 ')
  })

  it('gives each result when it is there where no order is asked', async () => {
    const pieces = [
      [250, 0],
      [150, 0, 1]
    ]
    const results = await give(pieces, turns({ work: nowOrLater, most: 10, ordered: false }))
    expect(results.slice(0, 2)).toEqual([0, 0])
    expect(results.slice(2)).toEqual([1, 150, 250])
  })

  it.each([true, false])('gives what takes until later though nothing more comes (ordered: %s)', async (ordered) => {
    const stream = turns({ work: later, most: 10, ordered })
    stream.write(Buffer.from([5, 1]))
    let text = ''
    while (text.length < 4) text += String((await once(stream, 'data'))[0])
    expect(text).toBe(ordered ? '5 1 ' : '1 5 ')
    stream.end()
  })

  it.each([true, false])('has so many pieces under way and no more (ordered: %s)', async (ordered) => {
    let underWay = 0
    let most = 0
    const work = async (n: number): Promise<number> => {
      most = Math.max(most, ++underWay)
      await elapsed(5)
      underWay--
      return n
    }
    const inputs = Array.from({ length: 20 }, (_, at) => at)
    const results = await give([inputs], turns({ work, most: 3, ordered }))
    expect(results.toSorted((one, other) => one - other)).toEqual(inputs)
    expect(most).toBe(3)
  })

  it('is done no faster than its results are taken', async () => {
    let done = 0
    const work = (): number => ++done
    const stream = turns({ work, textOf: () => 'x'.repeat(10_000) })
    stream.write(Buffer.alloc(1_000))
    await elapsed(50)
    expect(done).toBeLessThan(20)
    for (let taken = 0; taken < 500; ) taken += String((await once(stream, 'data'))[0]).length / 10_000
    stream.pause()
    await elapsed(50)
    expect(done).toBeGreaterThanOrEqual(500)
    expect(done).toBeLessThan(530)
    stream.destroy()
  })

  it('tells of what nobody will work on when whoever asked has gone', async () => {
    let done = 0
    const dropped: number[] = []
    let unfinished = true
    const stream = turns({
      inputs: { cut: (piece) => [...piece], end: () => [], drop: () => (unfinished = false) },
      work: () => ++done,
      textOf: () => 'x'.repeat(70_000),
      dropped: (input) => dropped.push(input)
    })
    stream.write(Buffer.from([1, 2, 3, 4]))
    // As many as may wait to be taken.
    await expect.poll(() => done).toBe(2)
    stream.destroy()
    await once(stream, 'close')
    expect(dropped.toSorted()).toEqual([3, 4])
    expect(unfinished).toBe(false)
  })

  it('ends with its error where it fails', async () => {
    const work = (): number => {
      throw new Error('out of order')
    }
    await expect(give([[1]], turns({ work }))).rejects.toThrow('out of order')
  })

  it('lets others have their turn between pieces that take long', async () => {
    let others = 0
    const other = setInterval(() => others++, 1)
    const busy = (n: number): number => {
      for (const end = performance.now() + 6; performance.now() < end; );
      return n
    }
    await give([Array.from({ length: 10 }, (_, at) => at)], turns({ work: busy }))
    clearInterval(other)
    expect(others).toBeGreaterThan(5)
  })
})
