import { describe, expect, it } from 'vitest'
import { crlStatus } from '#dist/core/match/crl/crl-status.js'
import type { RevocationReason } from '#dist/core/model/crl.js'
import { fault } from '#dist/core/model/finding.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { plainCa, plainCertificate, plainContext } from '../../../support/plain-certificate.ts'
import { type PlainCrl, plainCrl } from '../../../support/plain-crl.ts'

const certificate = plainCertificate()
const keyOf = (octet: number): PublicKey => ({ type: 'ed25519', spki: Uint8Array.of(octet), bits: 256 })
const signers = [1, 2].map((octet) => ({
  certificate: { ...plainCa(), subject: certificate.issuer },
  key: keyOf(octet),
  usageCounts: true
}))

/** `by` is the octet of the key that has signed it. */
interface Given extends PlainCrl {
  readonly by?: number
}

const ask = (given: readonly Given[], time = 500) => {
  const context = plainContext({ time })
  const signedBy = new Map<unknown, number>()
  const candidates = given.map(({ by = 1, ...fields }, at) => {
    const crl = plainCrl({ issuer: certificate.issuer, ...fields })
    signedBy.set(crl, by)
    return { crl, source: `crls[${at}]` }
  })
  const verify = (signed: unknown, { spki }: PublicKey) =>
    signedBy.get(signed) === spki[0] ? undefined : fault('signature-invalid', { algorithm: 'Ed25519' })
  const question = { certificate, inQuestion: [certificate], above: signers, anchor: undefined }
  const status = crlStatus(question, candidates, { ...context, verify })
  return status.status === 'unknown'
    ? { unknown: status.rejected.map(({ source, problem }) => `${source} ${problem}`) }
    : { [status.status]: status.evidence.map(({ source }) => source), until: status.until }
}

const listed = (reason: RevocationReason): PlainCrl => ({ entry: { reason } })
const complete = (number: bigint, fields: Given = {}): Given => ({ number, ...fields })
const delta = (number: bigint, baseNumber: bigint, fields: Given = {}): Given => ({
  isDelta: true,
  number,
  baseNumber,
  ...fields
})
const good = (until: number, ...sources: readonly string[]) => ({ good: sources, until })
const revoked = (...sources: readonly string[]) => ({ revoked: sources, until: undefined })
const held = (until: number, ...sources: readonly string[]) => ({ revoked: sources, until })

describe('a delta CRL beside a complete one (RFC 5280 §6.3.3 (i) to (k))', () => {
  it('tells what has changed: revocations, and ends of holds', () => {
    const base = complete(5n)
    expect(ask([base, delta(6n, 5n)])).toEqual(good(1000, 'crls[0]', 'crls[1]'))
    expect(ask([base, delta(6n, 5n, listed('keyCompromise'))])).toEqual(revoked('crls[0]', 'crls[1]'))
    const onHold = complete(5n, listed('certificateHold'))
    expect(ask([onHold, delta(6n, 5n)])).toEqual(held(1000, 'crls[0]', 'crls[1]'))
    expect(ask([onHold, delta(6n, 5n, listed('removeFromCRL'))])).toEqual(good(1000, 'crls[0]', 'crls[1]'))
    expect(ask([onHold, delta(6n, 5n, listed('keyCompromise'))])).toEqual(revoked('crls[0]', 'crls[1]'))
    expect(ask([delta(6n, 5n, listed('removeFromCRL')), onHold])).toEqual(good(1000, 'crls[1]', 'crls[0]'))
    const gone = complete(5n, listed('keyCompromise'))
    expect(ask([gone, delta(6n, 5n)])).toEqual(revoked('crls[0]', 'crls[1]'))
  })

  it('is the newest of its series that goes with it', () => {
    const onHold = complete(5n, listed('certificateHold'))
    const removing = delta(7n, 5n, listed('removeFromCRL'))
    const holding = delta(8n, 5n, listed('certificateHold'))
    expect(ask([onHold, removing, delta(6n, 5n)])).toEqual(good(1000, 'crls[0]', 'crls[1]'))
    expect(ask([onHold, delta(6n, 5n), removing])).toEqual(good(1000, 'crls[0]', 'crls[2]'))
    expect(ask([onHold, removing, holding])).toEqual(held(1000, 'crls[0]', 'crls[2]'))
    const early = delta(6n, 5n, listed('certificateHold'))
    expect(ask([onHold, early, removing])).toEqual(good(1000, 'crls[0]', 'crls[2]'))
    expect(ask([early, removing])).toMatchObject({ unknown: [{}, {}].map(() => expect.stringContaining('delta CRL')) })
  })

  it('makes a complete CRL current that is out of date, for as long as it is current itself', () => {
    const old = complete(5n, { nextUpdate: 400 })
    expect(ask([old, delta(6n, 5n, { nextUpdate: 600 })])).toEqual(good(600, 'crls[0]', 'crls[1]'))
    expect(ask([old])).toEqual({ unknown: ['crls[0] is out of date'] })
    expect(ask([{ ...old, ...listed('certificateHold') }, delta(6n, 5n, { nextUpdate: 600 })])).toEqual(
      held(600, 'crls[0]', 'crls[1]')
    )
  })

  it('is passed over where it is out of date, or of a later time', () => {
    const onHold = complete(5n, listed('certificateHold'))
    const removing = delta(6n, 5n, listed('removeFromCRL'))
    expect(ask([onHold, { ...removing, nextUpdate: 400 }])).toEqual(held(1000, 'crls[0]'))
    expect(ask([onHold, { ...removing, thisUpdate: 501 }])).toEqual(held(1000, 'crls[0]'))
    expect(ask([complete(5n), delta(6n, 5n, { nextUpdate: 400 })])).toEqual(good(1000, 'crls[0]'))
  })

  it('has what every CRL must have to vouch', () => {
    const unnumbered = delta(6n, 5n, { marks: [['2.5.29.20', true]] })
    expect(ask([complete(5n), unnumbered])).toEqual({
      unknown: [
        'crls[1] has a critical CRL number',
        'crls[1] is a delta CRL without the complete CRL that it changes (of the same issuer, scope and key, number 5 or later)'
      ]
    })
  })
})

