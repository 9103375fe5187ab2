import { describe, expect, it } from 'vitest'
import { constrain } from '#dist/core/constraints/apply.js'
import { type AnchorConstraints, unconstrained } from '#dist/core/model/anchor-constraints.js'
import type { TrustAnchor } from '#dist/core/model/trust-store.js'
import { plainCertificate } from '../../support/plain-certificate.ts'

const anchor = (fingerprint: string, constraints?: AnchorConstraints): TrustAnchor => ({
  certificate: plainCertificate({ fingerprint }),
  source: 'trustStore:a',
  ...(constraints === undefined ? {} : { constraints })
})
const one = anchor('01')
const trusted = anchor('02', { ...unconstrained, purposes: ['1', '2', '3'], rejectedPurposes: ['9'] })

describe('constraints on the anchors of a store', () => {
  it('leave anchors alone of which nothing is said', () => {
    const { anchors, faults } = constrain([one, trusted], new Map())
    expect(anchors).toEqual([one, trusted])
    expect(faults).toEqual([])
  })

  it('narrow each other: those on every anchor, on this one, and in the file', () => {
    const constraints = new Map([
      ['*', { ...unconstrained, purposes: ['4', '2', '3'], distrustAfter: 20 }],
      ['02', { ...unconstrained, purposes: ['3', '2'], distrustAfter: 10 }]
    ])
    const { anchors } = constrain([one, trusted], constraints)
    expect(anchors.map(({ constraints }) => constraints)).toEqual([
      { ...unconstrained, purposes: ['4', '2', '3'], distrustAfter: 20 },
      { ...unconstrained, purposes: ['2', '3'], distrustAfter: 10, rejectedPurposes: ['9'] }
    ])
    expect(anchors.map(({ source }) => source)).toEqual(['trustStore:a', 'trustStore:a'])
  })

  it('name anchors that the store does not have', () => {
    const constraints = new Map([
      ['03', unconstrained],
      ['01', unconstrained],
      ['04', unconstrained]
    ])
    expect(constrain([one], constraints).faults).toEqual([
      { pointer: '/03', detail: 'is the fingerprint of no anchor of this store' },
      { pointer: '/04', detail: 'is the fingerprint of no anchor of this store' }
    ])
  })
})
