import { setTimeout as elapsed } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { Offences } from '#dist/service/pool/offences.js'
import { Pool, type PoolOutcome, type PoolSettings } from '#dist/service/pool/pool.js'
import type { Order } from './fixtures/worker.ts'

const open: Pool<Order, string, string>[] = []

const poolOf = (settings: Partial<PoolSettings> = {}): Pool<Order, string, string> => {
  const pool = new Pool<Order, string, string>({
    entry: new URL('./fixtures/worker.ts', import.meta.url),
    size: 1,
    queue: 8,
    deadline: 20_000,
    heapLimit: 64,
    memoryLimit: 2 ** 30,
    ...settings
  })
  open.push(pool)
  return pool
}

const doing = (job: Order) => () => ({ job, notes: [] })

afterEach(() => {
  for (const pool of open.splice(0)) pool.close()
})

const echo = (text: string) => doing({ kind: 'echo', text })
const done = (result: string): PoolOutcome<string> => ({ kind: 'done', result })

describe('work in processes that can be ended', () => {
  it('is done, and by one process after another piece', async () => {
    const pool = poolOf()
    expect(pool.processIds).toEqual([])
    expect(await Promise.all(['a', 'b', 'c'].map((text) => pool.run(echo(text), text)))).toEqual(
      ['a', 'b', 'c'].map(done)
    )
    expect(pool.processIds).toHaveLength(1)
  })

  it('is told what its worker must know before it', async () => {
    const pool = poolOf()
    const seen = new Set<object>()
    const telling = (job: Order) => (worker: object) => {
      const notes = seen.has(worker) ? [] : ['told ']
      seen.add(worker)
      return { job, notes }
    }
    expect(await pool.run(telling({ kind: 'echo', text: 'once' }), '1')).toEqual(done('told once'))
    expect(await pool.run(telling({ kind: 'echo', text: 'twice' }), '2')).toEqual(done('told twice'))
    expect(seen.size).toBe(1)
  })

  it.each([
    ['never ends', { kind: 'loop' }, 'deadline'],
    ['fills the memory', { kind: 'fill' }, 'crash'],
    ['ends its process', { kind: 'die' }, 'crash']
  ] as const)('that %s loses its own answer only, and a new worker comes', async (_title, order, why) => {
    const pool = poolOf({ deadline: why === 'deadline' ? 2_000 : 20_000 })
    const [bad, good] = await Promise.all([pool.run(doing(order), 'bad'), pool.run(echo('good'), 'good')])
    expect(bad).toEqual({ kind: 'ended', why })
    expect(good).toEqual(done('good'))
    expect(pool.counts).toMatchObject({
      deadlines: why === 'deadline' ? 1 : 0,
      crashes: why === 'crash' ? 1 : 0,
      workers: 1
    })
  })

  it('that ended a worker twice is refused, other work is not', async () => {
    const pool = poolOf()
    for (const _ of [1, 2])
      expect(await pool.run(doing({ kind: 'die' }), 'bad')).toEqual({ kind: 'ended', why: 'crash' })
    expect(await pool.run(doing({ kind: 'die' }), 'bad')).toEqual({ kind: 'refused' })
    expect(await pool.run(echo('good'), 'good')).toEqual(done('good'))
    expect(pool.counts).toMatchObject({ crashes: 2, refused: 1 })
  })

  it('that finds the queue full is turned away at once', async () => {
    const pool = poolOf({ queue: 2 })
    const first = [pool.run(echo('1'), '1'), pool.run(echo('2'), '2')]
    expect(await pool.run(echo('3'), '3')).toEqual({ kind: 'overloaded' })
    expect(await Promise.all(first)).toEqual([done('1'), done('2')])
    expect(pool.counts.overloaded).toBe(1)
  })

  it('is given to no process that has grown too large', async () => {
    const pool = poolOf({ memoryLimit: 128 * 2 ** 20 })
    expect(await pool.run(doing({ kind: 'keep', mebibytes: 100 }), 'large')).toEqual(done('kept'))
    const [before] = pool.processIds
    expect(await pool.run(echo('next'), 'next')).toEqual(done('next'))
    expect(pool.processIds).not.toContain(before)
  })

  it('is turned away where no process can be started', async () => {
    const pool = poolOf({ entry: new URL('./fixtures/nothing.ts', import.meta.url) })
    expect(await pool.run(echo('1'), '1')).toEqual({ kind: 'overloaded' })
    expect(await pool.run(echo('2'), '2')).toEqual({ kind: 'overloaded' })
  })

  it('ends with the pool: what runs and what waits', async () => {
    const pool = poolOf({ deadline: 60_000 })
    expect(await pool.run(echo('1'), '1')).toEqual(done('1'))
    const running = pool.run(doing({ kind: 'loop' }), 'loop')
    const waiting = pool.run(echo('2'), '2')
    await elapsed(50)
    const [processId = 0] = pool.processIds
    pool.close()
    expect(await running).toEqual({ kind: 'ended', why: 'crash' })
    expect(await waiting).toEqual({ kind: 'overloaded' })
    expect(await pool.run(echo('3'), '3')).toEqual({ kind: 'overloaded' })
    expect(() => process.kill(processId, 0)).toThrow('ESRCH')
  })
})

describe('offences', () => {
  it('are forgotten after a while', () => {
    let now = 0
    const offences = new Offences(2, 1_000, () => now)
    offences.note('a')
    offences.note('a')
    now = 999
    expect([offences.isRefused('a'), offences.isRefused('b')]).toEqual([true, false])
    now = 1_000
    expect(offences.isRefused('a')).toBe(false)
    offences.note('a')
    expect(offences.isRefused('a')).toBe(false)
  })

  it('are remembered of so many kinds of work only', () => {
    const offences = new Offences(1, 1_000, () => 0)
    for (let at = 0; at <= 1_000; at++) offences.note(`${at}`)
    expect([offences.isRefused('0'), offences.isRefused('1'), offences.isRefused('1000')]).toEqual([false, true, true])
  })
})
