import { describe, expect, it } from 'vitest'
import type { Limits } from '#dist/core/model/limits.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import {
  basicConstraints,
  certSignAndCrlSign,
  commonName,
  digitalSignature,
  type ExtensionSpec,
  extendedKeyUsage,
  extension,
  type Issued,
  intermediate,
  issue,
  keyPair,
  keyUsage,
  root,
  server
} from '../../support/authority.ts'
import { crlOf, fullName, reasonCode, uri } from '../../support/crls.ts'
import { hexBytes, nullValue, oid, sequence } from '../../support/der-writer.ts'
import {
  archiveCutoff,
  noCheck,
  nonce,
  ocspResponseOf,
  type ResponseSpec,
  responseWith,
  revoked,
  type SingleSpec,
  unknown
} from '../../support/ocsp.ts'
import { errorsOf, type Question, verdictOn, warningsOf } from '../../support/verdicts.ts'

const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')

const serialNumber = 0x1234n
const ca = root('Test CA')
const leaf = server(ca, 'www.example.test', { serialNumber })

/** A response of the CA about the leaf, as `single` has it. */
const about = (single: Partial<SingleSpec> = {}, spec: Partial<ResponseSpec> = {}): Uint8Array =>
  ocspResponseOf({ issuer: ca, singles: [{ serialNumber, ...single }], ...spec })

/** At 2026-01-15, with the status required of all certificates. */
const ask = (
  responses: readonly Uint8Array[],
  question: Partial<Question> = {},
  limits: Partial<Limits> = {}
): Verdict =>
  verdictOn(
    {
      time: '2026-01-15T00:00:00Z',
      chain: [leaf],
      caBundle: [ca],
      ...(responses.length === 0 ? {} : { ocspResponses: responses.map(base64) }),
      ...question
    },
    limits
  )

const problems = ({ errors }: Verdict): unknown => errors.map(({ details }) => details['considered'])
/** The verdict where one response was there and could not be used: what is said of it. */
const unused = (problem: string) => ({
  outcome: 'indeterminate',
  errors: [
    {
      code: 'revocation-unknown',
      certificate: 0,
      details: { why: 'no-usable-evidence', considered: [{ source: 'ocspResponses[0]', problem }] }
    }
  ]
})

