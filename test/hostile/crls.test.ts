import { describe, expect, it } from 'vitest'
import type { Verdict } from '#dist/core/model/verdict.js'
import { type Issued, issue, keyPair, keyUsage, root, server } from '../support/authority.ts'
import {
  authorityKey,
  crlIssuer,
  crlNumber,
  crlOf,
  deltaIndicator,
  distributionPoints,
  flag,
  fullName,
  issuingDistributionPoint,
  uri
} from '../support/crls.ts'
import { errorsOf, type Question, verdictOn } from '../support/verdicts.ts'

const ca = root('Test CA')
const cRLSign = keyUsage('01 02')

interface Asked extends Omit<Question, 'crls' | 'caBundle'> {
  readonly crls: readonly Uint8Array[]
}

/** The verdict, which has to come within five seconds. */
const ask = ({ crls, ...question }: Asked): Verdict => {
  const start = performance.now()
  const time = '2026-01-15T00:00:00Z'
  const texts = crls.map((der) => Buffer.from(der).toString('base64'))
  const verdict = verdictOn({ time, caBundle: [ca], ...question, crls: texts })
  expect(performance.now() - start).toBeLessThan(5_000)
  return verdict
}

describe('many CRLs and many who may have signed them', () => {
  const keys = Array.from({ length: 40 }, () => keyPair())
  const stranger = keyPair()

  it('end at a limit where each is to be tried under each key', () => {
    const crls = Array.from({ length: 900 }, (_, n) => crlOf({ issuer: ca, key: stranger, extensions: [crlNumber(n)] }))
    const intermediates = Array.from({ length: 900 }, (_, n) => {
      const key = keys[n % keys.length] ?? stranger
      return issue({ subject: 'Test CA', issuer: ca, key, extensions: [cRLSign] })
    })
    const verdict = ask({ chain: [server(ca)], intermediates, crls })
    expect(verdict.outcome).toBe('indeterminate')
    expect(errorsOf(verdict)).toContainEqual(['limit-reached', null])
    expect(verdict).toMatchObject({ checkAgainAt: null, checkAgainReason: 'limit-reached' })
  }, 60_000)

  it('cost no signature where a CRL is of another distribution point', () => {
    const point = (n: number): Uint8Array => fullName(uri(`http://crl.example.test/${n}`))
    const crls = Array.from({ length: 900 }, (_, n) =>
      crlOf({ issuer: ca, extensions: [crlNumber(n), issuingDistributionPoint(point(n))] })
    )
    const asked = server(ca, 'www.example.test', { extensions: [distributionPoints([point(899)])] })
    expect(ask({ chain: [asked], crls }).outcome).toBe('valid')
  }, 60_000)

  it('end at a limit where many delta CRLs might go with many complete ones', () => {
    const crls = Array.from({ length: 600 }, (_, n) =>
      crlOf({ issuer: ca, extensions: n % 2 === 0 ? [crlNumber(n)] : [crlNumber(n), deltaIndicator(n - 1)] })
    )
    expect(ask({ chain: [server(ca)], crls }).outcome).toBe('indeterminate')
  }, 60_000)
})

describe('signers of CRLs who all vouch for each other', () => {
  const keys = Array.from({ length: 14 }, () => keyPair())
  const names = keys.map((key, n) => issue({ subject: `Signer ${n}`, key }).name)
  const mesh: readonly Issued[] = keys.map((key, n) => {
    const others = names.filter((_, at) => at !== n)
    return issue({
      subject: `Signer ${n}`,
      issuer: ca,
      key,
      extensions: [cRLSign, distributionPoints([crlIssuer(...others)])]
    })
  })
  const crls = mesh.map((issuer) =>
    crlOf({
      issuer,
      extensions: [crlNumber(1), authorityKey(issuer.key), issuingDistributionPoint(flag(4))]
    })
  )
  const asked = server(ca, 'www.example.test', { extensions: [distributionPoints([crlIssuer(...names)])] })

  it('prove nothing, and the attempt ends', () => {
    expect(ask({ chain: [asked], intermediates: mesh, crls }).outcome).toBe('indeterminate')
  }, 60_000)

  it('come out the same each time, octet for octet', () => {
    const given = { chain: [asked], intermediates: mesh.slice(0, 3), crls: crls.slice(0, 3) }
    expect(JSON.stringify(ask(given))).toBe(JSON.stringify(ask(given)))
    const all = { ...given, crls: [...given.crls, crlOf({ issuer: ca })] }
    expect(ask(all).outcome).toBe('valid')
  }, 60_000)
})
