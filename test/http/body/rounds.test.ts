import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { nextRound } from '#dist/http/body/rounds.js'

/** Asks for a turn `count` times, and notes what is done from there on, in three steps each. */
const begin = (count: number, done: string[]): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, async (_, at) => {
      await nextRound()
      for (const step of ['read', 'judged', 'told']) {
        done.push(`${at} ${step}`)
        await undefined
      }
    })
  )

describe('requests that come in one turn', () => {
  it('go through their steps side by side', async () => {
    const done: string[] = []
    const all = begin(3, done)
    await undefined
    expect(done).toEqual([])
    await all
    expect(done).toEqual(['read', 'judged', 'told'].flatMap((step) => [0, 1, 2].map((at) => `${at} ${step}`)))
  })

  it('are no more than sixteen at once: others come in between', async () => {
    const done: string[] = []
    const all = begin(40, done)
    const seen: number[] = []
    while (done.length < 120) {
      await turn()
      if (seen.at(-1) !== done.length) seen.push(done.length)
    }
    await all
    expect(seen).toEqual([48, 96, 120])
    expect(done.slice(0, 3)).toEqual(['0 read', '1 read', '2 read'])
    expect(done.at(-1)).toBe('39 told')
  })
})
