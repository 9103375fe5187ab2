import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectionsToShed } from '#dist/serving/levelling.js'

const milliseconds = 500
/** A process that uses so much of a core, for what is asked on so many connections. */
const load = (part: number, busy: number) => ({ cpu: part * milliseconds * 1_000, busy, open: busy })

describe('connections that move to another process', () => {
  it.each([
    ['none where two have as much to do', [load(0.5, 4), load(0.5, 4)], [0, 0]],
    ['none where the difference is small', [load(0.52, 4), load(0.48, 4)], [0, 0]],
    ['one of three, which do not divide by two', [load(0.6, 2), load(0.3, 1)], [1, 0]],
    ['as many as are too many', [load(0.9, 8), load(0.1, 1)], [3, 0]],
    ['one where connections are as many and ask for more', [load(0.7, 2), load(0.1, 2)], [1, 0]],
    ['none of the only one that is asked on', [load(0.8, 1), load(0, 0)], [0, 0]],
    ['none for the sake of next to nothing', [load(0.04, 3), load(0, 0)], [0, 0]],
    ['some of each that has too much', [load(0.8, 4), load(0.8, 4), load(0.2, 1)], [1, 1, 0]]
  ])('are %s', (_title, loads, expected) => {
    expect(connectionsToShed(loads, milliseconds)).toEqual(expected)
  })

  it('are never all of a process, nor any where nothing is done', () => {
    const anyLoad = fc.record({ cpu: fc.nat(1_000_000), busy: fc.nat(1_000), open: fc.nat(1_000) })
    fc.assert(
      fc.property(fc.array(anyLoad, { minLength: 1, maxLength: 16 }), (loads) => {
        const shed = connectionsToShed(loads, milliseconds)
        expect(shed).toHaveLength(loads.length)
        for (const [at, count] of shed.entries()) {
          expect(count).toBeGreaterThanOrEqual(0)
          expect(count).toBeLessThanOrEqual(Math.max((loads[at]?.busy ?? 0) - 1, 0))
        }
        expect(
          connectionsToShed(
            loads.map((each) => ({ ...each, cpu: 0 })),
            milliseconds
          )
        ).toEqual(loads.map(() => 0))
      })
    )
  })
})
