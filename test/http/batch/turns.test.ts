import { setTimeout as elapsed } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { inTurns } from '#dist/http/batch/turns.js'

async function* groupsOf<T>(...groups: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  yield* groups
}

const gather = async <T>(results: AsyncIterable<readonly T[]>): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const group of results) all.push(...group)
  return all
}

const later = (ms: number): Promise<number> => elapsed(ms, ms)

describe('work in turns', () => {
  it('that is done at once gives its results in order, a group for each of the inputs', async () => {
    // No time passes, however busy the machine is: others would get their turn in between.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
    const groups: (readonly number[])[] = []
    for await (const group of inTurns(groupsOf([1, 2], [3]), (n) => n * 2, { most: 2, ordered: true }))
      groups.push(group)
    clock.mockRestore()
    expect(groups).toEqual([[2, 4], [6]])
  })

  it('that takes until later keeps the order where that is asked', async () => {
    const work = (ms: number): number | Promise<number> => (ms === 0 ? 0 : later(ms))
    const inputs = [60, 0, 30, 0, 1]
    expect(await gather(inTurns(groupsOf(inputs), work, { most: 10, ordered: true }))).toEqual(inputs)
  })

  it('gives each result when it is there where no order is asked', async () => {
    const work = (ms: number): number | Promise<number> => (ms === 0 ? 0 : later(ms))
    const results = await gather(inTurns(groupsOf([300, 0], [150, 0, 1]), work, { most: 10, ordered: false }))
    expect(results.slice(0, 2)).toEqual([0, 0])
    expect(results.slice(2)).toEqual([1, 150, 300])
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
    const results = await gather(inTurns(groupsOf(inputs), work, { most: 3, ordered }))
    expect(results.toSorted((one, other) => one - other)).toEqual(inputs)
    expect(most).toBe(3)
  })

  it('reads no input before its results are asked for', async () => {
    let read = 0
    async function* counted(): AsyncGenerator<readonly number[]> {
      for (; read < 100; read++) yield [read]
    }
    const results = inTurns(counted(), (n) => n, { most: 2, ordered: true })
    await results.next()
    await results.next()
    expect(read).toBeLessThan(3)
    await results.return(undefined)
  })

  it('lets others have their turn between pieces that take long', async () => {
    let turns = 0
    const other = setInterval(() => turns++, 1)
    const busy = (n: number): number => {
      for (const end = performance.now() + 6; performance.now() < end; );
      return n
    }
    await gather(inTurns(groupsOf(Array.from({ length: 10 }, (_, at) => at)), busy, { most: 2, ordered: true }))
    clearInterval(other)
    expect(turns).toBeGreaterThan(5)
  })
})
