import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import supertest from 'supertest'
import { afterEach, describe, expect, it } from 'vitest'
import type { Outcome } from '#dist/core/model/request.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import { validate } from '#dist/core/validate.js'
import { openApiDocument } from '#dist/http/document.js'
import { exampleRefusedVerdict, exampleRequest, exampleVerdict } from '#dist/http/schemas/example.js'
import { plainJson } from '#dist/service/plain-json.js'
import { emptyStore, plainVerdict, type TestApp, testApp } from '../support/service-app.ts'

const open: TestApp[] = []
const start = async (...parts: Parameters<typeof testApp>): Promise<TestApp> => {
  const app = await testApp(...parts)
  open.push(app)
  await app.app.ready()
  return app
}
afterEach(async () => {
  for (const { app } of open.splice(0)) await app.close()
})

const ask = ({ app }: TestApp, request: object = {}) =>
  supertest(app.server)
    .post('/validate')
    .send({ chain: 'x', ...request })

const names = { subject: 'CN=a', issuer: 'CN=b' } as const
const period = { notBefore: '2026-01-01T00:00:00Z', notAfter: null } as const
const finding = {
  type: '/errors/expired',
  message: 'It expired.',
  certificate: 0,
  reference: 'RFC 5280 §6.1.3 (a)(2)',
  remedy: 'Renew it.'
} as const

const fullVerdict: Verdict = {
  valid: false,
  outcome: 'invalid',
  checkedAt: '2026-11-23T19:30:00Z',
  path: [
    {
      fingerprint: 'aa',
      ...names,
      serialNumber: '01',
      ...period,
      role: 'end-entity',
      source: 'chain[0]',
      revocation: {
        status: 'revoked',
        reason: 'superseded',
        revokedAt: '2026-11-01T00:00:00Z',
        invalidityDate: '2026-10-01T00:00:00Z',
        evidence: [
          { type: 'crl', source: 'trustStore:corporate', thisUpdate: '2026-11-02T00:00:00Z', nextUpdate: null }
        ]
      }
    },
    { fingerprint: 'bb', ...names, serialNumber: '02', ...period, role: 'trust-anchor', source: 'trustStore:corporate' }
  ],
  errors: [
    { code: 'expired', ...finding, details: { notAfter: '2026-11-01T00:00:00Z', validAt: '2026-11-23T19:30:00Z' } },
    { code: 'issuer-not-found', ...finding, details: { issuer: 'CN=secret CA', setAside: ['x', 'y'] } }
  ],
  warnings: [{ code: 'limit-reached', ...finding, certificate: null, details: { limit: 'pathDepth', allowed: 1 } }],
  trustAnchor: { fingerprint: 'bb', subject: 'CN=secret CA', source: 'trustStore:corporate' },
  trust: [
    { name: null, version: null, digest: '00' },
    { name: 'corporate', version: '7', digest: '11' }
  ],
  checkAgainAt: '2026-11-24T19:30:00Z',
  checkAgainReason: 'hold-may-end',
  matchedNames: [{ type: 'dns', value: 'a.example', matched: null }],
  policies: ['2.5.29.32.0'],
  privateKey: { matches: null, precedesCertificate: true, encrypted: true },
  attempts: [{ path: [], outcome: 'invalid', errors: [] }]
}

