import { describe, expect, it } from 'vitest'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { ValidationRequest } from '#dist/core/model/request.js'
import type { Want } from '#dist/core/model/wanted.js'
import { validate } from '#dist/core/validate.js'
import { type Issued, intermediate, pemOf, root, server } from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'
import { authorityInfoAccess, crlDistributionPoints } from '../../support/locations.ts'

const issuing = authorityInfoAccess({ caIssuers: ['http://issuer.test/'], ocsp: ['http://ocsp.test/'] })
const listed = crlDistributionPoints(['http://crl.test/'])
const ca = root()
const low = intermediate(ca, 'Low')
const leaf = server(low, 'www.example.test', { extensions: [issuing, listed] })

const settings = {
  now: Date.UTC(2026, 0, 15) / 1_000,
  securityLevel: 2,
  limits: defaultLimits,
  maxCertificates: 99
} as const

const wantedFor = (request: Partial<ValidationRequest>, fetching = true): readonly Want[] | undefined => {
  const outcome = validate({ chain: leaf.pem, caBundle: ca.pem, ...request }, [], { ...settings, fetching })
  if (outcome.kind !== 'verdict') throw new Error(outcome.detail)
  return outcome.wanted
}

const told = (wants: readonly Want[] | undefined): unknown =>
  wants?.map((want) =>
    want.kind === 'issuer'
      ? [want.kind, want.certificate.subject.text, want.urls]
      : [want.kind, want.certificate.subject.text, want.issuer.subject.text, want.responders, want.crls]
  )

const fetch = { mode: 'require', fetch: true } as const
const statusOfLeaf = ['status', 'CN=www.example.test', 'CN=Low', ['http://ocsp.test/'], [['http://crl.test/']]]
const statusOfLow = ['status', 'CN=Low', 'CN=Test Root', [], []]

describe('what would help', () => {
  it('is the issuer where the chain ends before an anchor', () => {
    expect(told(wantedFor({ fetchIssuers: true, revocation: fetch }))).toEqual([
      ['issuer', 'CN=www.example.test', ['http://issuer.test/']]
    ])
  })

  it('are the statuses of all that leads to an anchor, or of the target alone where that is asked', () => {
    const chain = leaf.pem + low.pem
    expect(told(wantedFor({ chain, revocation: fetch }))).toEqual([statusOfLeaf, statusOfLow])
    expect(told(wantedFor({ chain, revocation: { ...fetch, scope: 'leaf' } }))).toEqual([statusOfLeaf])
    expect(told(wantedFor({ chain, revocation: { ...fetch, mode: 'prefer' } }))).toEqual([statusOfLeaf, statusOfLow])
  })

  it('is no status that is known', () => {
    const crls = pemOf(crlOf({ issuer: low }), 'X509 CRL')
    expect(told(wantedFor({ chain: leaf.pem + low.pem, crls, revocation: fetch }))).toEqual([statusOfLow])
  })

  it.each([
    ['without leave for it', { fetchIssuers: false }],
    [
      'of statuses where only issuers may be fetched',
      { chain: leaf.pem + low.pem, revocation: { mode: 'require' } as const, fetchIssuers: true }
    ],
    [
      'of statuses where revocation is off',
      { chain: leaf.pem + low.pem, revocation: { mode: 'off', fetch: true } as const }
    ],
    ['of statuses where the chain leads to no anchor', { revocation: fetch }],
    [
      'of statuses where something else is amiss',
      { chain: leaf.pem + low.pem, revocation: fetch, hostname: 'else.test' }
    ],
    [
      'of issuers where a path leads to an anchor',
      { chain: leaf.pem + low.pem, fetchIssuers: true, hostname: 'else.test' }
    ],
    ['for a root that is not trusted', { chain: root('Other').pem, fetchIssuers: true, revocation: fetch }]
  ])('is nothing %s', (_why, request) => {
    expect(wantedFor(request) ?? []).toEqual([])
  })

  it('is not asked where nobody fetches, and a warning says so', () => {
    expect(wantedFor({ fetchIssuers: true }, false)).toBeUndefined()
    const outcome = validate({ chain: leaf.pem, caBundle: ca.pem, fetchIssuers: true }, [], settings)
    expect(outcome.kind === 'verdict' && outcome.verdict.warnings.map(({ code }) => code)).toEqual([
      'fetching-unavailable'
    ])
  })

  it('is bounded, however many ways there are', () => {
    const roots: Issued[] = Array.from({ length: 40 }, (_, number) =>
      intermediate(root(`Root ${number}`), 'Low', { key: low.key })
    )
    const chain = leaf.pem + roots.map(({ pem }) => pem).join('')
    expect(wantedFor({ chain, fetchIssuers: true })?.length).toBeLessThanOrEqual(32)
  })
})
