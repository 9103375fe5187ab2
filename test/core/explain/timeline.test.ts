import { describe, expect, it } from 'vitest'
import type { Timeline, Verdict } from '#dist/core/model/verdict.js'
import { type Issued, intermediate, root, server } from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'
import { ocspResponseOf } from '../../support/ocsp.ts'
import { type Question, verdictOn } from '../../support/verdicts.ts'

const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')
const second = 1_000

const shifted = (time: string, seconds: number): string =>
  `${new Date(Date.parse(time) + seconds * second).toISOString().slice(0, -5)}Z`

const timelineOf = (question: Question): Timeline => {
  const { timeline } = verdictOn({ ...question, explain: 'all' })
  if (timeline === undefined || timeline === null) throw new Error('there is no timeline')
  return timeline
}

const validAt = (question: Question, time: string): boolean => verdictOn({ ...question, time }).valid

/** Valid at both ends and not a second beyond them. */
const exact = (question: Question): Timeline => {
  const timeline = timelineOf(question)
  const { validFrom, validUntil } = timeline
  if (validFrom === null || validUntil === null) throw new Error('the timeline has no ends')
  expect(validAt(question, validFrom)).toBe(true)
  expect(validAt(question, shifted(validFrom, -1))).toBe(false)
  expect(validAt(question, validUntil)).toBe(true)
  expect(validAt(question, shifted(validUntil, 1))).toBe(false)
  return timeline
}

const at = '2026-01-15T00:00:00Z'
const ca = root('Example CA', { notBefore: '200101000000', notAfter: '400101000000' })
const issuing = intermediate(ca, 'Example Issuing CA', { notBefore: '240101000000', notAfter: '270101000000' })
const serialNumber = 0x1234n
const leaf = server(issuing, 'www.example.com', { serialNumber, notBefore: '250101000000', notAfter: '280101000000' })
const plain: Question = { time: at, chain: [leaf, issuing], caBundle: [ca] }

describe('the timeline of a chain', () => {
  it('is ended by the certificate of the path that expires first, which need not be its own', () => {
    expect(exact(plain)).toMatchObject({
      validFrom: '2025-01-01T00:00:00Z',
      begins: { code: 'not-yet-valid', certificate: { subject: 'CN=www.example.com', source: 'chain[0]' } },
      validUntil: '2027-01-01T00:00:00Z',
      ends: {
        code: 'expired',
        message: 'The certificate expired on 2027-01-01T00:00:00Z, 1 second before the time of validation.',
        certificate: { subject: 'CN=Example Issuing CA', source: 'chain[1]' }
      }
    })
  })

  it('goes on over another path where one ends', () => {
    const renewed = intermediate(ca, 'Example Issuing CA', {
      key: issuing.key,
      notBefore: '260601000000',
      notAfter: '290101000000'
    })
    expect(exact({ ...plain, intermediates: [renewed] })).toMatchObject({
      validUntil: '2028-01-01T00:00:00Z',
      ends: { code: 'expired', certificate: { source: 'chain[0]' } }
    })
  })

  it('ends where the next path begins too late', () => {
    const late = intermediate(ca, 'Example Issuing CA', {
      key: issuing.key,
      notBefore: '270101000002',
      notAfter: '290101000000'
    })
    expect(exact({ ...plain, intermediates: [late] }).validUntil).toBe('2027-01-01T00:00:00Z')
    const inTime = intermediate(ca, 'Example Issuing CA', {
      key: issuing.key,
      notBefore: '270101000001',
      notAfter: '290101000000'
    })
    expect(exact({ ...plain, intermediates: [inTime] }).validUntil).toBe('2028-01-01T00:00:00Z')
  })

  it.each([0, 300])('is that of the evidence where it ends first, with a clock skew of %i seconds', (clockSkew) => {
    const direct = server(ca, 'www.example.com', { serialNumber })
    const crls = [
      base64(crlOf({ issuer: ca })),
      base64(crlOf({ issuer: ca, thisUpdate: '260125000000', nextUpdate: '260301000000' }))
    ]
    const question: Question = { time: at, chain: [direct], caBundle: [ca], crls, clockSkew }
    expect(exact(question)).toMatchObject({
      validFrom: shifted('2026-01-01T00:00:00Z', -clockSkew),
      begins: { code: 'revocation-stale' },
      validUntil: shifted('2026-03-01T00:00:00Z', clockSkew),
      ends: { code: 'revocation-stale' }
    })
  })

  it('ends where later evidence revokes', () => {
    const direct = server(ca, 'www.example.com', { serialNumber })
    const crls = [
      base64(crlOf({ issuer: ca })),
      base64(crlOf({ issuer: ca, thisUpdate: '260120000000', entries: [{ serialNumber }] }))
    ]
    expect(exact({ time: at, chain: [direct], caBundle: [ca], crls })).toMatchObject({
      validUntil: '2026-01-19T23:59:59Z',
      ends: { code: 'revoked', certificate: { source: 'chain[0]' } }
    })
  })

  it.each<[string, Partial<Parameters<typeof ocspResponseOf>[0]>, Partial<Question>, string]>([
    [
      'has no nextUpdate',
      { singles: [{ serialNumber, nextUpdate: null, thisUpdate: '20260114120000' }] },
      {},
      '2026-01-15T12:00:00Z'
    ],
    ['is too old for the request', {}, { revocation: { maxAge: 1_209_600 + 3_600 } }, '2026-01-15T01:00:00Z']
  ])('knows the age of an OCSP response that %s', (_what, spec, more, validUntil) => {
    const direct = server(ca, 'www.example.com', { serialNumber })
    const response = ocspResponseOf({ issuer: ca, singles: [{ serialNumber }], ...spec })
    const question: Question = { time: at, chain: [direct], caBundle: [ca], ocspResponses: [base64(response)], ...more }
    expect(exact(question)).toMatchObject({ validUntil, ends: { code: 'revocation-stale' } })
  })

  it('is the nearest one where the chain is not valid at the time asked', () => {
    const after = verdictOn({ ...plain, time: '2030-01-01T00:00:00Z', explain: 'all' })
    expect(after.timeline).toMatchObject({ validFrom: '2025-01-01T00:00:00Z', validUntil: '2027-01-01T00:00:00Z' })
    const before = verdictOn({ ...plain, time: '2001-01-01T00:00:00Z', explain: 'all' })
    expect(before.timeline).toEqual(after.timeline)
  })

  it('is null where no time helps, and is there with explain all alone', () => {
    const stranger = root('Stranger CA')
    expect(verdictOn({ ...plain, caBundle: [stranger], explain: 'all' }).timeline).toBeNull()
    expect(verdictOn(plain)).not.toHaveProperty('timeline')
    expect(verdictOn(plain)).not.toHaveProperty('wouldBeValid')
  })

  it('never ends where nothing does', () => {
    const forever: readonly Issued[] = [server(ca, 'www.example.com', { notAfter: '99991231235959' })]
    const verdict: Verdict = verdictOn({
      time: at,
      chain: forever,
      caBundle: [ca],
      anchorRules: { validity: false },
      explain: 'all'
    })
    expect(verdict.timeline).toMatchObject({ validFrom: '2025-01-01T00:00:00Z', validUntil: null, ends: null })
  })
})