describe('the answer of POST /validate', () => {
  it('has every member of a verdict, in the order of the contract, and is not kept by caches', async () => {
    const answer = await ask(await start({ validate: () => ({ kind: 'verdict', verdict: fullVerdict }) }))
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff'
    })
    expect(answer.body).toEqual(fullVerdict)
    const names = ['valid', 'outcome', 'checkedAt', 'path', 'errors', 'warnings', 'trustAnchor', 'trust']
    expect(Object.keys(answer.body).slice(0, 8)).toEqual(names)
    expect(answer.text).toBe(plainJson(JSON.stringify(fullVerdict)))
  })

  it('is the same whatever texts and details a verdict holds', async () => {
    let verdict = plainVerdict
    const test = await start({ validate: () => ({ kind: 'verdict', verdict }) })
    const text = fc.string({ unit: 'binary', maxLength: 20 })
    const details = fc.dictionary(
      text,
      fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)))
    )
    await fc.assert(
      fc.asyncProperty(text, details, async (message, details) => {
        verdict = { ...plainVerdict, errors: [{ ...finding, code: 'expired', message, details }] }
        const answer = await test.app.inject({
          method: 'POST',
          url: '/validate',
          headers: { 'content-type': 'application/json' },
          payload: '{"chain":"x"}'
        })
        expect(answer.json().errors[0]).toEqual({ ...finding, code: 'expired', message, details })
      }),
      { numRuns: 200 }
    )
  })

  it('leaves what an outsider should not learn out for the audience client', async () => {
    const test = await start({
      stores: [emptyStore('system'), emptyStore('corporate')],
      validate: () => ({ kind: 'verdict', verdict: fullVerdict })
    })
    const { body, text } = await ask(test, { audience: 'client' })
    expect(text).not.toMatch(/secret|corporate|trustStore|CN=b|bb/)
    expect(body).toEqual({
      ...plainVerdict,
      valid: false,
      outcome: 'invalid',
      path: [
        {
          fingerprint: 'aa',
          subject: 'CN=a',
          serialNumber: '01',
          notBefore: '2026-01-01T00:00:00Z',
          notAfter: null,
          role: 'end-entity',
          revocation: {
            status: 'revoked',
            reason: 'superseded',
            revokedAt: '2026-11-01T00:00:00Z',
            invalidityDate: '2026-10-01T00:00:00Z'
          }
        },
        { notBefore: '2026-01-01T00:00:00Z', notAfter: null, role: 'trust-anchor' }
      ],
      errors: [
        fullVerdict.errors[0],
        {
          ...fullVerdict.errors[1],
          message: 'The certificate of the issuer is neither in the request nor among the trust anchors.',
          details: {}
        }
      ],
      warnings: [
        { ...fullVerdict.warnings[0], message: 'The search was ended at a limit of the service.', details: {} }
      ],
      checkAgainAt: fullVerdict.checkAgainAt,
      checkAgainReason: fullVerdict.checkAgainReason,
      matchedNames: fullVerdict.matchedNames,
      policies: fullVerdict.policies,
      privateKey: fullVerdict.privateKey
    })
  })

  it('is the problem of a refusal, with its own status and places', async () => {
    const refusal: Outcome = {
      kind: 'refusal',
      status: 422,
      code: 'certificate-malformed',
      detail: 'The first certificate cannot be read.',
      errors: [{ pointer: '/chain', code: 'certificate-malformed', detail: 'Its length is wrong.', line: 3 }]
    }
    const test = await start({ validate: () => refusal })
    const answer = await ask(test)
    expect(answer.status).toBe(422)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.body).toEqual({
      type: '/errors/certificate-malformed',
      title: 'A certificate cannot be read',
      status: 422,
      detail: refusal.detail,
      code: 'certificate-malformed',
      errors: refusal.errors
    })
    expect(test.logged).toContainEqual(expect.objectContaining({ status: 422, problem: 'certificate-malformed' }))
  })

  it('is a problem without any text of the fault where the service fails', async () => {
    const test = await start({
      validate: () => {
        throw new Error('secret of the inside')
      }
    })
    const answer = await ask(test)
    expect(answer.status).toBe(500)
    expect(answer.body).toMatchObject({ code: 'internal-error', errors: [] })
    expect(answer.text + JSON.stringify(test.logged)).not.toContain('secret')
    const fault = { name: 'Error', stack: expect.arrayContaining([expect.stringContaining('service-app')]) }
    expect(test.logged).toContainEqual(expect.objectContaining({ level: 50, route: '/validate', fault }))
  })

  it('tells of no store of the service where there is a bundle, and of a preset that there is none', async () => {
    const test = await start()
    await ask(test, { caBundle: '' })
    expect(test.asked[0]?.[1]).toEqual([])
    await ask(test, { caBundle: '', trustStores: ['corporate', 'system', 'corporate'] })
    expect(test.asked[1]?.[1].map(({ name }) => name)).toEqual(['corporate', 'system'])
    const { status, body } = await ask(test, { preset: 'x' })
    expect([status, body.code, body.errors[0].pointer]).toEqual([400, 'field-invalid', '/preset'])
  })
})

describe('JSON in answers', () => {
  it('has markup, controls and what hides or reorders text as escapes, and the same value', () => {
    const text = '<b>&\u202e\u200b\u2028\u0085\ufeff ä 漢 \u{1f600}'
    expect(plainJson(JSON.stringify(text))).toBe(
      '"\\u003cb\\u003e\\u0026\\u202e\\u200b\\u2028\\u0085\\ufeff ä 漢 \u{1f600}"'
    )
    for (const alone of ['<', '>', '&', '\u007f', '\u0080', '\ufeff']) {
      const escaped = `\\u${alone.charCodeAt(0).toString(16).padStart(4, '0')}`
      expect(plainJson(JSON.stringify(`CN=a${alone}`))).toBe(`"CN=a${escaped}"`)
    }
    expect(plainJson(JSON.stringify('CN=a'))).toBe('"CN=a"')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        expect(JSON.parse(plainJson(JSON.stringify(any)))).toBe(any)
      })
    )
  })
})

