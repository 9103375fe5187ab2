import { readFileSync } from 'node:fs'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../support/service-app.ts'

const built = (name: string): string => readFileSync(new URL(`../../../dist/${name}`, import.meta.url), 'utf8')

/** As Chromium asks for a page. */
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'

describe('GET / and what lies below /static/', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await testApp()
    await test.app.ready()
  })
  afterAll(() => test.app.close())

  it('gives the page to a browser, which may do nothing but ask the service', async () => {
    const answer = await request(test.app.server).get('/').set('accept', browser).expect(200)
    expect(answer.text).toBe(built('page/index.html'))
    // Whatever the path is that a gateway gives the service, it lies below the page.
    const addresses = [...answer.text.matchAll(/ (?:href|src)="([^"#][^"]*)"/g)].map(([, address = '']) => address)
    expect(addresses.length).toBeGreaterThan(5)
    for (const address of addresses) {
      expect(address).toMatch(/^[a-z]+(?:\/[\w./-]*)?$/)
      const { status } = await request(test.app.server).get(`/${address}`).set('accept', '*/*')
      expect([address, status]).toEqual([address, 200])
    }
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      vary: 'accept'
    })
    expect(answer.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
  })

  it('gives the page to whoever says nothing of what they take, and not to those who take JSON alone', async () => {
    await request(test.app.server).get('/').expect(200)
    const refused = await request(test.app.server).get('/').set('accept', 'application/json').expect(406)
    expect(refused.body.code).toBe('not-acceptable')
  })

  it.for([
    ['page/base.css', 'text/css; charset=utf-8'],
    ['page/main.js', 'text/javascript; charset=utf-8']
  ] as const)('gives %s with its type, and nothing where the client has it', async ([name, type]) => {
    const answer = await request(test.app.server).get(`/static/${name}`).expect(200)
    expect(answer.text).toBe(built(name))
    expect(answer.headers).toMatchObject({ 'content-type': type, 'cache-control': 'no-cache' })
    const tag = answer.headers['etag'] ?? ''
    expect(tag).toMatch(/^"[\w-]{22}"$/)
    const again = await request(test.app.server).get(`/static/${name}`).set('if-none-match', tag).expect(304)
    expect(again.text).toBe('')
    expect(again.headers['etag']).toBe(tag)
    await request(test.app.server).get(`/static/${name}`).set('if-none-match', '"other"').expect(200)
    await request(test.app.server).get(`/static/${name}`).set('if-match', '"other"').expect(412)
  })

  it('says of a drawing that it is one', async () => {
    const answer = await request(test.app.server).get('/static/page/seal.svg').expect(200)
    expect(answer.headers['content-type']).toBe('image/svg+xml')
  })

  it.for([
    '',
    'page',
    'page/',
    'page/nothing.js',
    'page/main.d.ts',
    'page/main.js.map',
    'main.js',
    'client/index.js',
    'core/model/printable.js',
    '../package.json',
    '%2e%2e/package.json',
    'page/..%2f..%2fpackage.json',
    'page/%2e%2e/main.js',
    'page%5cmain.js',
    '/etc/passwd',
    '%00',
    'constructor',
    '__proto__'
  ])('has nothing at /static/%s', async (name) => {
    const answer = await request(test.app.server).get(`/static/${name}`).expect(404)
    expect(answer.body.code).toBe('not-found')
  })

  it('answers HEAD without a body, and other methods with what it takes', async () => {
    const head = await request(test.app.server).head('/static/page/base.css').expect(200)
    expect(Number(head.headers['content-length'])).toBe(Buffer.byteLength(built('page/base.css')))
    for (const path of ['/', '/static/page/base.css']) {
      const answer = await request(test.app.server).post(path).expect(405)
      expect(answer.headers['allow']).toBe('GET, HEAD')
    }
  })
})
