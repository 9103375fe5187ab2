import { setTimeout as elapsed } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Gate } from '#dist/net/gate.js'

const state = (gate: Gate): readonly [number, number] => [gate.inside, gate.waiting]

describe('how many connections there are at once', () => {
  it('is bounded in all: the next one waits until one is gone', async () => {
    const gate = new Gate({ most: 2, mostPerHost: 2, mostWaiting: 10 })
    const first = await gate.enter('a', 10)
    await gate.enter('b', 10)
    const third = gate.enter('c', 1_000)
    await elapsed(5)
    expect(state(gate)).toEqual([2, 1])
    first?.()
    expect(await third).toBeTypeOf('function')
    expect(state(gate)).toEqual([2, 0])
  })

  it('is bounded for each host, and one that is full does not hold up the others', async () => {
    const gate = new Gate({ most: 3, mostPerHost: 1, mostWaiting: 10 })
    const first = await gate.enter('slow', 10)
    const order: string[] = []
    const second = gate.enter('slow', 1_000).then((leave) => {
      order.push('slow')
      return leave
    })
    const other = await gate.enter('quick', 10)
    order.push('quick')
    expect(other).toBeTypeOf('function')
    first?.()
    expect(await second).toBeTypeOf('function')
    expect(order).toEqual(['quick', 'slow'])
    expect(state(gate)).toEqual([2, 0])
  })

  it('makes nobody wait longer than asked, nor more than may wait', async () => {
    const gate = new Gate({ most: 1, mostPerHost: 1, mostWaiting: 1 })
    const first = await gate.enter('a', 10)
    const second = gate.enter('a', 20)
    expect(await gate.enter('a', 1_000)).toBeUndefined()
    expect(await second).toBeUndefined()
    expect(state(gate)).toEqual([1, 0])
    first?.()
    expect(state(gate)).toEqual([0, 0])
    expect(await gate.enter('a', 10)).toBeTypeOf('function')
  })

  it('lets in who waits, first come first, as many as there is room for', async () => {
    const gate = new Gate({ most: 2, mostPerHost: 2, mostWaiting: 10 })
    const leaves = [await gate.enter('a', 10), await gate.enter('a', 10)]
    const order: number[] = []
    const waiting = [1, 2, 3].map(async (number) => {
      const leave = await gate.enter('a', 1_000)
      order.push(number)
      leave?.()
    })
    for (const leave of leaves) leave?.()
    await Promise.all(waiting)
    expect(order).toEqual([1, 2, 3])
    expect(state(gate)).toEqual([0, 0])
  })
})
