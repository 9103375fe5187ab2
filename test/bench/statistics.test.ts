import { describe, expect, it } from 'vitest'
import { ratiosOf, spreadOf } from '../../bench/statistics.ts'

describe('the statistics of the benchmark', () => {
  it('give the least, the middle and the greatest, whatever the order', () => {
    expect(spreadOf([30, 10, 20])).toEqual({ least: 10, median: 20, most: 30 })
    expect(spreadOf([4, 1, 3, 2])).toEqual({ least: 1, median: 2.5, most: 4 })
    expect(spreadOf([100, 9])).toEqual({ least: 9, median: 54.5, most: 100 })
  })

  it('compare round with round, not median with median', () => {
    expect(ratiosOf([10, 40, 90], [10, 20, 30])).toEqual({ least: 1, median: 2, most: 3 })
  })

  it('refuse what was not measured', () => {
    expect(() => spreadOf([])).toThrow('no figures')
    expect(() => ratiosOf([1, 2], [1])).toThrow('no figures')
  })
})
