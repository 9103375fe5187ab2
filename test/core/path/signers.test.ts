import { describe, expect, it } from 'vitest'
import type { Limits } from '#dist/core/model/limits.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import {
  basicConstraints,
  type CertificateSpec,
  type ExtensionSpec,
  type Issued,
  intermediate,
  issue,
  keyPair,
  keyUsage,
  root,
  server
} from '../../support/authority.ts'
import {
  authorityKey,
  type CrlSpec,
  certificateIssuer,
  crlIssuer,
  crlNumber,
  crlOf,
  distributionPoints,
  flag,
  fullName,
  issuingDistributionPoint,
  reasonCode,
  uri
} from '../../support/crls.ts'
import { errorsOf, type Question, verdictOn } from '../../support/verdicts.ts'

const base64 = (ders: readonly Uint8Array[]): readonly string[] =>
  ders.map((der) => Buffer.from(der).toString('base64'))

interface Asked extends Omit<Question, 'crls'> {
  readonly crls: readonly Uint8Array[]
}

const ask = ({ crls, ...question }: Asked, limits: Partial<Limits> = {}): Verdict =>
  verdictOn({ time: '2026-01-15T00:00:00Z', ...question, crls: base64(crls) }, limits)

const warningOf = ({ warnings }: Verdict, code: string): string | undefined =>
  warnings.find((each) => each.code === code)?.message

const ca = root('Test CA')
const sub = intermediate(ca, 'Sub CA', { serialNumber: 50n })
const leaf = server(sub, 'www.example.test', { serialNumber: 60n })
const ofRoot = (spec: Partial<CrlSpec> = {}): Uint8Array => crlOf({ issuer: ca, ...spec })

const cRLSign = keyUsage('01 02')
/** A certificate for CRLs alone. */
const crlSigner = (issuer: Issued, subject: string | Uint8Array, spec: Partial<CertificateSpec> = {}): Issued =>
  issue({ subject, issuer, serialNumber: 70n, extensions: [cRLSign], ...spec })
/** A CRL of the sub CA by another key. */
const bySigner = (signer: Issued, spec: Partial<CrlSpec> = {}): Uint8Array =>
  crlOf({
    issuer: { name: sub.name, key: signer.key },
    extensions: [crlNumber(1), authorityKey(signer.key)],
    ...spec
  })

const chain = [leaf, sub]
const caBundle = [ca]

describe('a CRL by another key of the certificate’s issuer (RFC 5280 §6.3.3 (f))', () => {
  const signer = crlSigner(ca, 'Sub CA')
  const crls = [ofRoot(), bySigner(signer)]

  it('counts where its signer has a valid path of its own, sent among chain or intermediates', () => {
    expect(ask({ chain, caBundle, intermediates: [signer], crls }).outcome).toBe('valid')
    expect(ask({ chain: [...chain, signer], caBundle, crls }).outcome).toBe('valid')
  })

  it('counts where the signer stands among the anchors, by its path to that of the certificate', () => {
    expect(ask({ chain, caBundle: [ca, signer], crls }).outcome).toBe('valid')
    const stranger = crlSigner(root('Other CA'), 'Sub CA')
    const verdict = ask({ chain, caBundle: [ca, stranger], crls: [ofRoot(), bySigner(stranger)] })
    expect(verdict.outcome).toBe('indeterminate')
    expect(warningOf(verdict, 'crl-signer-not-valid')).toBe(
      'crls[1] is signed by caBundle[1], who has no path of its own to the trust anchor of the certificate.'
    )
  })

  it('rejects what it lists', () => {
    const revoking = bySigner(signer, { entries: [{ serialNumber: 60n, extensions: [reasonCode(1)] }] })
    expect(errorsOf(ask({ chain, caBundle, intermediates: [signer], crls: [ofRoot(), revoking] }))).toEqual([
      ['revoked', 0]
    ])
    expect(ask({ chain, caBundle, crls: [ofRoot(), revoking] }).outcome).toBe('indeterminate')
  })

  it('asks for the signer’s certificate where that is missing', () => {
    const verdict = ask({ chain, caBundle, crls })
    expect(verdict.outcome).toBe('indeterminate')
    expect(errorsOf(verdict)).toEqual([['revocation-unknown', 0]])
    expect(warningOf(verdict, 'crl-signer-not-found')).toMatch(
      /^crls\[1\] is signed with another key \([0-9a-f]{40}\) of its issuer than those whose certificates are here\.$/
    )
  })

  it('may be signed by one who stands below CAs of its own', () => {
    const between = intermediate(ca, 'Between CA', { serialNumber: 51n })
    const below = crlSigner(between, 'Sub CA')
    const given = { chain, caBundle, intermediates: [below, between] }
    expect(ask({ ...given, crls: [ofRoot(), bySigner(below), crlOf({ issuer: between })] }).outcome).toBe('valid')
    expect(ask({ ...given, crls: [ofRoot(), bySigner(below)] }).outcome).toBe('indeterminate')
  })

  it('goes by the first signer of several with the same key whose path is valid', () => {
    const expired = crlSigner(ca, 'Sub CA', { key: signer.key, notAfter: '251231000000' })
    expect(ask({ chain, caBundle, intermediates: [expired, signer], crls }).outcome).toBe('valid')
    expect(ask({ chain, caBundle, intermediates: [expired], crls }).outcome).toBe('indeterminate')
  })
})

