import { describe, expect, it } from 'vitest'
import type { Limits } from '#dist/core/model/limits.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import { type CertificateSpec, type Issued, intermediate, issue, keyUsage, root, server } from '../support/authority.ts'
import { authorityKey, type CrlSpec, crlNumber, crlOf, reasonCode } from '../support/crls.ts'
import { type Question, verdictOn } from '../support/verdicts.ts'

const time = '2026-01-15T00:00:00Z'
const ca = root('Test CA', { notAfter: '340101000000' })
const sub = intermediate(ca, 'Sub CA', { notAfter: '300101000000', serialNumber: 50n })
const leafOf = (spec: Partial<CertificateSpec> = {}): Issued =>
  server(sub, 'www.example.test', { serialNumber: 60n, notAfter: '280101000000', ...spec })
const leaf = leafOf()

interface Asked extends Omit<Partial<Question>, 'crls'> {
  readonly leaf?: Issued
  readonly crls?: readonly Uint8Array[]
  readonly limits?: Partial<Limits>
}

const ask = ({ leaf: target = leaf, crls, limits, ...question }: Asked = {}): Verdict =>
  verdictOn(
    {
      time,
      chain: [target, sub],
      caBundle: [ca],
      ...question,
      ...(crls === undefined ? {} : { crls: crls.map((der) => Buffer.from(der).toString('base64')) })
    },
    limits
  )

const again = ({ outcome, checkAgainAt, checkAgainReason }: Verdict) => [outcome, checkAgainAt, checkAgainReason]

const ofRoot = (spec: Partial<CrlSpec> = {}): Uint8Array => crlOf({ issuer: ca, nextUpdate: '260301000000', ...spec })
const ofSub = (spec: Partial<CrlSpec> = {}): Uint8Array => crlOf({ issuer: sub, nextUpdate: '260201000000', ...spec })

describe('until when a valid answer can be relied upon', () => {
  it('is until the first certificate expires, the anchor’s own only where its validity counts', () => {
    expect(again(ask())).toEqual(['valid', '2028-01-01T00:00:00Z', 'certificate-expires'])
    const long = leafOf({ notAfter: '20400101000000' })
    expect(again(ask({ leaf: long }))).toEqual(['valid', '2030-01-01T00:00:00Z', 'certificate-expires'])
    const between = intermediate(ca, 'Sub CA', { key: sub.key, notAfter: '20500101000000' })
    const asked = { chain: [long, between] } as const
    expect(again(ask(asked))).toEqual(['valid', '2034-01-01T00:00:00Z', 'certificate-expires'])
    const anchorRules = { validity: false }
    expect(again(ask({ ...asked, anchorRules }))).toEqual(['valid', '2040-01-01T00:00:00Z', 'certificate-expires'])
  })

  it('is until the first evidence goes out of date', () => {
    const crls = [ofRoot(), ofSub()]
    expect(again(ask({ crls }))).toEqual(['valid', '2026-02-01T00:00:00Z', 'evidence-expires'])
    expect(again(ask({ crls, revocation: { maxAge: 15 * 86_400 } }))).toEqual([
      'valid',
      '2026-01-16T00:00:00Z',
      'evidence-expires'
    ])
    const newer = ofSub({ extensions: [crlNumber(2)], nextUpdate: '260401000000' })
    expect(again(ask({ crls: [...crls, newer] }))).toEqual(['valid', '2026-03-01T00:00:00Z', 'evidence-expires'])
    const soon = leafOf({ notAfter: '260120000000' })
    expect(again(ask({ leaf: soon, crls }))).toEqual(['valid', '2026-01-20T00:00:00Z', 'certificate-expires'])
  })

  it('is until the path of a CRL’s signer ends', () => {
    const extensions = [keyUsage('01 02')]
    const signer = issue({ subject: 'Sub CA', issuer: ca, serialNumber: 70n, notAfter: '260125000000', extensions })
    const bySigner = ofSub({ key: signer.key, extensions: [crlNumber(1), authorityKey(signer.key)] })
    expect(again(ask({ intermediates: [signer], crls: [ofRoot(), bySigner] }))).toEqual([
      'valid',
      '2026-01-25T00:00:00Z',
      'evidence-expires'
    ])
    expect(again(ask({ intermediates: [signer], crls: [ofRoot({ nextUpdate: '260120000000' }), bySigner] }))).toEqual([
      'valid',
      '2026-01-20T00:00:00Z',
      'evidence-expires'
    ])
  })

  it('counts clock skew as the verdict does: it holds at that second, and not after it', () => {
    const crls = [ofRoot(), ofSub()]
    const asked = { crls, clockSkew: 60 } as const
    expect(again(ask(asked))).toEqual(['valid', '2026-02-01T00:01:00Z', 'evidence-expires'])
    expect(ask({ ...asked, time: '2026-02-01T00:01:00Z' }).valid).toBe(true)
    expect(ask({ ...asked, time: '2026-02-01T00:01:01Z' }).valid).toBe(false)
    expect(ask({ clockSkew: 60, time: '2028-01-01T00:01:00Z' }).valid).toBe(true)
    expect(again(ask({ clockSkew: 60 }))).toEqual(['valid', '2028-01-01T00:01:00Z', 'certificate-expires'])
  })

  it('has no time where nothing ends in this calendar', () => {
    const endless = { notAfter: '99991231235959' } as const
    const own = root('Endless CA', endless)
    const below = server(own, 'www.example.test', endless)
    const asked = { chain: [below], caBundle: [own] } as const
    expect(again(ask(asked))).toEqual(['valid', '9999-12-31T23:59:59Z', 'certificate-expires'])
    expect(again(ask({ ...asked, clockSkew: 1 }))).toEqual(['valid', null, null])
  })
})

