import { describe, expect, it } from 'vitest'
import type { Code } from '#dist/core/model/codes.js'
import { codes } from '#dist/core/model/codes.js'
import { error, type Fault, fault } from '#dist/core/model/finding.js'
import { isOpen, type JudgedPath, judge, tryPath } from '#dist/core/path/judge.js'
import { anchoredPath, openPath, plainCa, plainCertificate, plainContext } from '../../support/plain-certificate.ts'

const leaf = plainCertificate({ keyUsage: 1 })
const ca = (fields: Parameters<typeof plainCa>[1] = {}) => ({ ...plainCa(undefined, fields), subject: leaf.issuer })
const brief = ({ errors, warnings }: JudgedPath) => [...errors, ...warnings].map(({ code }) => code)
const malformed = (count: number): readonly Fault[] =>
  Array.from({ length: count }, (_, at) => fault('certificate-malformed', { reason: `reason ${at}` }))

describe('judging a path', () => {
  it('tells errors and warnings apart, each in the order of the checks', () => {
    const expired = { notAfter: -1 }
    const judged = judge(anchoredPath(plainCertificate({ ...expired, faults: malformed(1) }), ca()), plainContext())
    expect(judged.errors.map(({ code }) => code)).toEqual(['certificate-malformed', 'expired'])
    expect(judged.warnings.map(({ code, certificate }) => [code, certificate])).toEqual([
      ['authority-key-identifier-missing', 0],
      ['extension-criticality-wrong', 1],
      ['authority-key-identifier-missing', 1],
      ['subject-key-identifier-missing', 1]
    ])
  })

  it('puts what the search has found before what the checks find', () => {
    const found = error('issuer-not-found', 0, { issuer: 'CN=A' })
    const judged = judge(openPath(plainCertificate({ notAfter: -1 })), plainContext(), [found])
    expect(judged.errors.map(({ code }) => code)).toEqual(['issuer-not-found', 'expired'])
    expect(judged.distance).toBe(codes['issuer-not-found'].distance + codes.expired.distance)
  })

  it('does not count warnings into the distance', () => {
    const judged = judge(anchoredPath(leaf, ca()), plainContext())
    expect(judged.errors).toEqual([])
    expect(judged.warnings).not.toEqual([])
    expect(judged.distance).toBe(0)
  })

  it('keeps 256 errors and 256 warnings of each check', () => {
    const oddities = Array.from({ length: 300 }, () => fault('validity-encoding', { field: 'notAfter' }))
    const target = plainCertificate({ faults: malformed(300), oddities, notAfter: -1 })
    const judged = judge(anchoredPath(target, ca()), plainContext(), [
      error('path-too-long', null, { allowed: 0, found: 1 })
    ])
    expect(judged.errors).toHaveLength(1 + 256 + 1)
    expect(judged.errors.at(-1)?.code).toBe('expired')
    expect(judged.errors.at(-2)?.details).toEqual({ reason: 'reason 255' })
    expect(judged.warnings.filter(({ code }) => code === 'validity-encoding')).toHaveLength(256)
    expect(judged.warnings).toHaveLength(256 + 4)
  })

  it('makes a limit that a check reaches an error, so that no path is valid for want of looking', () => {
    const certificatePolicies = [{ oid: '1.2.3', unknownQualifiers: false }]
    const path = anchoredPath(plainCertificate({ certificatePolicies }), ca({ certificatePolicies }))
    const limited = plainContext({}, { policyNodes: 0 })
    expect(judge(path, limited).errors).toEqual([
      { code: 'limit-reached', certificate: null, severity: 'error', details: { limit: 'policyNodes', allowed: 0 } }
    ])
    expect(tryPath(path, limited)).toMatchObject({
      valid: false,
      check: 'policies',
      finding: { code: 'limit-reached' }
    })
    expect(tryPath(path, plainContext())).toMatchObject({ valid: true, judged: { errors: [] } })
  })

  it('lets what is no limit through', () => {
    const broken = {
      ...plainContext(),
      verify: () => {
        throw new TypeError('broken')
      }
    }
    const key = { type: 'ed25519', spki: new Uint8Array(), bits: 256 } as const
    const path = anchoredPath(leaf, ca({ publicKey: key }))
    expect(() => judge(path, broken)).toThrow(new TypeError('broken'))
    expect(() => tryPath(path, broken)).toThrow(new TypeError('broken'))
  })
})

describe('the first error of a path', () => {
  it('is that of the first check that has one, warnings apart', () => {
    const path = anchoredPath(plainCertificate({ notAfter: -1, keyUsage: 1 }), ca({ keyUsage: 1 }))
    expect(brief(judge(path, plainContext()))).toEqual(
      expect.arrayContaining(['expired', 'cert-sign-not-allowed', 'authority-key-identifier-missing'])
    )
    expect(tryPath(path, plainContext())).toMatchObject({
      check: 'validity',
      finding: { code: 'expired', certificate: 0 }
    })
    const strict = plainContext({ certificateRules: 'strict' })
    expect(tryPath(anchoredPath(leaf, ca()), strict)).toMatchObject({ valid: false, check: 'issuance-rules' })
    expect(tryPath(anchoredPath(leaf, ca()), plainContext())).toMatchObject({ valid: true, judged: { errors: [] } })
  })
})

describe('a verdict that is open', () => {
  const judged = (...found: readonly Code[]): JudgedPath => ({
    path: openPath(leaf),
    errors: found.map(
      (code) => ({ code, details: {}, certificate: null, severity: 'error' }) as JudgedPath['errors'][number]
    ),
    warnings: [],
    distance: 0
  })

  it.each(['limit-reached', 'revocation-unknown', 'revocation-stale'] as const)('is one of %s alone', (code) => {
    expect(isOpen(judged(code))).toBe(true)
    expect(isOpen(judged(code, 'limit-reached'))).toBe(true)
    expect(isOpen(judged(code, 'expired'))).toBe(false)
  })

  it('is no valid one, and none of an error that is certain', () => {
    expect(isOpen(judged())).toBe(false)
    expect(isOpen(judged('revoked'))).toBe(false)
  })
})
