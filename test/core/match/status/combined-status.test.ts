import { describe, expect, it } from 'vitest'
import { combined } from '#dist/core/match/status/combined-status.js'
import type { Evidence, EvidenceType, GoodStatus, RevokedStatus, UnknownStatus } from '#dist/core/model/revocation.js'

const evidence = (type: EvidenceType, source: string): Evidence => ({ type, source, thisUpdate: 0, nextUpdate: 10 })
const good = (source: string, until: number): GoodStatus => ({
  status: 'good',
  evidence: [evidence('crl', source)],
  until
})
const revoked = (source: string, until?: number): RevokedStatus => ({
  status: 'revoked',
  evidence: [evidence('ocsp', source)],
  reason: until === undefined ? 'superseded' : 'certificateHold',
  revokedAt: 1,
  invalidityDate: undefined,
  until
})
const unknown = (source: string): UnknownStatus => ({
  status: 'unknown',
  rejected: [{ type: 'ocsp', source, kind: 'invalid', problem: 'is odd' }]
})

describe('what several kinds of evidence say together', () => {
  it('is revoked by any, whatever the others say', () => {
    expect(combined([good('a', 1), unknown('b'), revoked('c')])).toEqual(revoked('c'))
    expect(combined([revoked('a'), revoked('b')])).toEqual(revoked('a'))
  })

  it('is revoked for good rather than on hold', () => {
    expect(combined([revoked('a', 5), revoked('b')])).toEqual(revoked('b'))
    expect(combined([revoked('a', 5), revoked('b', 6)])).toEqual(revoked('a', 5))
  })

  it('is good by one, as long as any vouches', () => {
    expect(combined([unknown('a'), good('b', 5)])).toEqual(good('b', 5))
    expect(combined([good('a', 9), good('b', 5)])).toEqual({
      status: 'good',
      evidence: [evidence('crl', 'a'), evidence('crl', 'b')],
      until: 9
    })
  })

  it('is else unknown, for all reasons that there are', () => {
    expect(combined([unknown('a'), unknown('b')])).toEqual({
      status: 'unknown',
      rejected: [...unknown('a').rejected, ...unknown('b').rejected]
    })
    expect(combined([])).toEqual({ status: 'unknown', rejected: [] })
  })
})
