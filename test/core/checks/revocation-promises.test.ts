import { describe, expect, it } from 'vitest'
import type { Verdict } from '#dist/core/model/verdict.js'
import {
  alternativeNames,
  digitalSignature,
  type ExtensionSpec,
  extendedKeyUsage,
  extension,
  keyUsage,
  root,
  server
} from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'
import { hexBytes, integer, sequence } from '../../support/der-writer.ts'
import { ocspResponseOf, type ResponseSpec, responseWith, revoked, type SingleSpec } from '../../support/ocsp.ts'
import { errorsOf, type Question, verdictOn, warningsOf } from '../../support/verdicts.ts'

const serialNumber = 0x1234n
const ca = root('Test CA')
const names = [
  keyUsage(digitalSignature),
  extendedKeyUsage('1.3.6.1.5.5.7.3.1'),
  alternativeNames(['www.example.test'])
]
const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')
const about = (single: Partial<SingleSpec> = {}, spec: Partial<ResponseSpec> = {}): string =>
  base64(ocspResponseOf({ issuer: ca, singles: [{ serialNumber, ...single }], ...spec }))
const clean = [base64(crlOf({ issuer: ca }))]

/** At 2026-01-15, for the purpose serverAuth. */
const ask = (extensions: readonly ExtensionSpec[], question: Partial<Question>): Verdict =>
  verdictOn({
    time: '2026-01-15T00:00:00Z',
    chain: [server(ca, 'www.example.test', { serialNumber, extensions: [...names, ...extensions] })],
    caBundle: [ca],
    purpose: 'serverAuth',
    ...question
  })

const features = (...numbers: readonly number[]): ExtensionSpec =>
  extension('1.3.6.1.5.5.7.1.24', sequence(...numbers.map(integer)))

describe('the promise to staple (RFC 7633 §4.3.3)', () => {
  const promise = [features(17, 5)]
  const missing = [['staple-required', 0]]

  it('is kept by a response of the request that shows the certificate to be good', () => {
    expect(ask(promise, { ocspResponses: [about()] })).toMatchObject({ valid: true, warnings: [] })
    expect(ask(promise, { ocspResponses: [about()], crls: clean })).toMatchObject({ valid: true, warnings: [] })
  })

  it('is broken without one, even where a CRL shows it', () => {
    const verdict = ask(promise, { crls: clean })
    expect(verdict).toMatchObject({
      outcome: 'invalid',
      errors: [{ code: 'staple-required', certificate: 0, reference: 'RFC 7633 §4.3.3', details: {} }]
    })
  })

  it.each([
    ['answers nothing', base64(responseWith(3))],
    ['is about another certificate', about({ serialNumber: 1n })],
    ['is out of date', about({ nextUpdate: '20260102000000' })]
  ])('is broken by one that %s', (_what, response) => {
    expect(errorsOf(ask(promise, { ocspResponses: [response], crls: clean }))).toEqual(missing)
  })

  it('goes without saying where the certificate is revoked', () => {
    const bad = about({ status: revoked() })
    expect(errorsOf(ask(promise, { ocspResponses: [bad] }))).toEqual([['revoked', 0]])
  })

  it('is a warning where the status is only preferred, and nothing where it is not judged', () => {
    const preferred = ask(promise, { revocation: { mode: 'prefer' } })
    expect(preferred.valid).toBe(true)
    expect(warningsOf(preferred)).toEqual([
      ['revocation-unknown', 0],
      ['staple-required', 0]
    ])
    expect(ask(promise, {})).toMatchObject({ valid: true, warnings: [] })
  })

  it('is made by servers, with the feature status_request', () => {
    expect(ask(promise, { crls: clean, purpose: '1.3.6.1.5.5.7.3.1' }).valid).toBe(false)
    expect(
      verdictOn({
        chain: [server(ca, 'a.test', { serialNumber, extensions: promise })],
        caBundle: [ca],
        crls: clean,
        time: '2026-01-15T00:00:00Z'
      }).valid
    ).toBe(true)
    expect(ask([features(17)], { crls: clean }).valid).toBe(true)
    expect(ask([features()], { crls: clean }).valid).toBe(true)
    expect(ask([], { crls: clean }).valid).toBe(true)
  })

  it('is none where it cannot be read, which is an error under strict rules', () => {
    const odd = [extension('1.3.6.1.5.5.7.1.24', hexBytes('0500'))]
    const malformed = { code: 'extension-malformed', certificate: 0, details: { extension: 'tlsFeature' } }
    expect(ask(odd, { crls: clean })).toMatchObject({ valid: true, warnings: [malformed] })
    expect(ask(odd, { crls: clean, certificateRules: 'strict' }).errors).toMatchObject([malformed])
  })
})

describe('short-lived certificates (BR 1.6.1)', () => {
  const served = (notBefore: string, notAfter: string, question: Partial<Question>): Verdict =>
    verdictOn({
      time: '2026-01-15T00:00:00Z',
      chain: [server(ca, 'www.example.test', { serialNumber, notBefore, notAfter })],
      caBundle: [ca],
      profile: 'webpki',
      revocation: { mode: 'require' },
      ...question
    })
  const short = (question: Partial<Question> = {}) => served('260110000000', '260119235959', question)

  it('need no status under the profile webpki', () => {
    expect(errorsOf(short())).toEqual([])
    expect(errorsOf(served('260110000000', '260120000000', {}))).toEqual([['revocation-unknown', 0]])
    expect(errorsOf(short({ profile: 'rfc5280' }))).toEqual([['revocation-unknown', 0]])
  })

  it('are revoked all the same where evidence says so', () => {
    expect(errorsOf(short({ ocspResponses: [about({ status: revoked() })] }))).toEqual([['revoked', 0]])
  })
})