describe('x-request-id', () => {
  it.each([['abc-1.2_X'], ['req_0b6f6c5e-3f0f-4a77-9d55-0d7f7a3a3f6b']])(
    'is that of the client where it is plain: %s',
    async (id) => {
      const test = await start()
      const answer = await ask(test).set('x-request-id', id)
      expect(answer.headers['x-request-id']).toBe(id)
      expect(test.logged).toContainEqual(expect.objectContaining({ requestId: id, route: '/validate', status: 200 }))
      expect(answer.text).not.toContain(id)
    }
  )

  it.each([['a'.repeat(41)], ['a b'], ['<x>'], ['']])('is a new one in place of %j', async (id) => {
    const answer = await ask(await start()).set('x-request-id', id)
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  })

  it('is in the answers to requests that fail as well', async () => {
    const { app } = await start()
    const answer = await supertest(app.server).get('/nowhere').set('x-request-id', 'mine')
    expect(answer.headers['x-request-id']).toBe('mine')
  })
})

describe('paths and methods', () => {
  it('answers unknown paths with a problem, whatever the body', async () => {
    const { app } = await start()
    const answer = await supertest(app.server).post('/nowhere').set('content-type', 'application/xml').send('<x/>')
    expect(answer.status).toBe(404)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.body.code).toBe('not-found')
  })

  it.each([
    ['GET', '/validate', 'POST'],
    ['DELETE', '/validate', 'POST'],
    ['POST', '/health/live', 'GET, HEAD'],
    ['PUT', '/openapi.json', 'GET, HEAD'],
    ['PROPFIND', '/validate', 'POST'],
    ['QUERY', '/health/ready', 'GET, HEAD']
  ])('answers %s %s with the methods there are', async (method, url, allow) => {
    const { app } = await start()
    await app.listen({ host: '127.0.0.1', port: 0 })
    const answer = await fetch(new URL(url, app.listeningOrigin), { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe(allow)
    expect(await answer.json()).toMatchObject({ code: 'method-not-allowed' })
  })

  it('answers a path that cannot be decoded with a problem like any other', async () => {
    const { app } = await start()
    const answer = await app.inject({ url: '/%zz', headers: { 'x-request-id': 'mine' } })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'x-request-id': 'mine',
      'x-content-type-options': 'nosniff'
    })
    expect(answer.json()).toMatchObject({ status: 400, code: 'request-malformed', errors: [] })
  })
})

describe('GET /health', () => {
  it('is live always, and not ready for each reason there is', async () => {
    const reasons: string[] = []
    const { app } = await start({ notReady: () => reasons })
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'ok', reasons: [], warnings: [] })
    const empty = 'The default trust store system holds no certificate.'
    reasons.push('The service is stopping.')
    const answer = await app.inject('/health/ready')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toEqual({
      status: 'unavailable',
      reasons: ['The service is stopping.', empty],
      warnings: []
    })
    expect((await app.inject('/health/live')).statusCode).toBe(200)
  })

  it('is not ready while a default trust store is not there, and calls no certificate untrusted for it', async () => {
    const test = await start()
    test.registry.remove('system')
    expect((await test.app.inject('/health/ready')).json()).toEqual({
      status: 'unavailable',
      reasons: ['The default trust store system is not there.'],
      warnings: []
    })
    const answer = await ask(test)
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.body).toMatchObject({
      code: 'trust-store-not-found',
      detail: 'The default trust store system is not there at the moment.',
      errors: []
    })
    expect((await ask(test, { trustStores: ['corporate'] })).status).toBe(200)
  })

  it('ends the connection with each answer while it is not ready, so that clients go elsewhere', async () => {
    const reasons: string[] = []
    const test = await start({ notReady: () => reasons })
    const headers = { 'content-type': 'text/plain' }
    const answers = async () => test.app.inject({ method: 'POST', url: '/validate', headers, payload: 'x' })
    expect((await answers()).headers['connection']).toBe('keep-alive')
    reasons.push('The service is stopping.')
    const answer = await answers()
    expect([answer.statusCode, answer.headers['connection']]).toEqual([200, 'close'])
  })
})

