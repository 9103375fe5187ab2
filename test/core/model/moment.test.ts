import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Moment } from '#dist/core/model/moment.js'

describe('Moment', () => {
  it('compares, and notes between which times all of it comes out the same', () => {
    const time = new Moment(100)
    expect(time.isBefore(101)).toBe(true)
    expect(time.span.until).toBe(100)
    const other = new Moment(100)
    expect(other.isBefore(100)).toBe(false)
    expect(other.isAfter(100)).toBe(false)
    expect(other.span).toEqual({ from: 100, until: 100 })
    const wide = new Moment(100)
    expect(wide.isAfter(50)).toBe(true)
    expect(wide.isBefore(200)).toBe(true)
    expect(wide.span).toEqual({ from: 51, until: 199 })
  })

  it('holds for its own second alone once it was read, but not for what checkedAt says', () => {
    const time = new Moment(100)
    expect(time.checkedAt).toBe(100)
    expect(time.span.from).toBeLessThan(0)
    expect(time.seconds).toBe(100)
    expect(time.span).toEqual({ from: 100, until: 100 })
  })

  it('answers every comparison alike within its span, and some otherwise just outside of it', () => {
    const comparison = fc.record({ before: fc.boolean(), limit: fc.integer({ min: -50, max: 50 }) })
    const ask = (time: Moment, { before, limit }: { readonly before: boolean; readonly limit: number }) =>
      before ? time.isBefore(limit) : time.isAfter(limit)
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.array(comparison, { maxLength: 8 }), (seconds, asked) => {
        const time = new Moment(seconds)
        const answers = asked.map((each) => ask(time, each))
        const { from, until } = time.span
        const at = (other: number) => asked.map((each) => ask(new Moment(other), each))
        for (let other = Math.max(from, -60); other <= Math.min(until, 60); other++) expect(at(other)).toEqual(answers)
        if (from > -60) expect(at(from - 1)).not.toEqual(answers)
        if (until < 60) expect(at(until + 1)).not.toEqual(answers)
      })
    )
  })
})
