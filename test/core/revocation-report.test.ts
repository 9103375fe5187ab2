import { describe, expect, it } from 'vitest'
import type { RevocationReport } from '#dist/core/model/verdict.js'
import { intermediate, root, server } from '../support/authority.ts'
import { type CrlSpec, crlNumber, crlOf, deltaIndicator, invalidityDate, reasonCode } from '../support/crls.ts'
import { type Question, verdictOn } from '../support/verdicts.ts'

const ca = root('Test CA')
const sub = intermediate(ca, 'Sub CA', { serialNumber: 50n })
const leaf = server(sub, 'www.example.test', { serialNumber: 60n })
const ofRoot = crlOf({ issuer: ca })
const ofSub = (spec: Partial<CrlSpec> = {}): Uint8Array => crlOf({ issuer: sub, ...spec })

const ask = (crls: readonly Uint8Array[], question: Partial<Question> = {}) =>
  verdictOn({
    time: '2026-01-15T00:00:00Z',
    chain: [leaf, sub],
    caBundle: [ca],
    ...(crls.length === 0 ? {} : { crls: crls.map((der) => Buffer.from(der).toString('base64')) }),
    ...question
  })
const reports = (
  crls: readonly Uint8Array[],
  question: Partial<Question> = {}
): readonly (RevocationReport | undefined)[] => ask(crls, question).path.map(({ revocation }) => revocation)

const evidence = (source: string) => ({
  type: 'crl',
  source,
  thisUpdate: '2026-01-01T00:00:00Z',
  nextUpdate: '2026-02-01T00:00:00Z'
})

describe('what an answer tells of the revocation of each certificate of the path', () => {
  it('is the status and its evidence, of all but the anchor', () => {
    expect(reports([ofRoot, ofSub()])).toEqual([
      { status: 'good', evidence: [evidence('crls[1]')] },
      { status: 'good', evidence: [evidence('crls[0]')] },
      undefined
    ])
  })

  it('is nothing where it is not asked', () => {
    expect(reports([])).toEqual([undefined, undefined, undefined])
    expect(reports([ofSub()], { revocation: { scope: 'leaf' } })).toEqual([
      { status: 'good', evidence: [evidence('crls[0]')] },
      undefined,
      undefined
    ])
  })

  it('is reason, time and invalidity date of what is revoked', () => {
    const entries = [
      { serialNumber: 60n, revokedAt: '251231000000', extensions: [reasonCode(1), invalidityDate('20251224000000')] }
    ]
    expect(reports([ofRoot, ofSub({ entries })])[0]).toEqual({
      status: 'revoked',
      reason: 'keyCompromise',
      revokedAt: '2025-12-31T00:00:00Z',
      invalidityDate: '2025-12-24T00:00:00Z',
      evidence: [evidence('crls[1]')]
    })
    expect(reports([ofRoot, ofSub({ entries: [{ serialNumber: 60n }], nextUpdate: null })])[0]).toEqual({
      status: 'revoked',
      reason: 'unspecified',
      revokedAt: '2025-06-01T00:00:00Z',
      evidence: [{ ...evidence('crls[1]'), nextUpdate: null }]
    })
  })

  it('is a complete CRL and its delta CRL', () => {
    const delta = ofSub({ extensions: [crlNumber(2), deltaIndicator(1)] })
    expect(reports([ofRoot, delta, ofSub()])[0]).toEqual({
      status: 'good',
      evidence: [evidence('crls[2]'), evidence('crls[1]')]
    })
  })

  it('is unknown without evidence, whether the status is required or preferred', () => {
    const unknown = { status: 'unknown', evidence: [] }
    expect(reports([ofRoot])[0]).toEqual(unknown)
    expect(reports([], { revocation: { mode: 'prefer' } })).toEqual([unknown, unknown, undefined])
  })

  it('is told on every path that was tried', () => {
    const other = intermediate(ca, 'Sub CA', { key: sub.key, serialNumber: 51n, notAfter: '260101000000' })
    const { attempts = [] } = ask([ofRoot, ofSub()], { chain: [leaf, other, sub], explain: 'all' })
    expect(attempts).toHaveLength(2)
    for (const { path } of attempts) {
      expect(path.map(({ revocation }) => revocation?.status)).toEqual(['good', 'good', undefined])
    }
  })

  it('is the same for the same request, octet for octet', () => {
    const crls = [ofRoot, ofSub(), ofSub({ extensions: [crlNumber(2)], nextUpdate: '260301000000' })]
    expect(JSON.stringify(ask(crls))).toBe(JSON.stringify(ask(crls)))
  })
})
