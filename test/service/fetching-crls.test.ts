import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  basicConstraints,
  certSignAndCrlSign,
  type Issued,
  intermediate,
  keyUsage,
  pemOf,
  root,
  server
} from '../support/authority.ts'
import { crlOf } from '../support/crls.ts'
import { type EvidenceServer, evidenceServer } from '../support/evidence-server.ts'
import { fetchingApp } from '../support/fetching-app.ts'
import { crlDistributionPoints } from '../support/locations.ts'
import { hour, now, utcDigits } from '../support/times.ts'
import { errorsOf, warningsOf } from '../support/verdicts.ts'

let files: EvidenceServer

beforeEach(async () => {
  files = await evidenceServer()
})
afterEach(() => files.close())

const currentCrl = (issuer: Issued, spec: Partial<Parameters<typeof crlOf>[0]> = {}): Uint8Array =>
  crlOf({ issuer, thisUpdate: utcDigits(-hour), nextUpdate: utcDigits(24 * hour), ...spec })

const ca = root()
const leafAt = (...points: readonly (readonly string[])[]): Issued =>
  server(ca, 'www.example.test', { serialNumber: 77n, extensions: [crlDistributionPoints(...points)] })

const require = { mode: 'require', fetch: true } as const

describe('CRLs at distribution points (RFC 5280 §4.2.1.13)', () => {
  it.each([
    ['DER', (crl: Uint8Array) => crl],
    ['PEM', (crl: Uint8Array) => Buffer.from(pemOf(crl, 'X509 CRL'))]
  ])('are fetched as %s where the status is not known, and once', async (_form, as) => {
    const { ask } = await fetchingApp()
    files.files.set('/ca.crl', as(currentCrl(ca)))
    const request = { chain: leafAt([`${files.url}/ca.crl`]).pem, caBundle: ca.pem, revocation: require }
    const verdict = await ask(request)
    expect([verdict.outcome, verdict.errors, verdict.warnings]).toEqual(['valid', [], []])
    expect(verdict.fetches).toEqual([{ url: `${files.url}/ca.crl`, kind: 'crl', outcome: 'fetched' }])
    const again = await ask(request)
    expect([again.outcome, again.fetches]).toEqual(['valid', undefined])
    expect(files.asked).toEqual(['GET /ca.crl'])
  })

  it('revoke', async () => {
    const { ask } = await fetchingApp()
    files.files.set('/ca.crl', currentCrl(ca, { entries: [{ serialNumber: 77n }] }))
    const request = { chain: leafAt([`${files.url}/ca.crl`]).pem, caBundle: ca.pem }
    for (const mode of ['require', 'prefer'] as const) {
      const verdict = await ask({ ...request, revocation: { mode, fetch: true } })
      expect([verdict.outcome, errorsOf(verdict)]).toEqual(['invalid', [['revoked', 0]]])
      expect(verdict.errors[0]?.details).toMatchObject({ source: `fetched:${files.url}/ca.crl` })
    }
  })

  it('are fetched once for a thousand requests at once', async () => {
    const { ask, fetching } = await fetchingApp()
    const crl = currentCrl(ca)
    files.files.set('/ca.crl', (_request, response) => setTimeout(() => response.end(crl), 100))
    const request = { chain: leafAt([`${files.url}/ca.crl`]).pem, caBundle: ca.pem, revocation: require }
    const verdicts = await Promise.all(Array.from({ length: 1_000 }, () => ask(request)))
    expect(verdicts.filter(({ outcome }) => outcome === 'valid')).toHaveLength(1_000)
    expect(files.asked).toEqual(['GET /ca.crl'])
    expect(Object.fromEntries(fetching.counters.outcomes)).toEqual({ 'crl fetched': 1 })
  }, 120_000)

  it('are required to be had where leave to fetch stands without a mode', async () => {
    const { ask } = await fetchingApp()
    const verdict = await ask({ chain: server(ca).pem, caBundle: ca.pem, revocation: { fetch: true } })
    expect([verdict.outcome, errorsOf(verdict)]).toEqual(['indeterminate', [['revocation-unknown', 0]]])
  })

  it('are fetched for each certificate of the path, at once', async () => {
    const { ask } = await fetchingApp()
    const issuing = intermediate(ca, 'Issuing', {
      extensions: [
        basicConstraints(true),
        keyUsage(certSignAndCrlSign),
        crlDistributionPoints([`${files.url}/root.crl`])
      ]
    })
    const leaf = server(issuing, 'www.example.test', {
      extensions: [crlDistributionPoints([`${files.url}/issuing.crl`])]
    })
    files.files.set('/root.crl', currentCrl(ca))
    files.files.set('/issuing.crl', currentCrl(issuing))
    const request = { chain: leaf.pem + issuing.pem, caBundle: ca.pem }
    const verdict = await ask({ ...request, revocation: require })
    expect(verdict.outcome).toBe('valid')
    expect(files.asked.toSorted()).toEqual(['GET /issuing.crl', 'GET /root.crl'])
    const other = await fetchingApp()
    await other.ask({ ...request, revocation: { ...require, scope: 'leaf' } })
    expect(files.asked.slice(2)).toEqual(['GET /issuing.crl'])
  })

  it('are looked for at the next place of the same point where the first fails', async () => {
    const { ask } = await fetchingApp()
    files.files.set('/ca.crl', currentCrl(ca))
    const leaf = leafAt(['ldap://directory.example.test/cn=ca', `${files.url}/missing.crl`, `${files.url}/ca.crl`])
    const verdict = await ask({ chain: leaf.pem, caBundle: ca.pem, revocation: require })
    expect(verdict.outcome).toBe('valid')
    expect(files.asked).toEqual(['GET /missing.crl', 'GET /ca.crl'])
  })

  it('are not asked for where the path leads to no anchor, or something else is amiss', async () => {
    const { ask } = await fetchingApp()
    const leaf = leafAt([`${files.url}/ca.crl`])
    const astray = await ask({ chain: leaf.pem, caBundle: root('Other').pem, revocation: require, fetchIssuers: true })
    expect(errorsOf(astray)).toEqual([['issuer-not-found', 0]])
    const misnamed = await ask({
      chain: leaf.pem,
      caBundle: ca.pem,
      revocation: require,
      hostname: 'else.example.test'
    })
    expect(misnamed.outcome).toBe('invalid')
    expect(files.asked).toEqual([])
  })

  it('are not asked for where the request brings what it takes', async () => {
    const { ask } = await fetchingApp()
    const leaf = leafAt([`${files.url}/ca.crl`])
    const crls = pemOf(currentCrl(ca), 'X509 CRL')
    const verdict = await ask({ chain: leaf.pem, caBundle: ca.pem, crls, revocation: require })
    expect([verdict.outcome, verdict.fetches, files.asked]).toEqual(['valid', undefined, []])
  })
})

