import { describe, expect, it } from 'vitest'
import { validity } from '#dist/core/checks/validity.js'
import type { CandidatePath } from '#dist/core/model/path.js'
import { findingsOf } from '../../support/findings.ts'
import { anchoredPath, openPath, plainCertificate, plainContext } from '../../support/plain-certificate.ts'

const period = (notBefore: number | undefined, notAfter: number | undefined) =>
  plainCertificate({ notBefore, notAfter })
const open = period(0, 1000)
const run = (path: CandidatePath, time: number, clockSkew = 0, anchorValidity = true) => {
  const anchorRules = { validity: anchorValidity, constraints: true, acceptTarget: true }
  return findingsOf(validity, path, plainContext({ time, clockSkew, anchorRules }))
}
const codes = (...args: Parameters<typeof run>) => run(...args).map(({ code, certificate }) => [code, certificate])

describe('validity (RFC 5280 §4.1.2.5, §6.1.3 (a)(2))', () => {
  it('tells the end of the period that was passed, and the time of validation', () => {
    expect(run(anchoredPath(period(100, 200), open), 99)).toEqual([
      {
        code: 'not-yet-valid',
        certificate: 0,
        severity: 'error',
        details: { notBefore: '1970-01-01T00:01:40Z', validAt: '1970-01-01T00:01:39Z' }
      }
    ])
    expect(run(anchoredPath(open, period(100, 200), open), 201)).toEqual([
      {
        code: 'expired',
        certificate: 1,
        severity: 'error',
        details: { notAfter: '1970-01-01T00:03:20Z', validAt: '1970-01-01T00:03:21Z' }
      }
    ])
  })

  it('includes both ends, and the clock skew beyond them', () => {
    const path = anchoredPath(period(100, 200), open)
    for (const time of [100, 200]) expect(codes(path, time)).toEqual([])
    for (const time of [90, 210]) expect(codes(path, time, 10)).toEqual([])
    expect(codes(path, 89, 10)).toEqual([['not-yet-valid', 0]])
    expect(codes(path, 211, 10)).toEqual([['expired', 0]])
  })

  it('is reported for every certificate, and both ways of a period that ends before it begins', () => {
    expect(codes(openPath(period(200, 100), period(0, 100)), 150)).toEqual([
      ['not-yet-valid', 0],
      ['expired', 0],
      ['expired', 1]
    ])
  })

  it('is not asked of an anchor where the request says so, but of a target that is one', () => {
    const old = period(0, 100)
    expect(codes(anchoredPath(open, old), 150)).toEqual([['expired', 1]])
    expect(codes(anchoredPath(open, old), 150, 0, false)).toEqual([])
    expect(codes(anchoredPath(old, open), 150, 0, false)).toEqual([['expired', 0]])
    expect(codes(anchoredPath(old), 150, 0, false)).toEqual([['expired', 0]])
    expect(codes(openPath(open, old), 150, 0, false)).toEqual([['expired', 1]])
  })

  it('says nothing of times that cannot be read', () => {
    expect(codes(anchoredPath(period(undefined, undefined)), 150)).toEqual([])
    expect(codes(anchoredPath(period(undefined, 100)), 150)).toEqual([['expired', 0]])
  })
})