describe('what holds for a CRL’s signer', () => {
  const judge = (
    signer: Issued,
    { root: rootSpec, ...rest }: Partial<Asked> & { readonly root?: Partial<CrlSpec> } = {}
  ): Verdict => ask({ chain, caBundle, intermediates: [signer], crls: [ofRoot(rootSpec), bySigner(signer)], ...rest })
  const problem = (verdict: Verdict): string | undefined => warningOf(verdict, 'crl-signer-not-valid')

  it('is every rule of path validation', () => {
    const verdict = judge(crlSigner(ca, 'Sub CA', { notAfter: '260114000000' }))
    expect(verdict.outcome).toBe('indeterminate')
    expect(problem(verdict)).toBe(
      'crls[1] is signed by intermediates[0], whose own path is not valid: The certificate expired on 2026-01-14T00:00:00Z, 1 day before the time of validation.'
    )
    expect(judge(crlSigner(ca, 'Sub CA', { notAfter: '260115000000' })).outcome).toBe('valid')
  })

  it('is none of the rules that are about the request’s target', () => {
    const asked = { hostname: 'www.example.test', purpose: 'serverAuth', keyUsage: ['digitalSignature'] } as const
    expect(judge(crlSigner(ca, 'Sub CA'), asked).outcome).toBe('valid')
    expect(judge(crlSigner(ca, 'Sub CA'), { profile: 'webpki' }).outcome).toBe('valid')
  })

  it('is that it may sign CRLs, where it has a key usage', () => {
    const verdict = judge(crlSigner(ca, 'Sub CA', { extensions: [keyUsage('02 04')] }))
    expect(verdict.outcome).toBe('indeterminate')
    expect(warningOf(verdict, 'crl-invalid')).toContain('its key usage lacks cRLSign')
    expect(judge(crlSigner(ca, 'Sub CA', { extensions: [] })).outcome).toBe('valid')
  })

  it('is that it is not revoked itself', () => {
    const verdict = judge(crlSigner(ca, 'Sub CA'), { root: { entries: [{ serialNumber: 70n }] } })
    expect(verdict.outcome).toBe('indeterminate')
    expect(problem(verdict)).toContain('whose own path is not valid: The certificate was revoked')
  })

  it('is that its status is known, where that of the whole chain has to be', () => {
    const onlyCas = { extensions: [crlNumber(1), issuingDistributionPoint(flag(2))] }
    const signer = crlSigner(ca, 'Sub CA')
    expect(problem(judge(signer, { root: onlyCas }))).toContain('It is not known whether the certificate is revoked')
    const prefer = { revocation: { mode: 'prefer' } } as const
    expect(judge(signer, { root: onlyCas, ...prefer }).outcome).toBe('valid')
    expect(judge(signer, { root: onlyCas, ...prefer }).warnings).toEqual([])
    const leafAlone = { revocation: { mode: 'require', scope: 'leaf' } } as const
    expect(judge(signer, { root: onlyCas, ...leafAlone }).outcome).toBe('valid')
    expect(judge(signer, { root: { entries: [{ serialNumber: 70n }] }, ...leafAlone }).outcome).toBe('indeterminate')
  })

  it('is that it does not rest on the certificate in question', () => {
    const below = crlSigner(sub, ca.name)
    const byBelow = crlOf({
      issuer: { name: ca.name, key: below.key },
      extensions: [crlNumber(1), authorityKey(below.key)]
    })
    const verdict = ask({ chain, caBundle, intermediates: [below], crls: [byBelow, crlOf({ issuer: sub })] })
    expect(errorsOf(verdict)).toEqual([['revocation-unknown', 1]])
    expect(problem(verdict)).toContain('who has no path of its own to the trust anchor of the certificate')
  })
})