describe('revocation by OCSP (RFC 6960 §3.2)', () => {
  it('accepts a certificate that its issuer says is good', () => {
    const verdict = ask([about()])
    expect(verdict).toMatchObject({ valid: true, errors: [], warnings: [] })
    expect(ask([about({}, { responder: 'key' })]).valid).toBe(true)
    expect(ask([about({}, { extensions: [nonce(hexBytes('0102'))] })]).valid).toBe(true)
  })

  it.each(['sha256', 'sha384', 'sha512'] as const)('does so where the certificate is named by %s', (hash) => {
    expect(ask([about({ hash })]).valid).toBe(true)
  })

  it('rejects one that its issuer says is revoked, with reason, time and source', () => {
    const invalidity = extension('2.5.29.24', Buffer.concat([hexBytes('180f'), Buffer.from('20251130000000Z')]))
    const verdict = ask([about({ status: revoked('20251201000000', 1), extensions: [invalidity] })])
    expect(verdict).toMatchObject({
      outcome: 'invalid',
      errors: [
        {
          code: 'revoked',
          certificate: 0,
          details: {
            reason: 'keyCompromise',
            at: '2025-12-01T00:00:00Z',
            invalidityDate: '2025-11-30T00:00:00Z',
            source: 'ocspResponses[0]'
          }
        }
      ]
    })
    expect(ask([about({ status: revoked() })]).errors).toMatchObject([{ details: { reason: 'unspecified' } }])
    expect(ask([about({ status: revoked('20991201000000', 1) })]).errors).toMatchObject([{ code: 'revoked' }])
  })

  it('does not know what its responder does not know (§2.2)', () => {
    expect(ask([about({ status: unknown })])).toMatchObject(
      unused('says that its responder does not know the certificate')
    )
  })

  it.each([
    [1, 'malformedRequest'],
    [3, 'tryLater'],
    [6, 'unauthorized']
  ])('learns nothing from an answer without a status: %i (§2.3)', (status, name) => {
    const verdict = ask([responseWith(status)])
    expect(verdict).toMatchObject(unused(`says nothing of the certificate: its responder answered ${name}`))
    expect(verdict.warnings).toEqual([])
  })

  it('uses only answers about the certificate: serial number, name and key of its issuer', () => {
    const answer = unused('does not answer for the certificate')
    expect(ask([about({ serialNumber: 0x1235n })])).toMatchObject(answer)
    expect(ask([about({ issuer: { name: ca.name, key: keyPair() } })])).toMatchObject(answer)
    expect(ask([about({ issuer: { name: root('Other').name, key: ca.key } })])).toMatchObject(answer)
    const md5 = sequence(
      sequence(oid('1.2.840.113549.2.5'), nullValue),
      hexBytes('0400'),
      hexBytes('0400'),
      hexBytes('02021234')
    )
    expect(ask([about({ alter: ([, ...rest]) => [md5, ...rest] })])).toMatchObject(answer)
  })

  it('knows the issuer’s name in either encoding, that of the certificate or that of the issuer’s own', () => {
    const printable = { ...ca, name: commonName('Test CA', 0x13) }
    const below = server(ca, 'www.example.test', { serialNumber, issuerName: printable.name })
    expect(ask([about()], { chain: [below] }).valid).toBe(true)
    expect(ask([about({ issuer: printable })], { chain: [below] }).valid).toBe(true)
    expect(ask([about({ issuer: printable })]).valid).toBe(false)
  })

  it('finds the answer among several, in one response and in many', () => {
    const others = Array.from({ length: 40 }, (_, n) => ({ serialNumber: BigInt(n + 1) }))
    const singles = [...others, { serialNumber }, ...others]
    expect(ask([ocspResponseOf({ issuer: ca, singles })]).valid).toBe(true)
    expect(ask([...others.map((each) => about(each)), about()]).valid).toBe(true)
  })

  it('believes `revoked` before `good`, in whatever order, in one response or two', () => {
    const bad = { serialNumber, status: revoked() }
    expect(errorsOf(ask([about(), about({ status: revoked() })]))).toEqual([['revoked', 0]])
    expect(errorsOf(ask([about({ status: revoked() }), about()]))).toEqual([['revoked', 0]])
    for (const singles of [
      [bad, { serialNumber }],
      [{ serialNumber }, bad]
    ]) {
      expect(errorsOf(ask([ocspResponseOf({ issuer: ca, singles })]))).toEqual([['revoked', 0]])
    }
  })

  it('names the revocation that is for good rather than a hold', () => {
    const hold = about({ status: revoked(undefined, 6) })
    expect(ask([hold, about({ status: revoked(undefined, 1) })]).errors).toMatchObject([
      { code: 'revoked', details: { reason: 'keyCompromise', source: 'ocspResponses[1]' } }
    ])
    expect(ask([about(), hold]).errors).toMatchObject([{ code: 'revoked', details: { reason: 'certificateHold' } }])
  })

  it('asks for the status of intermediates by their own issuers', () => {
    const middle = intermediate(ca, 'Middle', { serialNumber: 7n })
    const below = server(middle, 'www.example.test', { serialNumber })
    const chain = { chain: [below, middle], caBundle: [ca] }
    const ofLeaf = ocspResponseOf({ issuer: middle, singles: [{ serialNumber }] })
    const ofMiddle = ocspResponseOf({ issuer: ca, singles: [{ serialNumber: 7n }] })
    expect(ask([ofLeaf, ofMiddle], chain).valid).toBe(true)
    expect(errorsOf(ask([ofLeaf], chain))).toEqual([['revocation-unknown', 1]])
    expect(ask([ofLeaf], { ...chain, revocation: { scope: 'leaf' } }).valid).toBe(true)
    const badMiddle = ocspResponseOf({ issuer: ca, singles: [{ serialNumber: 7n, status: revoked() }] })
    expect(errorsOf(ask([ofLeaf, badMiddle], chain))).toEqual([['revoked', 1]])
  })

  it('only warns where the status is preferred', () => {
    const preferring = { revocation: { mode: 'prefer' } } as const
    expect(ask([responseWith(3)], preferring)).toMatchObject({ valid: true })
    expect(warningsOf(ask([responseWith(3)], preferring))).toEqual([['revocation-unknown', 0]])
    expect(errorsOf(ask([about({ status: revoked() })], preferring))).toEqual([['revoked', 0]])
  })
})