describe('which complete CRL a delta CRL goes with (RFC 5280 §5.2.4, §6.3.3 (c), (h))', () => {
  const removing = (number: bigint, base: bigint, fields: Given = {}): Given =>
    delta(number, base, { ...listed('removeFromCRL'), ...fields })
  const onHold = (number: bigint, fields: Given = {}): Given =>
    complete(number, { ...listed('certificateHold'), ...fields })
  const goes = good(1000, 'crls[0]', 'crls[1]')
  const goesNot = held(1000, 'crls[0]')

  it('is one from its base number on, and older than itself', () => {
    expect(ask([onHold(5n), removing(7n, 5n)])).toEqual(goes)
    expect(ask([onHold(6n), removing(7n, 5n)])).toEqual(goes)
    expect(ask([onHold(4n), removing(7n, 5n)])).toEqual(goesNot)
    expect(ask([onHold(7n), removing(7n, 5n)])).toEqual(goesNot)
    expect(ask([{ ...onHold(5n), number: undefined }, removing(7n, 5n)])).toEqual(goesNot)
    expect(ask([onHold(5n), { ...removing(7n, 5n), number: undefined }])).toEqual(goesNot)
    expect(ask([onHold(5n), { ...removing(7n, 5n), baseNumber: undefined }])).toEqual(goesNot)
  })

  it('is one that the same key has signed', () => {
    expect(ask([onHold(5n, { by: 2 }), removing(6n, 5n)])).toEqual(goesNot)
    expect(ask([onHold(5n, { by: 2 }), removing(6n, 5n, { by: 2 })])).toEqual(goes)
  })

  it.each([
    ['issuingDistributionPoint', '2.5.29.28'],
    ['authorityKeyIdentifier', '2.5.29.35']
  ])('is one with the same %s, octet for octet', (_, oid) => {
    const marked = (...octets: readonly number[]): PlainCrl => ({
      marks: [
        ['2.5.29.20', false],
        [oid, false, Uint8Array.from(octets)]
      ]
    })
    expect(ask([onHold(5n, marked(1)), removing(6n, 5n, marked(1))])).toEqual(goes)
    expect(ask([onHold(5n, marked(1)), removing(6n, 5n, marked(2))])).toEqual(goesNot)
    expect(ask([onHold(5n, marked(1)), removing(6n, 5n)])).toEqual(goesNot)
    expect(ask([onHold(5n), removing(6n, 5n, marked(1))])).toEqual(goesNot)
    expect(ask([onHold(5n), removing(6n, 5n, marked())])).toEqual(goesNot)
  })

  it('costs a step for each delta CRL of its series', () => {
    const given = [complete(5n), complete(6n), delta(7n, 5n), delta(8n, 5n)]
    expect(ask(given)).toEqual(good(1000, 'crls[0]', 'crls[3]'))
  })
})

describe('a delta CRL without its complete one (RFC 5280 §5.2.4)', () => {
  it('revokes, and vouches for nothing', () => {
    expect(ask([delta(6n, 5n, listed('keyCompromise'))])).toEqual(revoked('crls[0]'))
    expect(ask([delta(6n, 5n, listed('certificateHold'))])).toEqual(held(1000, 'crls[0]'))
    expect(ask([delta(6n, 5n)])).toEqual({
      unknown: [
        'crls[0] is a delta CRL without the complete CRL that it changes (of the same issuer, scope and key, number 5 or later)'
      ]
    })
    expect(ask([delta(6n, 5n, { nextUpdate: 400 })])).toEqual({ unknown: ['crls[0] is out of date'] })
    expect(ask([delta(6n, 5n, { ...listed('certificateHold'), nextUpdate: 400 })])).toEqual({
      unknown: ['crls[0] is out of date']
    })
  })

  it('tells no hold that a newer one of its series has ended, and one that it has begun again', () => {
    const holding = delta(6n, 5n, listed('certificateHold'))
    const removing = delta(7n, 6n, listed('removeFromCRL'))
    expect(ask([complete(9n), holding, removing])).toEqual(good(1000, 'crls[0]'))
    expect(ask([complete(9n), holding])).toEqual(held(1000, 'crls[1]'))
    expect(ask([complete(9n), holding, { ...removing, nextUpdate: 400 }])).toEqual(held(1000, 'crls[1]'))
    expect(ask([complete(9n), removing, delta(8n, 7n, listed('certificateHold'))])).toEqual(held(1000, 'crls[2]'))
    expect(ask([complete(9n), delta(6n, 5n, listed('superseded')), removing])).toEqual(revoked('crls[1]'))
  })
})
