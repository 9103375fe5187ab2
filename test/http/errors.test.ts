import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codes } from '#dist/core/model/codes.js'
import { type ErrorEntry, errorEntries } from '#dist/http/errors/error-entry.js'
import { errorPage } from '#dist/http/errors/error-page.js'
import { problemCodes } from '#dist/http/problem-codes.js'
import { type TestApp, testApp } from '../support/service-app.ts'

/** As Chromium asks for a page. */
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'

describe('GET /errors', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await testApp()
    await test.app.ready()
  })
  afterAll(() => test.app.close())
  const get = (path: string, accept?: string): request.Test => {
    const asked = request(test.app.server).get(path)
    return accept === undefined ? asked : asked.set('accept', accept)
  }

  it('lists every code of a finding and of a problem once', async () => {
    const answer = await get('/errors').expect(200)
    const listed = answer.body.errors.map(({ code }: ErrorEntry) => code)
    expect([...listed].sort()).toEqual([...new Set([...Object.keys(codes), ...Object.keys(problemCodes)])].sort())
    expect(answer.body.errors[0]).toEqual({
      code: 'pem-malformed',
      type: '/errors/pem-malformed',
      title: 'A PEM block cannot be read',
      inVerdicts: true,
      status: 422
    })
  })

  it('tells of a code all there is, as JSON by default', async () => {
    const answer = await get('/errors/expired').expect(200)
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', vary: 'accept' })
    expect(answer.body).toEqual({
      code: 'expired',
      type: '/errors/expired',
      title: 'The certificate has expired',
      meaning: expect.stringMatching(/after the time until which/),
      causes: expect.arrayContaining([expect.stringMatching(/^It was not renewed/)]),
      remedy: expect.stringMatching(/^Renew the certificate/),
      reference: 'RFC 5280 §6.1.3 (a)(2)',
      check: { command: 'openssl x509 -in cert.pem -noout -dates', shows: expect.stringMatching(/^notAfter/) },
      otherNames: {
        openssl: [{ number: 10, constant: 'X509_V_ERR_CERT_HAS_EXPIRED', text: 'certificate has expired' }],
        go: 'x509: certificate has expired or is not yet valid',
        java: 'CertificateExpiredException',
        dotnet: 'NotTimeValid',
        chromium: 'ERR_CERT_DATE_INVALID',
        firefox: 'SEC_ERROR_EXPIRED_CERTIFICATE; SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE'
      },
      inVerdicts: true,
      status: null
    })
  })

  it.each([...errorEntries.keys()])('answers the type of %s as JSON and as a page', async (code) => {
    const { body } = await get(`/errors/${code}`, 'application/json').expect(200)
    expect(body).toEqual(errorEntries.get(code))
    for (const text of [body.title, body.meaning, body.remedy]) expect(text).toMatch(/\w{3}/)
    if (body.inVerdicts) {
      expect(body.causes.length).toBeGreaterThan(0)
      expect(body.check.command).toMatch(/^(?:openssl|grep|cat) /)
      for (const { constant } of body.otherNames.openssl) expect(constant).toMatch(/^X509_V_ERR_[A-Z_0-9]+$/)
    }
    const page = await get(`/errors/${code}`, browser).expect(200)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.text).toContain(`<h1><code>${code}</code></h1>`)
  })

  it('gives pages that load and run nothing, in both schemes', async () => {
    for (const path of ['/errors', '/errors/expired']) {
      const { text, headers } = await get(path, browser).expect(200)
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? ''
      const hash = createHash('sha256').update(style).digest('base64')
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
      )
      expect(style).toContain('color-scheme:light dark')
      expect(text).not.toMatch(/<script|<link|<img|style=|\bon\w+=|https?:/)
    }
  })

  it('escapes whatever stands in the table', () => {
    const entry = errorEntries.get('expired')
    if (entry === undefined) throw new Error('there is no such code')
    const hostile = `</p><script>alert("1")</script>&'`
    const page = errorPage({
      ...entry,
      title: hostile,
      meaning: hostile,
      remedy: hostile,
      causes: [hostile],
      reference: hostile
    })
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;')
  })

  it.each(['nothing', 'Expired', 'constructor', '__proto__', '%3Cscript%3E'])('has no page for %s', async (code) => {
    const answer = await get(`/errors/${code}`, browser).expect(404)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.body).toMatchObject({ code: 'not-found', type: '/errors/not-found', status: 404 })
    expect(answer.text).not.toContain('script')
  })

  it('takes Accept at its word', async () => {
    await get('/errors/expired', 'text/html;q=0.1, application/json').expect('content-type', /json/)
    await get('/errors/expired', 'text/html').expect('content-type', /html/)
    expect((await get('/errors/expired', 'image/png').expect(406)).body.code).toBe('not-acceptable')
  })

  it('is written down as it is in docs/errors.md', () => {
    const script = fileURLToPath(new URL('../../scripts/errors-reference.mjs', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
