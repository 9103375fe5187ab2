import { describe, expect, it } from 'vitest'
import { readName } from '#dist/core/decode/name/name.js'
import { scopeOf } from '#dist/core/match/crl/crl-scope.js'
import { askedCrls } from '#dist/core/match/crl/distribution-point.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { allReasonFlags, type Crl, type IssuingDistributionPoint } from '#dist/core/model/crl.js'
import type { GeneralName } from '#dist/core/model/name.js'
import { commonName } from '../../../support/authority.ts'
import { crlIssuer, directoryName, distributionPoints, fullName, pointReasons, uri } from '../../../support/crls.ts'
import { explicit, sequence, tlv } from '../../../support/der-writer.ts'
import { plainCertificate } from '../../../support/plain-certificate.ts'
import { plainCrl } from '../../../support/plain-crl.ts'

const [ca, other, third] = [commonName('CA'), commonName('CRL issuer'), commonName('Third')]
const url = (n: number): Uint8Array => uri(`http://crl.example.test/${n}`)

/** A certificate of the CA with these distribution points. */
const certificate = (...points: readonly (readonly Uint8Array[])[]): Certificate => {
  const extensions = points.length === 0 ? [] : [distributionPoints(...points)]
  return {
    ...plainCertificate(),
    issuer: readName(ca),
    extension: (oid) => extensions.find((each) => each.oid === oid)
  }
}

const none: IssuingDistributionPoint = {
  name: undefined,
  onlyContainsUserCerts: false,
  onlyContainsCACerts: false,
  onlyContainsAttributeCerts: false,
  indirectCRL: false,
  onlySomeReasons: undefined
}
const named = (...urls: readonly number[]): Partial<IssuingDistributionPoint> => ({
  name: { type: 'full', names: urls.map((n): GeneralName => ({ type: 'uri', value: `http://crl.example.test/${n}` })) }
})
const crl = (issuer: Uint8Array, scope?: Partial<IssuingDistributionPoint>): Crl =>
  plainCrl({
    issuer: readName(issuer),
    issuingDistributionPoint: scope === undefined ? undefined : { ...none, ...scope }
  })

const all = { reasons: allReasonFlags }
const outside = (reason: string) => ({ outside: reason })
const otherIssuer = outside('is of another issuer, which the certificate’s distribution points do not name')
const otherPoint = outside('is of a distribution point that the certificate does not name')

describe('the issuer of a CRL (RFC 5280 §6.3.3 (b)(1))', () => {
  it('is the certificate’s, whatever its distribution points say', () => {
    expect(scopeOf(crl(ca), certificate())).toEqual(all)
    expect(scopeOf(crl(ca), certificate([fullName(url(1)), crlIssuer(other)]))).toEqual(all)
    expect(scopeOf(crl(ca, { indirectCRL: true }), certificate())).toEqual(all)
    expect(scopeOf(crl(other, { indirectCRL: true }), certificate())).toEqual(otherIssuer)
  })

  it('is the CRL issuer of a distribution point, where the CRL is indirect', () => {
    const asked = certificate([crlIssuer(other)])
    expect(scopeOf(crl(other, { indirectCRL: true }), asked)).toEqual(all)
    expect(scopeOf(crl(third, { indirectCRL: true }), asked)).toEqual(otherIssuer)
    const direct = outside('is of a CRL issuer that the certificate names, but does not say that it is an indirect CRL')
    expect(scopeOf(crl(other, {}), asked)).toEqual(direct)
    expect(scopeOf(crl(other), asked)).toEqual(direct)
  })

  it('is any of several that a point names, and of several points', () => {
    const asked = certificate([crlIssuer(other, third)], [fullName(url(1))])
    for (const issuer of [other, third]) expect(scopeOf(crl(issuer, { indirectCRL: true }), asked)).toEqual(all)
    const mixed = certificate([explicit(2, url(1), directoryName(other))])
    expect(scopeOf(crl(other, { indirectCRL: true }), mixed)).toEqual(all)
    expect(scopeOf(crl(ca, { indirectCRL: true }), certificate([explicit(2, url(1))]))).toEqual(all)
  })

  it('may be the certificate’s own, named where the standard has it left out', () => {
    const asked = certificate([fullName(url(1)), crlIssuer(ca)])
    expect(scopeOf(crl(ca, named(1)), asked)).toEqual(all)
    expect(scopeOf(crl(ca, { ...named(1), indirectCRL: true }), asked)).toEqual(all)
  })
})