describe('signers whose status rests on signers', () => {
  const own = keyPair()
  const selfIssued = issue({ subject: 'Sub CA', issuer: sub, key: own, serialNumber: 70n, extensions: [cRLSign] })

  it('is not told by the signer itself, nor by those who need each other', () => {
    const alone = ask({ chain, caBundle, intermediates: [selfIssued], crls: [ofRoot(), bySigner(selfIssued)] })
    expect(alone.outcome).toBe('indeterminate')
    expect(warningOf(alone, 'crl-signer-not-valid')).toContain('intermediates[0], the very certificate whose status')
    const [one, other] = [crlSigner(ca, 'One', { serialNumber: 71n }), crlSigner(ca, 'Other', { serialNumber: 72n })]
    const pointTo = (name: Uint8Array): ExtensionSpec => distributionPoints([crlIssuer(name)])
    const first = crlSigner(ca, 'One', { key: one.key, serialNumber: 71n, extensions: [cRLSign, pointTo(other.name)] })
    const second = crlSigner(ca, 'Other', {
      key: other.key,
      serialNumber: 72n,
      extensions: [cRLSign, pointTo(one.name)]
    })
    const indirect = (issuer: Issued): Uint8Array =>
      crlOf({ issuer, extensions: [crlNumber(1), issuingDistributionPoint(flag(4))] })
    const asked = server(ca, 'www.example.test', { extensions: [pointTo(one.name)] })
    const given = { chain: [asked], caBundle, intermediates: [first, second] }
    expect(ask({ ...given, crls: [indirect(one), indirect(other)] }).outcome).toBe('indeterminate')
    expect(ask({ ...given, crls: [indirect(one), indirect(other), ofRoot()] }).outcome).toBe('valid')
  })

  it('is told where another CRL vouches for it, of its issuer’s own key', () => {
    const point = fullName(uri('http://crl.example.test/signers'))
    const signer = issue({
      subject: 'Sub CA',
      issuer: sub,
      key: own,
      serialNumber: 70n,
      extensions: [cRLSign, distributionPoints([point])]
    })
    const ofSigner = crlOf({ issuer: sub, extensions: [crlNumber(1), issuingDistributionPoint(point)] })
    const crls = [ofRoot(), bySigner(signer), ofSigner]
    expect(ask({ chain, caBundle, intermediates: [signer], crls }).outcome).toBe('valid')
  })

  it('is told by the signer itself where its certificate names it as the issuer of its CRLs', () => {
    const name = certificateIssuer(ca.name)
    const key = keyPair()
    const named = issue({ subject: 'Revoker', key })
    const revoker = crlSigner(ca, 'Revoker', {
      key,
      extensions: [cRLSign, distributionPoints([crlIssuer(named.name)])]
    })
    const asked = server(ca, 'www.example.test', {
      serialNumber: 60n,
      extensions: [distributionPoints([crlIssuer(named.name)])]
    })
    const list = (...serials: readonly bigint[]): Uint8Array =>
      crlOf({
        issuer: revoker,
        entries: serials.map((serialNumber) => ({ serialNumber, extensions: [name] })),
        extensions: [crlNumber(1), issuingDistributionPoint(flag(4))]
      })
    const given = { chain: [asked], caBundle, intermediates: [revoker] }
    expect(ask({ ...given, crls: [list(1n)] }).outcome).toBe('valid')
    expect(errorsOf(ask({ ...given, crls: [list(60n)] }))).toEqual([['revoked', 0]])
    expect(ask({ ...given, crls: [list(70n)] }).outcome).toBe('indeterminate')
    expect(ask({ chain: [revoker], caBundle, crls: [list(1n)] }).outcome).toBe('valid')
    expect(errorsOf(ask({ chain: [revoker], caBundle, crls: [list(70n)] }))).toEqual([['revoked', 0]])
  })

  /** Signer 0 signs for the leaf, and each next one the CRL that tells the status of the one before. */
  const tower = (height: number): Asked => {
    const names = Array.from({ length: height }, (_, n) => `Signer ${n}`)
    const keys = names.map(() => keyPair())
    const nameOf = (n: number): Uint8Array => issue({ subject: `Signer ${n}`, key: keys[n] ?? keyPair() }).name
    const points = names.map((_, n) => distributionPoints([crlIssuer(nameOf(n))]))
    const signers = names.map((subject, n) => {
      const next = points[n + 1]
      return crlSigner(ca, subject, {
        key: keys[n] ?? keyPair(),
        extensions: next === undefined ? [cRLSign] : [cRLSign, next]
      })
    })
    const onlyCas = ofRoot({ extensions: [crlNumber(1), issuingDistributionPoint(flag(2))] })
    const last = crlSigner(ca, `Signer ${height - 1}`, {
      key: keys.at(-1) ?? keyPair(),
      extensions: [cRLSign, basicConstraints(true)]
    })
    const given = [...signers.slice(0, -1), last]
    const indirect = given.map((issuer) =>
      crlOf({ issuer, extensions: [crlNumber(1), issuingDistributionPoint(flag(4))] })
    )
    const first = points[0]
    const asked = server(ca, 'www.example.test', { extensions: first === undefined ? [] : [first] })
    return { chain: [asked], caBundle, intermediates: given, crls: [...indirect, onlyCas] }
  }

  it('is followed over four signers, each a CRL about the one before, and no further', () => {
    expect(ask(tower(1)).outcome).toBe('valid')
    expect(ask(tower(4)).outcome).toBe('valid')
    const five = ask(tower(5))
    expect(five.outcome).toBe('indeterminate')
    expect(warningOf(five, 'crl-signer-not-valid')).toContain('whose own path is not valid')
  })
})

describe('bounds on signers', () => {
  it('are those of the validation: a limit that is spent on them is said, and is no verdict', () => {
    const signers = Array.from({ length: 6 }, (_, n) => crlSigner(ca, 'Sub CA', { serialNumber: BigInt(100 + n) }))
    const given = {
      chain,
      caBundle,
      intermediates: signers,
      crls: [ofRoot(), ...signers.map((each) => bySigner(each))]
    }
    expect(ask(given).outcome).toBe('valid')
    for (const limits of [{ buildingSteps: 20 }, { signatureChecks: 8 }, { candidatePaths: 3 }]) {
      const verdict = ask(given, limits)
      expect(verdict.outcome).toBe('indeterminate')
      expect(errorsOf(verdict)).toContainEqual(['limit-reached', null])
    }
  })
})