describe('CRLs and OCSP responses together', () => {
  const pem = (der: Uint8Array): readonly string[] => [base64(der)]
  const clean = crlOf({ issuer: ca })
  const listing = crlOf({ issuer: ca, entries: [{ serialNumber, extensions: [reasonCode(1)] }] })

  it('are good by either alone', () => {
    expect(ask([responseWith(3)], { crls: pem(clean) }).valid).toBe(true)
    expect(ask([about()], { crls: pem(crlOf({ issuer: root('Other') })) }).valid).toBe(true)
  })

  it('revoke by either alone', () => {
    expect(ask([about()], { crls: pem(listing) }).errors).toMatchObject([
      { code: 'revoked', details: { source: 'crls[0]' } }
    ])
    expect(ask([about({ status: revoked() })], { crls: pem(clean) }).errors).toMatchObject([
      { code: 'revoked', details: { source: 'ocspResponses[0]' } }
    ])
  })

  it('are both named where neither decides', () => {
    const old = crlOf({ issuer: ca, nextUpdate: '260102000000' })
    expect(problems(ask([responseWith(3)], { crls: pem(old) }))).toEqual([
      [
        { source: 'crls[0]', problem: 'is out of date' },
        {
          source: 'ocspResponses[0]',
          problem: 'says nothing of the certificate: its responder answered tryLater'
        }
      ]
    ])
  })
})

