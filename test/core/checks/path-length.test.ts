import { describe, expect, it } from 'vitest'
import { pathLength } from '#dist/core/checks/path-length.js'
import { usageCodes } from '#dist/core/model/codes/usage.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'
import { findingsOf } from '../../support/findings.ts'
import {
  anchoredPath,
  bareAnchor,
  openPath,
  plainCa,
  plainCertificate,
  plainContext
} from '../../support/plain-certificate.ts'

const leaf = plainCertificate()
const selfIssued = plainCa(undefined, { selfIssued: true })
const run = (path: CandidatePath, context: CheckContext = plainContext()) => findingsOf(pathLength, path, context)
const exceeded = (certificate: number, allowed: number, setBy: number) => [
  { code: 'path-length-exceeded', certificate, severity: 'error', details: { allowed, setBy } }
]

describe('path-length (RFC 5280 §6.1.4 (l), (m))', () => {
  it('accepts as many CAs as are allowed', () => {
    expect(run(anchoredPath(leaf, plainCa(0), plainCa(1), plainCa()))).toEqual([])
    expect(run(anchoredPath(leaf, plainCa(), plainCa(), plainCa(2)))).toEqual([])
  })

  it('rejects a CA below pathLenConstraint 0, at that CA', () => {
    expect(run(anchoredPath(leaf, plainCa(), plainCa(0), plainCa()))).toEqual(exceeded(1, 0, 2))
  })

  it('rejects the first CA that is one too many, once', () => {
    const path = anchoredPath(leaf, plainCa(), plainCa(), plainCa(), plainCa(1), plainCa())
    expect(run(path)).toEqual(exceeded(2, 1, 4))
  })

  it('(m) lets a lower CA narrow what a higher one allows, and not widen it', () => {
    expect(run(anchoredPath(leaf, plainCa(), plainCa(0), plainCa(5), plainCa()))).toEqual(exceeded(1, 0, 2))
    expect(run(anchoredPath(leaf, plainCa(), plainCa(7), plainCa(1), plainCa()))).toEqual(exceeded(1, 1, 3))
    expect(run(anchoredPath(leaf, plainCa(), plainCa(), plainCa(7), plainCa(2)))).toEqual(exceeded(1, 2, 4))
  })

  it('names the upper of two constraints that end at the same CA', () => {
    expect(run(anchoredPath(leaf, plainCa(), plainCa(0), plainCa(1), plainCa()))).toEqual(exceeded(1, 1, 3))
  })

  it('(l) does not count self-issued certificates, and takes their constraints', () => {
    expect(run(anchoredPath(leaf, selfIssued, plainCa(0), plainCa()))).toEqual([])
    const narrowing = plainCa(0, { selfIssued: true })
    expect(run(anchoredPath(leaf, plainCa(), narrowing, plainCa(3), plainCa()))).toEqual(exceeded(1, 0, 2))
  })

  it('does not count the target, even that of a CA', () => {
    expect(run(anchoredPath(plainCa(), plainCa(0), plainCa()))).toEqual([])
    expect(run(anchoredPath(plainCa(), plainCa(0)))).toEqual([])
    expect(run(anchoredPath(plainCa(0)))).toEqual([])
  })

  it('takes the trust anchor’s own constraint where its contents count, and only there (RFC 5937)', () => {
    const path = anchoredPath(leaf, plainCa(), plainCa(0))
    expect(run(path)).toEqual(exceeded(1, 0, 2))
    expect(run(path, plainContext({ anchorRules: bareAnchor }))).toEqual([])
  })

  it('counts a CA that says nothing of itself, which is another check’s fault', () => {
    expect(run(anchoredPath(leaf, plainCertificate(), plainCa(0), plainCa()))).toEqual(exceeded(1, 0, 2))
    expect(run(anchoredPath(leaf, plainCertificate(), plainCa()))).toEqual([])
  })

  it('counts every issuer of a path without a trust anchor', () => {
    expect(run(openPath(leaf, plainCa(), plainCa(0)))).toEqual(exceeded(1, 0, 2))
  })
})

describe('maxIntermediates', () => {
  it('limits the intermediates that are not self-issued', () => {
    const path = anchoredPath(leaf, plainCa(), selfIssued, plainCa(), plainCa())
    expect(run(path, plainContext({ maxIntermediates: 2 }))).toEqual([])
    expect(run(path, plainContext({ maxIntermediates: 1 }))).toEqual([
      { code: 'path-too-long', certificate: null, severity: 'error', details: { allowed: 1, found: 2 } }
    ])
  })

  it('of 0 leaves the trust anchor as the only issuer', () => {
    const context = plainContext({ maxIntermediates: 0 })
    expect(run(anchoredPath(leaf, plainCa()), context)).toEqual([])
    expect(run(anchoredPath(leaf), context)).toEqual([])
    expect(run(anchoredPath(leaf, plainCa(), plainCa()), context)).toHaveLength(1)
  })
})

describe('the messages of path lengths', () => {
  it('count in words that fit', () => {
    const { message } = usageCodes['path-length-exceeded']
    expect(message({ allowed: 0, setBy: 2 })).toContain('Certificate 2 of the path allows no intermediate certificates')
    expect(message({ allowed: 1, setBy: 3 })).toContain('allows 1 intermediate certificate between')
    expect(usageCodes['path-too-long'].message({ allowed: 1, found: 2 })).toContain('has 2 intermediate certificates')
  })
})
