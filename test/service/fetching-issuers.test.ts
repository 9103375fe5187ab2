import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Verdict } from '#dist/core/model/verdict.js'
import {
  basicConstraints,
  certSignAndCrlSign,
  type Issued,
  intermediate,
  issue,
  keyUsage,
  root,
  server
} from '../support/authority.ts'
import { explicit, integer, oid, sequence, tlv } from '../support/der-writer.ts'
import { type EvidenceServer, evidenceServer } from '../support/evidence-server.ts'
import { fetchingApp } from '../support/fetching-app.ts'
import { authorityInfoAccess } from '../support/locations.ts'
import { errorsOf, warningsOf } from '../support/verdicts.ts'

const isCa = [basicConstraints(true), keyUsage(certSignAndCrlSign)]

let files: EvidenceServer

beforeEach(async () => {
  files = await evidenceServer()
})
afterEach(() => files.close())

/** A server certificate that says where its issuer is. */
const leafBelow = (issuer: Issued, ...urls: readonly string[]): Issued =>
  server(issuer, 'www.example.test', { extensions: [authorityInfoAccess({ caIssuers: urls })] })

const sourcesOf = ({ path }: Verdict): readonly string[] => path.map(({ source }) => source)

/** RFC 5652 §5: a certs-only message. */
const certsOnly = (...certificates: readonly Issued[]): Uint8Array => {
  const data = sequence(
    integer(1),
    tlv(0x31),
    sequence(oid('1.2.840.113549.1.7.1')),
    explicit(0, ...certificates.map(({ der }) => der)),
    tlv(0x31)
  )
  return sequence(oid('1.2.840.113549.1.7.2'), explicit(0, data))
}

