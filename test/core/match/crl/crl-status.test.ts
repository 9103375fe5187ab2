import { describe, expect, it } from 'vitest'
import { crlStatus } from '#dist/core/match/crl/crl-status.js'
import type { IssuingDistributionPoint } from '#dist/core/model/crl.js'
import { fault } from '#dist/core/model/finding.js'
import { type PlainOptions, plainCa, plainCertificate, plainContext } from '../../../support/plain-certificate.ts'
import { type PlainCrl, plainCrl } from '../../../support/plain-crl.ts'

const certificate = plainCertificate()
const key = { type: 'ed25519', spki: new Uint8Array(), bits: 256 } as const
const signers = [{ certificate: { ...plainCa(), subject: certificate.issuer }, key, usageCounts: true }]

const ask = (crls: readonly PlainCrl[], options: PlainOptions = {}) =>
  crlStatus(
    { certificate, inQuestion: [certificate], above: signers, anchor: undefined },
    crls.map((each, at) => ({ crl: plainCrl({ issuer: certificate.issuer, ...each }), source: `crls[${at}]` })),
    plainContext({ time: 500, ...options })
  )
const evidence = (source: string) => ({ type: 'crl', source, thisUpdate: 0, nextUpdate: 1000 })
const goodUntil = (until: number, ...sources: readonly string[]) => ({
  status: 'good',
  evidence: sources.map(evidence),
  until
})
const good = (...sources: readonly string[]) => goodUntil(1000, ...sources)
/** The status where one CRL was looked at, and why it does not do. */
const unknown = (kind: string, problem: string, more: object = {}) => ({
  status: 'unknown',
  rejected: [{ type: 'crl', source: 'crls[0]', kind, problem, ...more }]
})
const scoped = (fields: Partial<IssuingDistributionPoint> = {}): PlainCrl => ({
  issuingDistributionPoint: {
    name: undefined,
    onlyContainsUserCerts: false,
    onlyContainsCACerts: false,
    onlyContainsAttributeCerts: false,
    indirectCRL: false,
    onlySomeReasons: undefined,
    ...fields
  }
})

describe('the status that CRLs give (RFC 5280 §6.3.3)', () => {
  it('is good by the first that can vouch, and unknown without any', () => {
    expect(ask([{}, {}])).toEqual(good('crls[0]'))
    expect(ask([{ isDelta: true }, {}])).toEqual(good('crls[1]'))
    expect(ask([])).toEqual({ status: 'unknown', rejected: [] })
  })

  it('is revoked by any that lists the certificate, before or after others vouch', () => {
    expect(ask([{}, { entry: { revokedAt: 7, reason: 'superseded', invalidityDate: 5 } }])).toEqual({
      status: 'revoked',
      evidence: [evidence('crls[1]')],
      reason: 'superseded',
      revokedAt: 7,
      invalidityDate: 5,
      until: undefined
    })
    expect(ask([{ entry: {} }])).toMatchObject({ status: 'revoked', reason: 'unspecified', revokedAt: 1 })
  })

  it('(e) is good only where the reasons that are covered are all', () => {
    const some = 'covers some reasons of revocation only'
    expect(ask([scoped({ onlySomeReasons: 0x6 })])).toEqual(unknown('scope', some))
    expect(ask([scoped({ onlySomeReasons: 0x6 }), scoped({ onlySomeReasons: 0x1f8 })])).toEqual(
      good('crls[0]', 'crls[1]')
    )
    expect(ask([scoped({ onlySomeReasons: 0x6 }), { isDelta: true }])).toMatchObject({
      rejected: [{ source: 'crls[1]' }, { source: 'crls[0]', problem: some }]
    })
  })
})

