import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnchorConstraints, narrowed, trustFor, unconstrained } from '#dist/core/model/anchor-constraints.js'
import { anyExtendedKeyUsage } from '#dist/core/model/oids.js'
import { dns } from '../../support/names.ts'

const oid = fc.constantFrom('1.1', '1.2', '1.3', '1.4')
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined })
const subtrees = fc.constantFrom(
  { permitted: [dns('a.test')], excluded: [] },
  { permitted: [dns('b.test')], excluded: [dns('c.test')] }
)
const constraints: fc.Arbitrary<AnchorConstraints> = fc.record({
  distrustAfter: optional(fc.integer({ min: 0, max: 9 })),
  purposes: optional(fc.uniqueArray(oid)),
  rejectedPurposes: fc.uniqueArray(fc.oneof(oid, fc.constant(anyExtendedKeyUsage)), { maxLength: 2 }),
  names: fc.array(subtrees, { maxLength: 2 }),
  policies: optional(fc.uniqueArray(oid))
})
const both = (one: AnchorConstraints, other: AnchorConstraints): AnchorConstraints => {
  const result = narrowed(one, other)
  if (result === undefined) throw new Error('two constraints made none')
  return result
}

describe('constraints that narrow each other', () => {
  it('trust for what both trust for, and for nothing else', () => {
    fc.assert(
      fc.property(constraints, constraints, oid, (one, other, purpose) => {
        const trusted = [one, other].every((each) => trustFor(each, purpose) === 'trusted')
        const rejected = [one, other].some((each) => trustFor(each, purpose) === 'rejected')
        expect(trustFor(both(one, other), purpose)).toBe(rejected ? 'rejected' : trusted ? 'trusted' : 'untrusted')
      })
    )
  })

  it('keep the earlier date, all subtrees, and the policies of both', () => {
    fc.assert(
      fc.property(constraints, constraints, oid, fc.integer({ min: 0, max: 9 }), (one, other, policy, time) => {
        const result = both(one, other)
        const isAfter = ({ distrustAfter }: AnchorConstraints) => distrustAfter !== undefined && time > distrustAfter
        expect(isAfter(result)).toBe(isAfter(one) || isAfter(other))
        expect(result.names).toEqual([...one.names, ...other.names])
        const has = ({ policies }: AnchorConstraints) => policies === undefined || policies.includes(policy)
        expect(has(result)).toBe(has(one) && has(other))
      })
    )
  })

  it('are the one that there is', () => {
    const one = { ...unconstrained, policies: ['1.1'] }
    expect(narrowed(one, undefined)).toBe(one)
    expect(narrowed(undefined, one)).toBe(one)
    expect(narrowed(undefined, undefined)).toBe(undefined)
  })
})

describe('the purposes that an anchor is trusted for', () => {
  it('are all where there is no list, and none that is rejected', () => {
    expect(trustFor(unconstrained, '1.1')).toBe('trusted')
    expect(trustFor({ ...unconstrained, purposes: ['1.1'] }, '1.2')).toBe('untrusted')
    expect(trustFor({ ...unconstrained, purposes: ['1.1'], rejectedPurposes: ['1.1'] }, '1.1')).toBe('rejected')
    expect(trustFor({ ...unconstrained, rejectedPurposes: [anyExtendedKeyUsage] }, '1.1')).toBe('rejected')
  })
})