describe('when an answer is current (RFC 6960 §3.2 (5), (6))', () => {
  const stale = (details: object) => [{ code: 'revocation-stale', certificate: 0, reference: 'RFC 6960 §3.2', details }]
  const at = (time: string, more: Partial<Question> = {}) => ({ time, ...more })
  const times = { thisUpdate: '2026-01-01T00:00:00Z', nextUpdate: '2026-02-01T00:00:00Z' }
  const source = 'ocspResponses[0]'

  it('is from thisUpdate to nextUpdate, both included', () => {
    for (const time of [times.thisUpdate, times.nextUpdate]) expect(ask([about()], at(time)).valid).toBe(true)
    expect(ask([about()], at('2025-12-31T23:59:59Z')).errors).toMatchObject(
      stale({ why: 'not-yet-issued', source, ...times })
    )
    const late = ask([about()], at('2026-02-01T00:00:01Z'))
    expect(late.errors).toMatchObject(stale({ why: 'next-update-passed', source, ...times }))
    expect(late).toMatchObject({ outcome: 'indeterminate', warnings: [] })
  })

  it('is longer by the clock skew at both ends', () => {
    const skewed = (time: string) => ask([about()], at(time, { clockSkew: 10 })).valid
    expect(['2025-12-31T23:59:50Z', '2026-02-01T00:00:10Z'].map(skewed)).toEqual([true, true])
    expect(['2025-12-31T23:59:49Z', '2026-02-01T00:00:11Z'].map(skewed)).toEqual([false, false])
  })

  it('is no longer than the request accepts, with the clock skew in its favour', () => {
    const aged = (time: string, clockSkew = 0) =>
      ask([about()], at(time, { clockSkew, revocation: { maxAge: 3_600 } })).errors
    expect(aged('2026-01-01T01:00:00Z')).toEqual([])
    expect(aged('2026-01-01T01:00:01Z')).toMatchObject(stale({ why: 'older-than-max-age', source }))
    expect(aged('2026-01-01T01:00:10Z', 10)).toEqual([])
    expect(aged('2026-01-01T01:00:11Z', 10)).toMatchObject(stale({ why: 'older-than-max-age' }))
    expect(aged('2026-02-01T00:00:10Z', 10)).toMatchObject(stale({ why: 'older-than-max-age' }))
    expect(aged('2026-02-01T00:00:11Z', 10)).toMatchObject(stale({ why: 'next-update-passed' }))
  })

  it('is a day without nextUpdate, unless the request has its own bound', () => {
    const open = (time: string, maxAge?: number) =>
      ask([about({ nextUpdate: null })], at(time, maxAge === undefined ? {} : { revocation: { maxAge } })).errors
    expect(open('2026-01-02T00:00:00Z')).toEqual([])
    expect(open('2026-01-02T00:00:01Z')).toMatchObject(
      stale({ why: 'no-next-update', source, thisUpdate: times.thisUpdate })
    )
    expect(open('2026-01-31T00:00:00Z', 30 * 86_400)).toEqual([])
    expect(open('2026-01-01T00:00:02Z', 1)).toMatchObject(stale({ why: 'older-than-max-age' }))
  })

  it('matters to what is revoked where that may change: before its time, and to a hold after', () => {
    const of = (reason: number, time: string) =>
      errorsOf(ask([about({ status: revoked(undefined, reason) })], at(time)))
    expect(of(1, '2025-12-31T23:59:59Z')).toEqual([['revocation-stale', 0]])
    expect(of(1, '2026-03-01T00:00:00Z')).toEqual([['revoked', 0]])
    expect(of(6, '2026-02-01T00:00:00Z')).toEqual([['revoked', 0]])
    expect(of(6, '2026-03-01T00:00:00Z')).toEqual([['revocation-stale', 0]])
  })

  it('is never, where the answer is to be replaced before it was made', () => {
    const once = about({ nextUpdate: '20260101000000' })
    expect(ask([once], at(times.thisUpdate)).valid).toBe(true)
    const verdict = ask([about({ nextUpdate: '20251231000000' })])
    expect(verdict).toMatchObject(unused('is to be replaced (nextUpdate) before it was made (thisUpdate)'))
    expect(warningsOf(verdict)).toEqual([['ocsp-response-invalid', 0]])
  })

  it('ends when asking again may give another answer', () => {
    const ends = (...responses: readonly Uint8Array[]) => {
      const { path, checkAgainAt } = ask(responses, { clockSkew: 10 })
      return [path[0]?.revocation?.evidence.map(({ source }) => source), checkAgainAt]
    }
    const longer = about({ nextUpdate: '20260301000000' })
    expect(ends(about())).toEqual([[source], '2026-02-01T00:00:10Z'])
    expect(ends(about(), longer)).toEqual([['ocspResponses[1]'], '2026-03-01T00:00:10Z'])
    expect(ends(longer, about(), longer)).toEqual([[source], '2026-03-01T00:00:10Z'])
  })

  it('is not the time at which the response was produced', () => {
    expect(ask([about({}, { producedAt: '20261101000000' })]).valid).toBe(true)
  })

  it('tells nothing good of a certificate that had expired, unless statuses are kept (§4.4.4)', () => {
    const expired = server(ca, 'www.example.test', { serialNumber, notAfter: '251231235959' })
    const expiring = server(ca, 'www.example.test', { serialNumber, notAfter: '260101000000' })
    expect(ask([about()], { chain: [expiring], time: '2026-01-01T00:00:00Z' }).valid).toBe(true)
    const codes = (...extensions: readonly ExtensionSpec[]) =>
      errorsOf(ask([about({ extensions })], { chain: [expired] }))
    expect(codes()).toEqual([
      ['expired', 0],
      ['revocation-unknown', 0]
    ])
    expect(codes(archiveCutoff('20260101000000'))).toEqual([
      ['expired', 0],
      ['revocation-unknown', 0]
    ])
    expect(codes(archiveCutoff('20251231235959'))).toEqual([['expired', 0]])
    expect(codes(archiveCutoff('20200101000000'))).toEqual([['expired', 0]])
  })
})