describe('missing issuers (RFC 5280 §4.2.2.1)', () => {
  const ca = root()
  const issuing = intermediate(ca)

  it.each([
    ['DER', issuing.der],
    ['PEM', Buffer.from(issuing.pem)],
    ['PKCS#7', certsOnly(intermediate(ca, 'Another'), issuing)]
  ])('are fetched as %s, and a warning says that the peer should send them', async (_form, file) => {
    const { ask } = await fetchingApp()
    files.files.set('/issuer', file)
    const url = `${files.url}/issuer`
    const verdict = await ask({ chain: leafBelow(issuing, url).pem, caBundle: ca.pem, fetchIssuers: true })
    expect(verdict.outcome).toBe('valid')
    expect(sourcesOf(verdict)).toEqual(['chain[0]', `fetched:${url}`, 'caBundle[0]'])
    expect(verdict.warnings).toMatchObject([
      {
        code: 'intermediate-fetched',
        certificate: 1,
        details: { source: `fetched:${url}`, subject: 'CN=Test Intermediate' }
      }
    ])
    expect(verdict.fetches).toEqual([{ url, kind: 'issuer', outcome: 'fetched' }])
  })

  it('are fetched one above the other', async () => {
    const { ask } = await fetchingApp()
    const place = (name: string) => authorityInfoAccess({ caIssuers: [`${files.url}/${name}`] })
    const top = intermediate(ca, 'Top')
    const middle = issue({ subject: 'Middle', issuer: top, extensions: [...isCa, place('top')] })
    const low = issue({ subject: 'Low', issuer: middle, extensions: [...isCa, place('middle')] })
    for (const [name, { der }] of Object.entries({ top, middle, low })) files.files.set(`/${name}`, der)
    const leaf = leafBelow(low, `${files.url}/low`)
    const verdict = await ask({ chain: leaf.pem, caBundle: ca.pem, fetchIssuers: true })
    expect(verdict.outcome).toBe('valid')
    expect(files.asked).toEqual(['GET /low', 'GET /middle', 'GET /top'])
    expect(sourcesOf(verdict).slice(1, 4)).toEqual(
      ['low', 'middle', 'top'].map((name) => `fetched:${files.url}/${name}`)
    )
  })

  it('are not fetched without leave, nor where nothing is missing', async () => {
    const { ask } = await fetchingApp()
    files.files.set('/issuer', issuing.der)
    const leaf = leafBelow(issuing, `${files.url}/issuer`)
    const without = await ask({ chain: leaf.pem, caBundle: ca.pem, revocation: { mode: 'require', fetch: true } })
    expect(errorsOf(without)).toEqual([['issuer-not-found', 0]])
    const whole = await ask({ chain: leaf.pem + issuing.pem, caBundle: ca.pem, fetchIssuers: true })
    expect([whole.outcome, warningsOf(whole), whole.fetches]).toEqual(['valid', [], undefined])
    expect(files.asked).toEqual([])
  })

  it('are taken from those that were fetched before, also where the certificate names no place', async () => {
    const { ask } = await fetchingApp()
    files.files.set('/issuer', issuing.der)
    const url = `${files.url}/issuer`
    await ask({ chain: leafBelow(issuing, url).pem, caBundle: ca.pem, fetchIssuers: true })
    const verdict = await ask({
      chain: server(issuing, 'other.example.test').pem,
      caBundle: ca.pem,
      fetchIssuers: true
    })
    expect(verdict.outcome).toBe('valid')
    expect(sourcesOf(verdict)).toEqual(['chain[0]', `fetched:${url}`, 'caBundle[0]'])
    expect(files.asked).toEqual(['GET /issuer'])
  })

  it('are looked for at the next place where the first has something else', async () => {
    const { ask } = await fetchingApp()
    files.files.set('/html', Buffer.from('<!doctype html><title>404</title>'))
    files.files.set('/issuer', issuing.der)
    const leaf = leafBelow(issuing, `${files.url}/html`, 'ldap://directory.example.test/', `${files.url}/issuer`)
    const verdict = await ask({ chain: leaf.pem, caBundle: ca.pem, fetchIssuers: true })
    expect(verdict.outcome).toBe('valid')
    expect(verdict.fetches).toEqual([
      {
        url: `${files.url}/html`,
        kind: 'issuer',
        outcome: 'failed',
        reason: 'answers with something other than certificates'
      },
      { url: `${files.url}/issuer`, kind: 'issuer', outcome: 'fetched' }
    ])
  })

  it('are no endless chain: places and rounds are bounded', async () => {
    const { ask } = await fetchingApp({ maxPerValidation: 3 })
    const place = (level: number) => authorityInfoAccess({ caIssuers: [`${files.url}/${level}`] })
    let above = ca
    for (let level = 9; level >= 0; level--) {
      above = issue({ subject: `Level ${level}`, issuer: above, extensions: [...isCa, place(level + 1)] })
      files.files.set(`/${level}`, above.der)
    }
    const verdict = await ask({ chain: leafBelow(above, `${files.url}/0`).pem, caBundle: ca.pem, fetchIssuers: true })
    expect(errorsOf(verdict)).toEqual([['issuer-not-found', 3]])
    expect(files.asked).toEqual(['GET /0', 'GET /1', 'GET /2'])
  })

  it('that are fetched are not trusted: another root is no anchor', async () => {
    const { ask } = await fetchingApp()
    const other = root('Other Root')
    files.files.set('/issuer', certsOnly(intermediate(other), other))
    const leaf = leafBelow(intermediate(other), `${files.url}/issuer`)
    const verdict = await ask({ chain: leaf.pem, caBundle: ca.pem, fetchIssuers: true })
    expect([verdict.outcome, verdict.trustAnchor]).toEqual(['invalid', null])
  })

  it('leave the audience client without sources', async () => {
    const { ask } = await fetchingApp()
    files.files.set('/issuer', issuing.der)
    const leaf = leafBelow(issuing, `${files.url}/issuer`)
    const verdict = await ask({ chain: leaf.pem, caBundle: ca.pem, fetchIssuers: true, audience: 'client' })
    expect(JSON.stringify(verdict)).not.toContain(files.url)
    expect(warningsOf(verdict)).toEqual([['intermediate-fetched', 1]])
  })
})