describe('why a CRL does not vouch (RFC 5280 §5, §6.3.3)', () => {
  it('(b) is its scope', () => {
    expect(ask([scoped({ onlyContainsCACerts: true })])).toEqual(
      unknown('scope', 'covers CA certificates only', { reference: 'RFC 5280 §6.3.3 (b)' })
    )
    expect(ask([{ ...scoped({ onlyContainsCACerts: true }), entry: {} }])).toMatchObject({ status: 'unknown' })
  })

  it('is that it tells changes alone, but it may revoke (§5.2.4)', () => {
    const problem = 'is a delta CRL without the complete CRL that it changes (of the same issuer, scope and key)'
    const delta = unknown('scope', problem, { reference: 'RFC 5280 §5.2.4' })
    expect(ask([{ isDelta: true }])).toEqual(delta)
    expect(ask([{ isDelta: true, entry: { reason: 'removeFromCRL' } }])).toEqual(delta)
    expect(ask([{ isDelta: true, entry: {} }])).toMatchObject({ status: 'revoked' })
  })

  it('is a number that is missing beside other extensions, or critical (§5.2.3)', () => {
    const reference = 'RFC 5280 §5.2.3'
    expect(ask([{ marks: [['2.5.29.35', false]] }])).toEqual(
      unknown('invalid', 'has extensions, but no CRL number among them', { reference })
    )
    expect(ask([{ marks: [['2.5.29.20', true]] }])).toEqual(
      unknown('invalid', 'has a critical CRL number', { reference })
    )
    expect(ask([{ marks: [] }])).toEqual(good('crls[0]'))
  })

  it('is that it does not say until when it is current (§5.1.2.5)', () => {
    expect(ask([{ nextUpdate: undefined }])).toEqual(
      unknown('invalid', 'does not say until when it is current (nextUpdate)', { reference: 'RFC 5280 §5.1.2.5' })
    )
  })

  it('is a fault of its own, that rules of authenticity tell', () => {
    expect(ask([{ faults: [fault('crl-invalid', { reason: 'is odd' })], entry: {} }])).toEqual(
      unknown('invalid', 'is odd', { reference: 'RFC 5280 §5.1' })
    )
  })
})

describe('when a CRL is current (RFC 5280 §6.3.3 (a))', () => {
  const stale = (why: string, problem: string) =>
    unknown('stale', problem, { staleness: { why, thisUpdate: 0, nextUpdate: 1000 } })
  const late = stale('not-yet-issued', 'is of a time after the time of validation')
  const passed = stale('next-update-passed', 'is out of date')
  const old = stale('older-than-max-age', 'is older than the request accepts')
  const aged = (maxAge: number) => ({ revocation: { mode: 'require', scope: 'leaf', maxAge } }) as const

  it('is from thisUpdate to nextUpdate, both included', () => {
    for (const time of [0, 1000]) expect(ask([{}], { time })).toEqual(good('crls[0]'))
    expect(ask([{}], { time: -1 })).toEqual(late)
    expect(ask([{}], { time: 1001 })).toEqual(passed)
  })

  it('is longer by the clock skew at both ends', () => {
    for (const time of [-10, 1010]) expect(ask([{}], { time, clockSkew: 10 })).toEqual(goodUntil(1010, 'crls[0]'))
    expect(ask([{}], { time: -11, clockSkew: 10 })).toEqual(late)
    expect(ask([{}], { time: 1011, clockSkew: 10 })).toEqual(passed)
  })

  it('is no longer than the request accepts, with the clock skew in its favour', () => {
    expect(ask([{}], { time: 500, ...aged(500) })).toEqual(goodUntil(500, 'crls[0]'))
    expect(ask([{}], { time: 501, ...aged(500) })).toEqual(old)
    expect(ask([{}], { time: 510, clockSkew: 10, ...aged(500) })).toEqual(goodUntil(510, 'crls[0]'))
    expect(ask([{}], { time: 511, clockSkew: 10, ...aged(500) })).toEqual(old)
  })

  it('matters to what it lists where that may have changed: before its time, and a hold after', () => {
    const revoked = { status: 'revoked' }
    expect(ask([{ entry: {} }], { time: -1 })).toEqual(late)
    expect(ask([{ entry: { reason: 'keyCompromise' } }], { time: 1001 })).toMatchObject(revoked)
    expect(ask([{ entry: { reason: 'certificateHold' } }], { time: 1001 })).toEqual(passed)
    expect(ask([{ entry: { reason: 'certificateHold' } }], { time: 501, ...aged(500) })).toEqual(old)
    expect(ask([{ entry: { reason: 'certificateHold' } }])).toMatchObject(revoked)
  })
})
