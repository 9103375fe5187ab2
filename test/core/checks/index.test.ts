import { describe, expect, it } from 'vitest'
import { certificateChecks, checks } from '#dist/core/checks/index.js'
import { codes } from '#dist/core/model/codes.js'

/** Codes that no check finds, but reading, building and the limits of a request. */
const foundElsewhere = [
  'pem-malformed',
  'object-ignored',
  'issuer-not-found',
  'self-signed-not-trusted',
  'root-not-trusted',
  'key-identifier-mismatch',
  'path-loop',
  'fetching-unavailable',
  'ocsp-not-evaluated'
]

describe('the list of checks', () => {
  it('has those that judge certificates one by one first, and is in the order of the findings', () => {
    const names = checks.map(({ name }) => name)
    expect(names).toEqual([
      'form',
      'validity',
      'critical-extensions',
      'strength',
      'issuance-rules',
      'webpki-extensions',
      'webpki-names',
      'identity',
      'basic-constraints',
      'name-chaining',
      'signatures',
      'path-length',
      'distrust',
      'key-usage',
      'purpose',
      'name-constraints',
      'policies',
      'revocation'
    ])
    expect([...certificateChecks]).toEqual(names.slice(0, 9))
  })

  it('reports codes that there are, none twice in one check', () => {
    const known = new Set<string>(Object.keys(codes))
    for (const { name, reports } of checks) {
      expect(
        reports.filter((code) => !known.has(code)),
        name
      ).toEqual([])
      expect(new Set(reports).size, name).toBe(reports.length)
    }
  })

  it('leaves no other code to nobody', () => {
    const reported = new Set<string>(checks.flatMap(({ reports }) => reports))
    expect(
      Object.keys(codes)
        .filter((code) => !reported.has(code))
        .sort()
    ).toEqual([...foundElsewhere].sort())
  })
})