describe('CRLs that cannot be had or used', () => {
  it('make the verdict indeterminate, with the reason for each place', async () => {
    const { ask } = await fetchingApp()
    const url = `${files.url}/missing.crl`
    const verdict = await ask({
      chain: leafAt([url], ['http://10.0.0.1/ca.crl']).pem,
      caBundle: ca.pem,
      revocation: require
    })
    expect(verdict.outcome).toBe('indeterminate')
    expect(verdict.errors).toMatchObject([
      {
        code: 'revocation-unreachable',
        certificate: 0,
        details: {
          places: [
            { url: 'http://10.0.0.1/ca.crl', reason: 'has a host whose address is not allowed' },
            { url, reason: 'answers with status 404' }
          ]
        }
      }
    ])
    const preferred = await ask({
      chain: leafAt([url]).pem,
      caBundle: ca.pem,
      revocation: { mode: 'prefer', fetch: true }
    })
    expect([preferred.outcome, warningsOf(preferred)]).toEqual(['valid', [['revocation-unreachable', 0]]])
  })

  it('of another CA or signed by another key stay unknown', async () => {
    const { ask } = await fetchingApp()
    files.files.set('/other.crl', currentCrl(root('Other')))
    files.files.set('/forged.crl', currentCrl(ca, { key: root().key }))
    const asked = (path: string) =>
      ask({ chain: leafAt([`${files.url}${path}`]).pem, caBundle: ca.pem, revocation: require })
    const other = await asked('/other.crl')
    expect([other.outcome, errorsOf(other)]).toEqual(['indeterminate', [['revocation-unknown', 0]]])
    const forged = await asked('/forged.crl')
    expect([forged.outcome, errorsOf(forged)]).toEqual(['indeterminate', [['revocation-unknown', 0]]])
    expect(warningsOf(forged)).toContainEqual(['crl-invalid', 0])
  })

  it('that are stale say so, are asked for again soon, and still revoke', async () => {
    let time = now()
    const { ask } = await fetchingApp({ clock: () => time })
    const spec = { thisUpdate: utcDigits(-48 * hour), nextUpdate: utcDigits(-hour) }
    files.files.set('/ca.crl', currentCrl(ca, spec))
    const request = { chain: leafAt([`${files.url}/ca.crl`]).pem, caBundle: ca.pem, revocation: require }
    const stale = await ask(request)
    expect([stale.outcome, errorsOf(stale)]).toEqual(['indeterminate', [['revocation-stale', 0]]])
    await ask(request)
    expect(files.asked).toHaveLength(1)
    time += 61
    files.files.set('/ca.crl', currentCrl(ca))
    expect((await ask(request)).outcome).toBe('valid')
    expect(files.asked).toHaveLength(2)
  })

  it('that were had before serve when they are out of date and cannot be had again: what they revoke stays revoked', async () => {
    let time = now()
    const { ask } = await fetchingApp({ clock: () => time })
    files.files.set('/ca.crl', currentCrl(ca, { entries: [{ serialNumber: 77n }], nextUpdate: utcDigits(hour) }))
    const request = { chain: leafAt([`${files.url}/ca.crl`]).pem, caBundle: ca.pem, revocation: require }
    expect(errorsOf(await ask(request))).toEqual([['revoked', 0]])
    time += 2 * hour
    files.files.delete('/ca.crl')
    const later = await ask(request)
    expect([later.outcome, errorsOf(later)]).toEqual(['invalid', [['revoked', 0]]])
  })

  it('are fetched anew where the request wants them newer than what is at hand', async () => {
    let time = now()
    const { ask } = await fetchingApp({ clock: () => time })
    files.files.set('/ca.crl', currentCrl(ca))
    const request = { chain: leafAt([`${files.url}/ca.crl`]).pem, caBundle: ca.pem }
    expect((await ask({ ...request, revocation: { ...require, maxAge: 2 * hour } })).outcome).toBe('valid')
    time += 2 * hour
    files.files.set('/ca.crl', currentCrl(ca, { thisUpdate: utcDigits(2 * hour - 60) }))
    expect((await ask({ ...request, revocation: require })).outcome).toBe('valid')
    expect(files.asked).toHaveLength(1)
    const wantsNewer = await ask({ ...request, revocation: { ...require, maxAge: hour } })
    expect([wantsNewer.outcome, errorsOf(wantsNewer)]).toEqual(['valid', []])
    expect(files.asked).toHaveLength(2)
  })
})