describe('when it makes sense to ask again about what is not valid', () => {
  it('is never where nothing that speaks against it changes with time', () => {
    expect(again(ask({ hostname: 'other.example.test' }))).toEqual(['invalid', null, null])
    expect(again(ask({ leaf: leafOf({ notAfter: '260101000000' }) }))).toEqual(['invalid', null, null])
    const revoking = ofSub({ entries: [{ serialNumber: 60n, extensions: [reasonCode(1)] }] })
    expect(again(ask({ crls: [ofRoot(), revoking] }))).toEqual(['invalid', null, null])
  })

  it('is when the last certificate becomes valid, unless something else is wrong', () => {
    const future = leafOf({ notBefore: '260601000000' })
    expect(again(ask({ leaf: future }))).toEqual(['invalid', '2026-06-01T00:00:00Z', 'certificate-becomes-valid'])
    expect(again(ask({ leaf: future, clockSkew: 60 }))).toEqual([
      'invalid',
      '2026-05-31T23:59:00Z',
      'certificate-becomes-valid'
    ])
    expect(again(ask({ leaf: future, hostname: 'other.example.test' }))).toEqual(['invalid', null, null])
    expect(again(ask({ leaf: future, crls: [ofRoot()] }))).toEqual([
      'invalid',
      '2026-06-01T00:00:00Z',
      'certificate-becomes-valid'
    ])
  })

  it('is when the evidence of a hold goes out of date', () => {
    const hold = ofSub({ entries: [{ serialNumber: 60n, extensions: [reasonCode(6)] }] })
    expect(again(ask({ crls: [ofRoot(), hold] }))).toEqual(['invalid', '2026-02-01T00:00:00Z', 'hold-may-end'])
  })

  it('is at once where evidence is missing or stale', () => {
    expect(again(ask({ crls: [ofRoot()] }))).toEqual(['indeterminate', time, 'evidence-missing'])
    const stale = ofSub({ nextUpdate: '260110000000' })
    expect(again(ask({ crls: [ofRoot(), stale] }))).toEqual(['indeterminate', time, 'evidence-stale'])
  })

  it('is when evidence of a later time begins to count', () => {
    const early = ofSub({ thisUpdate: '260116000000' })
    expect(again(ask({ crls: [ofRoot(), early], clockSkew: 60 }))).toEqual([
      'indeterminate',
      '2026-01-15T23:59:00Z',
      'evidence-becomes-current'
    ])
    expect(ask({ crls: [ofRoot(), early], clockSkew: 60, time: '2026-01-15T23:59:00Z' }).valid).toBe(true)
  })

  it('is never at a limit, where the same request ends at any time', () => {
    expect(again(ask({ limits: { buildingSteps: 1 } }))).toEqual(['indeterminate', null, 'limit-reached'])
  })

  it('goes by the candidate that may become valid first', () => {
    const expired = intermediate(ca, 'Sub CA', { key: sub.key, notAfter: '260101000000' })
    const later = intermediate(ca, 'Sub CA', { key: sub.key, notBefore: '270101000000' })
    const sooner = intermediate(ca, 'Sub CA', { key: sub.key, notBefore: '260701000000' })
    expect(again(ask({ chain: [leaf, later, expired, sooner] }))).toEqual([
      'invalid',
      '2026-07-01T00:00:00Z',
      'certificate-becomes-valid'
    ])
  })
})