describe('what is wrong with a response', () => {
  const invalid = (der: Uint8Array, problem: string, reference?: string): void => {
    const verdict = ask([der])
    expect(verdict).toMatchObject(unused(problem))
    expect(verdict.warnings).toMatchObject([
      { code: 'ocsp-response-invalid', certificate: 0, details: { source: 'ocspResponses[0]', reason: problem } }
    ])
    if (reference !== undefined) expect(verdict.warnings).toMatchObject([{ reference }])
  }

  it('is a signature that does not verify under the issuer’s key', () => {
    invalid(about({}, { key: keyPair() }), 'has a signature that does not verify under the key of its responder')
  })

  it('is a critical extension that is not understood, of the response or the answer (§4.4)', () => {
    const critical = extension('1.2.3', nullValue, true)
    const problem = 'has the critical extension 1.2.3, which is not understood here'
    invalid(about({}, { extensions: [critical] }), problem, 'RFC 6960 §4.4')
    invalid(
      about({ extensions: [critical] }),
      'has an answer with the critical extension 1.2.3, which is not understood here'
    )
    invalid(
      about({ extensions: [critical], status: revoked() }),
      'has an answer with the critical extension 1.2.3, which is not understood here'
    )
  })

  it('is its form', () => {
    invalid(about({ status: nullValue }), 'is malformed: its certStatus is neither good nor revoked nor unknown')
    const twice = [nonce(new Uint8Array()), nonce(new Uint8Array())]
    invalid(
      about({}, { extensions: twice }),
      'is malformed: the nonce has 0 octets in place of 1 to 128, and has the extension 1.3.6.1.5.5.7.48.1.2 more than once',
      'RFC 6960 §4.2.1'
    )
  })

  it('is not that one answer among several is malformed', () => {
    const singles = [{ serialNumber, status: nullValue }, { serialNumber }]
    expect(ask([ocspResponseOf({ issuer: ca, singles })]).valid).toBe(true)
  })

  it('is a strength below the security level', () => {
    const problem = 'is signed with ecdsa-with-SHA256, of a strength of 128 bits, where security level 4 needs 192'
    const strong = root('Strong CA', { key: 'p384' })
    const below = server(strong, 'www.example.test', { serialNumber, key: 'p384' })
    const verdict = ask([ocspResponseOf({ issuer: strong, singles: [{ serialNumber }] })], {
      chain: [below],
      caBundle: [strong],
      securityLevel: 4
    })
    expect(verdict.errors).toContainEqual(
      expect.objectContaining({
        code: 'revocation-unknown',
        details: { why: 'no-usable-evidence', considered: [{ source: 'ocspResponses[0]', problem }] }
      })
    )
  })
})

describe('the cost of responses', () => {
  it('is spent before the work: looking through them, and each signature', () => {
    const many = Array.from({ length: 5 }, () => about({}, { responder: 'key', key: keyPair() }))
    const limit = (limits: Partial<Limits>) => ask(many, {}, limits).errors.map(({ code, details }) => [code, details])
    expect(limit({ signatureChecks: 4 })).toContainEqual(['limit-reached', { limit: 'signatureChecks', allowed: 4 }])
    expect(limit({ buildingSteps: 4 })).toContainEqual(['limit-reached', { limit: 'buildingSteps', allowed: 4 }])
    expect(limit({ singleResponses: 1 })).toMatchObject([['revocation-unknown', {}]])
  })

  it('is the same for a certificate of a responder that came many times', () => {
    const stranger = issue({ subject: 'Test CA', issuer: ca })
    const many = Array.from({ length: 20 }, () => stranger)
    const response = about({}, { signer: { name: ca.name, key: keyPair() }, certificates: many })
    const codes = errorsOf(ask([response], {}, { signatureChecks: 3 }))
    expect(codes).toEqual([['revocation-unknown', 0]])
  })

  it('is bounded for one response', () => {
    const singles = [{ serialNumber }, { serialNumber: 1n }]
    const verdict = ask([ocspResponseOf({ issuer: ca, singles })], {}, { singleResponses: 1 })
    expect(verdict).toMatchObject(unused('answers for more than 1 certificates, which is the limit'))
  })
})