describe('the distribution point of a CRL (RFC 5280 §6.3.3 (b)(2)(i))', () => {
  const indirect = (scope: Partial<IssuingDistributionPoint>): Crl => crl(other, { ...scope, indirectCRL: true })

  it('has one name in common with a point of the certificate', () => {
    const asked = certificate([fullName(url(1), url(2))], [fullName(url(3))])
    for (const n of [1, 2, 3]) expect(scopeOf(crl(ca, named(n)), asked)).toEqual(all)
    expect(scopeOf(crl(ca, named(9, 3)), asked)).toEqual(all)
    expect(scopeOf(crl(ca, named(4)), asked)).toEqual(otherPoint)
  })

  it('has it in common with a point of its own CRL issuer', () => {
    const asked = certificate(
      [fullName(url(1)), crlIssuer(other)],
      [fullName(url(2)), crlIssuer(third)],
      [fullName(url(3))]
    )
    expect(scopeOf(indirect(named(1)), asked)).toEqual(all)
    for (const n of [2, 3]) expect(scopeOf(indirect(named(n)), asked)).toEqual(otherPoint)
    expect(scopeOf(crl(ca, named(1)), asked)).toEqual(otherPoint)
    expect(scopeOf(crl(ca, named(3)), asked)).toEqual(all)
  })

  it('is named by the CRL issuer where the point of the certificate has no name', () => {
    const asked = certificate([crlIssuer(other)])
    const byIssuer = { name: { type: 'full', names: [{ type: 'directory', value: readName(other) }] } } as const
    expect(scopeOf(indirect(byIssuer), asked)).toEqual(all)
    expect(scopeOf(indirect(named(1)), asked)).toEqual(otherPoint)
    expect(scopeOf(indirect(byIssuer), certificate([fullName(url(1)), crlIssuer(other)]))).toEqual(otherPoint)
  })

  it('may be named relative to the CRL issuer, on either side', () => {
    const rdn = commonName('point 1').subarray(4)
    const relative = explicit(0, tlv(0xa1, rdn))
    const full = sequence(other.subarray(2), commonName('point 1').subarray(2))
    const asked = certificate([relative, crlIssuer(other)])
    expect(scopeOf(indirect({ name: { type: 'relative', rdn } }), asked)).toEqual(all)
    const spelt = { name: { type: 'full', names: [{ type: 'directory', value: readName(full) }] } } as const
    expect(scopeOf(indirect(spelt), asked)).toEqual(all)
    expect(
      scopeOf(
        indirect({ name: { type: 'relative', rdn } }),
        certificate([fullName(directoryName(full)), crlIssuer(other)])
      )
    ).toEqual(all)
    expect(scopeOf(indirect({ name: { type: 'relative', rdn } }), certificate([relative]))).toEqual(otherIssuer)
  })

  it.each<[string, Uint8Array, GeneralName]>([
    ['a dNSName', tlv(0x82, Buffer.from('crl.example.test')), { type: 'dns', value: 'crl.example.test' }],
    ['an rfc822Name', tlv(0x81, Buffer.from('crl@example.test')), { type: 'email', value: 'crl@example.test' }],
    ['an iPAddress', tlv(0x87, Uint8Array.of(192, 0, 2, 1)), { type: 'ip', value: Uint8Array.of(192, 0, 2, 1) }],
    ['a registeredID', tlv(0x88, Uint8Array.of(0x2a, 3)), { type: 'registeredId', value: '1.2.3' }],
    [
      'an otherName',
      tlv(0xa0, Uint8Array.of(6, 2, 0x2a, 3), explicit(0, Uint8Array.of(5, 0))),
      { type: 'other', oid: '1.2.3', value: Uint8Array.of(5, 0) }
    ]
  ])('may be %s', (_, der, name) => {
    const point = { name: { type: 'full', names: [name] } } as const
    expect(scopeOf(crl(ca, point), certificate([fullName(der)]))).toEqual(all)
    expect(scopeOf(crl(ca, point), certificate([fullName(url(1))]))).toEqual(otherPoint)
  })
})

describe('the reasons of a CRL (RFC 5280 §6.3.3 (d), (e))', () => {
  const keyCompromise = 0x02
  const twoReasons = pointReasons('05 60')

  it('are those of its own and of the points that name it', () => {
    const asked = certificate([fullName(url(1)), twoReasons], [fullName(url(2))])
    expect(scopeOf(crl(ca, named(1)), asked)).toEqual({ reasons: 0x06 })
    expect(scopeOf(crl(ca, { ...named(1), onlySomeReasons: keyCompromise }), asked)).toEqual({ reasons: keyCompromise })
    expect(scopeOf(crl(ca, { ...named(2), onlySomeReasons: keyCompromise }), asked)).toEqual({ reasons: keyCompromise })
    expect(scopeOf(crl(ca, named(1, 2)), asked)).toEqual(all)
    expect(scopeOf(crl(ca, { onlySomeReasons: keyCompromise | 1 }), asked)).toEqual({ reasons: keyCompromise })
  })

  it('are of all points of a CRL issuer together', () => {
    const asked = certificate([twoReasons, crlIssuer(other)], [pointReasons('03 08'), crlIssuer(other)])
    expect(scopeOf(crl(other, { indirectCRL: true }), asked)).toEqual({ reasons: 0x16 })
  })

  it('are at least one', () => {
    const asked = certificate([fullName(url(1)), twoReasons])
    expect(scopeOf(crl(ca, { ...named(1), onlySomeReasons: 0x08 }), asked)).toEqual(
      outside('covers none of the reasons for which the certificate names it')
    )
  })
})

describe('bounds on distribution points', () => {
  const many = (issuers: number, names: number): Certificate =>
    certificate([
      fullName(...Array.from({ length: names }, (_, n) => url(n))),
      crlIssuer(...Array.from({ length: issuers }, (_, n) => commonName(`Issuer ${n}`)))
    ])

  it('pass over what is more than 4,096 names times CRL issuers', () => {
    expect(askedCrls(many(64, 63)).indirect.size).toBe(64)
    expect(askedCrls(many(65, 63)).indirect.size).toBe(64)
    expect(askedCrls(many(2, 4_096)).indirect.size).toBe(0)
  })

  it('do not touch those of the certificate’s own issuer', () => {
    const names = Array.from({ length: 10_000 }, (_, n) => url(n))
    expect(scopeOf(crl(ca, named(9_999)), certificate([fullName(...names)]))).toEqual(all)
  })

  it('keep what was read of a certificate', () => {
    const asked = certificate([crlIssuer(other)])
    expect(askedCrls(asked)).toBe(askedCrls(asked))
  })
})
