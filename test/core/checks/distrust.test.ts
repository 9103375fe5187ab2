import { describe, expect, it } from 'vitest'
import { distrust } from '#dist/core/checks/distrust.js'
import type { CandidatePath } from '#dist/core/model/path.js'
import { findingsOf } from '../../support/findings.ts'
import {
  anchoredPath,
  bareAnchor,
  constrainedPath,
  openPath,
  plainCertificate,
  plainContext
} from '../../support/plain-certificate.ts'

const from = (notBefore: number | undefined) => plainCertificate({ notBefore })
const run = (path: CandidatePath, options = {}) => findingsOf(distrust, path, plainContext(options))
const found = (certificate: number): unknown => ({
  code: 'distrusted',
  certificate,
  severity: 'error',
  details: {
    anchor: 'CN=Subject',
    constraint: 'distrustAfter',
    distrustAfter: '1970-01-01T00:16:40Z',
    notBefore: '1970-01-01T00:16:41Z'
  }
})

describe('distrust (RFC 5280 §6.2; NSS’s distrust after a date)', () => {
  it('is of end entities that are newer than the date, to the second', () => {
    expect(run(constrainedPath({ distrustAfter: 1000 }, from(1000), from(0)))).toEqual([])
    expect(run(constrainedPath({ distrustAfter: 1000 }, from(1001), from(0)))).toEqual([found(1)])
  })

  it('does not ask how new the CAs are', () => {
    expect(run(constrainedPath({ distrustAfter: 1000 }, from(900), from(2000), from(3000)))).toEqual([])
  })

  it('does not depend on time, on clock skew or on what the request says of anchors', () => {
    const path = constrainedPath({ distrustAfter: 1000 }, from(1001), from(0))
    expect(run(path, { time: 500, clockSkew: 10_000, anchorRules: bareAnchor })).toEqual([found(1)])
  })

  it('is not of who signs evidence about other certificates', () => {
    expect(run(constrainedPath({ distrustAfter: 1000 }, from(1001), from(0)), { signer: true })).toEqual([])
  })

  it('holds where the target itself is the anchor', () => {
    expect(run(constrainedPath({ distrustAfter: 1000 }, from(1001)))).toEqual([found(0)])
  })

  it('is silent where the store says nothing, no anchor is reached, or the date cannot be read', () => {
    expect(run(anchoredPath(from(5000), from(0)))).toEqual([])
    expect(run(constrainedPath({}, from(5000), from(0)))).toEqual([])
    expect(run(openPath(from(5000), from(0)))).toEqual([])
    expect(run(constrainedPath({ distrustAfter: 1000 }, from(undefined), from(0)))).toEqual([])
  })
})