describe('the description of the service', () => {
  it('is OpenAPI 3.1 whose references all lead somewhere', async () => {
    const { app } = await start()
    const answer = await app.inject('/openapi.json')
    const document = answer.json()
    expect(document.openapi).toBe('3.1.0')
    expect(document).toEqual(await openApiDocument())
    const references = [...answer.body.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
    expect(references.length).toBeGreaterThan(10)
    expect(references.filter((name) => !Object.hasOwn(document.components.schemas, String(name)))).toEqual([])
    expect(answer.body.match(/"\$ref":"(?!#\/components\/schemas\/)/)).toBeNull()
    const operations = Object.values<Record<string, { operationId?: string }>>(document.paths).flatMap(Object.values)
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual([
      'deleteTrustStore',
      'getError',
      'getTrustStore',
      'getTrustStoreVersion',
      'inspect',
      'listErrors',
      'listTrustStoreVersions',
      'listTrustStores',
      'live',
      'metrics',
      'openapi',
      'putTrustStore',
      'ready',
      'rehearseTrustStore',
      'repairChain',
      'restoreTrustStore',
      'validate',
      'validateBatch'
    ])
  })

  it('describes no body of a 304, and Retry-After where asking again is worth it', async () => {
    const { paths } = (await openApiDocument()) as {
      readonly paths: Record<string, Record<string, { readonly responses: Record<string, Record<string, object>> }>>
    }
    const responses = Object.entries(paths)
      .filter(([path]) => !path.startsWith('/health/'))
      .flatMap(([, methods]) => Object.values(methods).flatMap((operation) => Object.entries(operation.responses)))
    const unchanged = responses.filter(([status]) => status === '304')
    expect(unchanged.length).toBeGreaterThan(0)
    for (const [, response] of unchanged) expect(response).not.toHaveProperty('content')
    const passing = responses.filter(([status]) => status === '429' || status === '503')
    expect(passing.length).toBeGreaterThan(5)
    for (const [, response] of passing) expect(response).toHaveProperty(['headers', 'retry-after'])
  })

  it('has examples that are real', async () => {
    const test = await start({ validate, stores: [emptyStore('system')] })
    expect((await ask(test, exampleRequest)).body).toEqual(exampleVerdict)
    expect((await ask(test, { ...exampleRequest, hostname: 'api.example.com' })).body).toEqual(exampleRefusedVerdict)
  })

  it('is the same as the file openapi/openapi.json', async () => {
    const file = new URL('../../openapi/openapi.json', import.meta.url)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(await openApiDocument())
  })

  it('is shown below /docs with nothing from elsewhere', async () => {
    const { app } = await start()
    const page = await app.inject('/docs')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'self'")
    const policy = String(page.headers['content-security-policy'])
    expect(policy).not.toMatch(/unsafe-eval|https?:\/\/|\*/)
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => String(link))
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) {
      expect(file).not.toMatch(/^(?:https?:)?\/\//)
      expect((await app.inject(new URL(file, 'http://x/docs').pathname)).statusCode).toBe(200)
    }
  })
})

describe('the log', () => {
  it('says of a request what came of it, and nothing that was in it', async () => {
    const test = await start({ validate: () => ({ kind: 'verdict', verdict: fullVerdict }) })
    await supertest(test.app.server)
      .post('/validate?hostname=hidden.example&purpose=serverAuth')
      .set({ authorization: 'Bearer hidden', cookie: 'hidden=1', 'user-agent': 'hidden' })
      .set('content-type', 'text/plain')
      .send('-----BEGIN PRIVATE KEY-----\nhidden\n-----END PRIVATE KEY-----')
    await supertest(test.app.server).get('/hidden?hidden=1')
    expect(JSON.stringify(test.logged)).not.toContain('hidden')
    expect(test.logged[0]).toEqual({
      level: 30,
      time: expect.any(Number),
      pid: expect.any(Number),
      hostname: expect.any(String),
      requestId: expect.any(String),
      method: 'POST',
      route: '/validate',
      status: 200,
      ms: expect.any(Number),
      outcome: 'invalid',
      codes: ['expired', 'issuer-not-found'],
      pathLength: 2,
      stores: [null, 'corporate'],
      msg: 'request served'
    })
    expect(test.logged[1]).toMatchObject({ route: null, status: 404, problem: 'not-found' })
  })
})