describe('delegated responders (RFC 6960 §4.2.2.2)', () => {
  const signing = '1.3.6.1.5.5.7.3.9'
  const usages = [keyUsage(digitalSignature), extendedKeyUsage(signing)]
  const responder = (spec: Partial<Parameters<typeof issue>[0]> = {}): Issued =>
    issue({ subject: 'Test Responder', issuer: ca, serialNumber: 0x99n, extensions: [...usages, noCheck], ...spec })
  const by = (signer: Issued, single: Partial<SingleSpec> = {}, spec: Partial<ResponseSpec> = {}): Uint8Array =>
    about(single, { signer, certificates: [signer], ...spec })
  /** `others` are responses that do not answer for the certificate. */
  const refused = (verdict: Verdict, reason: string, ...others: readonly string[]): void => {
    const problem = `is signed by a responder ${reason}`
    expect(errorsOf(verdict)).toEqual([['revocation-unknown', 0]])
    expect(problems(verdict)).toEqual([
      [
        { source: 'ocspResponses[0]', problem },
        ...others.map((source) => ({ source, problem: 'does not answer for the certificate' }))
      ]
    ])
    expect(verdict.warnings).toMatchObject([
      {
        code: 'ocsp-responder-not-authorized',
        certificate: 0,
        details: { source: 'ocspResponses[0]', reason: problem }
      }
    ])
  }

  it('may answer for the CA that has issued their certificate', () => {
    expect(ask([by(responder())])).toMatchObject({ valid: true, warnings: [] })
    expect(ask([by(responder(), {}, { responder: 'key' })]).valid).toBe(true)
    expect(errorsOf(ask([by(responder(), { status: revoked() })]))).toEqual([['revoked', 0]])
  })

  it('may have their certificate in the chain or among the intermediates', () => {
    const signer = responder()
    const bare = by(signer, {}, { certificates: [] })
    expect(ask([bare], { chain: [leaf, signer] }).valid).toBe(true)
    expect(ask([bare], { intermediates: [signer] }).valid).toBe(true)
    expect(ask([bare])).toMatchObject(unused('is signed by a responder whose certificate is not there'))
  })

  it('are found among certificates of the same name, and past those that are not current', () => {
    const signer = responder()
    const expired = responder({ key: signer.key, notAfter: '260101000000' })
    const others = [responder(), responder()]
    expect(ask([by(signer, {}, { certificates: [...others, expired, signer] })]).valid).toBe(true)
    expect(ask([by(signer, {}, { certificates: others })])).toMatchObject(
      unused('has a signature that does not verify under the key of its responder')
    )
  })

  it('are never those of another CA, nor of another key of the same CA', () => {
    const reason = 'whose certificate the issuer of the certificate in question has not issued'
    const other = root('Other CA')
    refused(ask([by(responder({ issuer: other }))]), reason)
    refused(ask([by(responder({ issuer: other, issuerName: ca.name }))]), reason)
    const rekeyed = root('Test CA')
    refused(ask([by(responder({ issuer: rekeyed }))], { caBundle: [ca, rekeyed] }), reason)
  })

  it('are not those of a CA below or above the issuer', () => {
    const middle = intermediate(ca, 'Middle', { serialNumber: 7n })
    const below = server(middle, 'www.example.test', { serialNumber })
    const ofMiddle = (signer: Issued) =>
      ocspResponseOf({ issuer: middle, signer, certificates: [signer], singles: [{ serialNumber }] })
    const question = { chain: [below, middle], caBundle: [ca], revocation: { scope: 'leaf' } } as const
    const reason = 'whose certificate the issuer of the certificate in question has not issued'
    refused(ask([ofMiddle(responder())], question), reason)
    expect(ask([ofMiddle(responder({ issuer: middle }))], question).valid).toBe(true)
    expect(ask([ofMiddle(ca)], question).valid).toBe(false)
  })

  it('are not servers, nor holders of any purpose', () => {
    const reason = 'whose certificate is not for signing OCSP responses'
    const withUsages = (...extensions: readonly ExtensionSpec[]) =>
      by(responder({ extensions: [...extensions, noCheck] }))
    refused(ask([withUsages(keyUsage(digitalSignature))]), reason)
    refused(ask([withUsages(extendedKeyUsage('1.3.6.1.5.5.7.3.1'))]), reason)
    refused(ask([withUsages(extendedKeyUsage('2.5.29.37.0'))]), reason)
    expect(ask([withUsages(extendedKeyUsage('1.3.6.1.5.5.7.3.1', signing))]).valid).toBe(true)
  })

  it('may sign by their key usage', () => {
    const withUsage = (bits: string) =>
      by(responder({ extensions: [keyUsage(bits), extendedKeyUsage(signing), noCheck] }))
    refused(
      ask([withUsage(certSignAndCrlSign)]),
      'whose certificate does not allow signatures: its key usage lacks digitalSignature'
    )
    expect(ask([withUsage('06 40')]).valid).toBe(true)
  })

  it('are current at the time of validation, clock skew included', () => {
    const expired = by(responder({ notAfter: '260114235959' }))
    refused(ask([expired]), 'whose certificate has expired')
    expect(ask([expired], { clockSkew: 1 }).valid).toBe(true)
    const early = by(responder({ notBefore: '260115000001' }))
    refused(ask([early]), 'whose certificate is not valid yet')
    expect(ask([early], { clockSkew: 1 }).valid).toBe(true)
  })

  it('have a certificate that is well formed, understood and strong', () => {
    const critical = responder({ extensions: [...usages, noCheck, extension('1.2.3', nullValue, true)] })
    refused(ask([by(critical)]), 'whose certificate has the critical extension 1.2.3, which is not understood')
    const twice = responder({ extensions: [...usages, noCheck, noCheck] })
    refused(ask([by(twice)]), 'whose certificate is not as it must be (extension-duplicate)')
    const criticalNoCheck = responder({ extensions: [...usages, { ...noCheck, critical: true }] })
    expect(ask([by(criticalNoCheck)]).valid).toBe(true)
  })

  const revocation = { mode: 'require' } as const

  it('need no status of their own with ocsp-nocheck, nor where nothing says where it is told (§4.2.2.2.1)', () => {
    expect(ask([by(responder({ extensions: usages }))]).valid).toBe(true)
  })

  const points = extension('2.5.29.31', sequence(sequence(fullName(uri('http://crl.example.test/1')))))
  const access = extension(
    '1.3.6.1.5.5.7.1.1',
    sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), uri('http://ocsp.example.test')))
  )

  it.each([
    ['CRLs', points],
    ['a responder', access]
  ])('need it where their certificate names %s, and it is told by the issuer', (_what, pointer) => {
    const signer = responder({ extensions: [...usages, pointer] })
    const reason = 'of whom it is not known whether its certificate is revoked'
    refused(ask([by(signer)], { revocation }), reason)
    expect(ask([by(signer)], { revocation: { mode: 'prefer' } })).toMatchObject({ valid: true, warnings: [] })
    expect(ask([by(signer)], { crls: [base64(crlOf({ issuer: ca }))] }).valid).toBe(true)
    const own = about({ serialNumber: 0x99n })
    expect(ask([by(signer), own]).valid).toBe(true)
    const byItself = by(signer, { serialNumber: 0x99n })
    refused(ask([by(signer), byItself]), reason, 'ocspResponses[1]')
    const byAnother = by(responder({ serialNumber: 0x98n }), { serialNumber: 0x99n })
    refused(ask([by(signer), byAnother]), reason, 'ocspResponses[1]')
  })

  it('are authorized as long as their certificate and its status last', () => {
    const until = (signer: Issued, ...responses: readonly Uint8Array[]) =>
      ask([by(signer), ...responses], { clockSkew: 10 }).checkAgainAt
    expect(until(responder())).toBe('2026-02-01T00:00:10Z')
    expect(until(responder({ notAfter: '260120000000' }))).toBe('2026-01-20T00:00:10Z')
    const own = about({ serialNumber: 0x99n, nextUpdate: '20260118000000' })
    expect(until(responder({ extensions: usages }), own)).toBe('2026-01-18T00:00:10Z')
  })

  it('are none where evidence says that their certificate is revoked', () => {
    const signer = responder({ extensions: usages })
    const listing = crlOf({ issuer: ca, entries: [{ serialNumber: 0x99n }] })
    const verdict = ask([by(signer), about({ serialNumber: 0x99n, status: revoked() })])
    expect(warningsOf(verdict)).toEqual([['ocsp-responder-not-authorized', 0]])
    expect(problems(verdict)).toEqual([
      [
        { source: 'ocspResponses[0]', problem: 'is signed by a responder whose certificate is revoked' },
        { source: 'ocspResponses[1]', problem: 'does not answer for the certificate' }
      ]
    ])
    const preferring = { revocation: { mode: 'prefer' }, crls: [base64(listing)] } as const
    expect(ask([by(signer, { status: revoked() })], preferring).valid).toBe(true)
  })

  it('answer for no certificate of their own', () => {
    const signer = responder({ serialNumber, extensions: usages })
    const renewed = responder({ key: signer.key })
    const reason = 'who would answer for a certificate of its own'
    refused(ask([by(signer)], { chain: [signer] }), reason)
    refused(ask([by(renewed)], { chain: [signer] }), reason)
    expect(ask([by(responder())], { chain: [signer] }).valid).toBe(true)
  })

  it('may be CAs as well, by their usages', () => {
    const subordinate = responder({ extensions: [basicConstraints(true), ...usages] })
    expect(ask([by(subordinate)]).valid).toBe(true)
  })
})
