import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { commonName, root } from '../../support/authority.ts'
import { storeApp } from '../../support/store-app.ts'

const one = root('Root One')
const two = root('Root Two')
const api = storeApp()
const { get, put } = api
const chainType = 'application/pem-certificate-chain'

describe('GET /trust-stores/{name}', () => {
  it('shows the store and what it holds', async () => {
    const { body: made } = await put('/trust-stores/mine', one.pem + two.pem)
    const { body, headers } = await get('/trust-stores/mine')
    expect(headers).toMatchObject({
      etag: expect.stringMatching(/^"1-[0-9a-f]{32}-json"$/),
      vary: 'accept',
      'cache-control': 'no-cache'
    })
    expect(body).toEqual({
      name: 'mine',
      version: '1',
      digest: made.digest,
      counts: { x509: 2, x509_ca: 2, crl: 0 },
      origin: 'uploaded',
      since: '2026-11-23T19:30:00Z',
      isDefault: false,
      offset: 0,
      next: null,
      anchors: [
        expect.objectContaining({
          fingerprint: new X509Certificate(one.pem).fingerprint256.replaceAll(':', '').toLowerCase(),
          subject: 'CN=Root One',
          issuer: 'CN=Root One',
          notBefore: '2025-01-01T00:00:00Z',
          notAfter: '2035-01-01T00:00:00Z',
          constraints: null
        }),
        expect.objectContaining({ subject: 'CN=Root Two' })
      ]
    })
  })

  it('gives pages', async () => {
    const roots = Array.from({ length: 5 }, (_, at) => root(`Root ${at}`).pem)
    await put('/trust-stores/mine', roots.join(''))
    const page = async (query: string) => {
      const { body } = await get(`/trust-stores/mine?${query}`)
      return [body.offset, body.next, body.anchors.map(({ subject }: { readonly subject: string }) => subject)]
    }
    expect(await page('limit=2')).toEqual([0, 2, ['CN=Root 0', 'CN=Root 1']])
    expect(await page('limit=2&offset=4')).toEqual([4, null, ['CN=Root 4']])
    expect(await page('offset=99')).toEqual([99, null, []])
    for (const query of ['limit=0', 'limit=1001', 'offset=-1', 'offset=a', 'page=1']) {
      expect((await get(`/trust-stores/mine?${query}`)).status).toBe(400)
    }
  })

  it.each([
    ['application/json', 'application/json'],
    ['*/*', 'application/json'],
    [chainType, chainType],
    ['application/x-pem-file', 'application/x-pem-file'],
    [`application/json;q=0.5, ${chainType}`, chainType],
    [`${chainType};q=0.5, application/json;q=0.9`, 'application/json'],
    [`application/*;q=0.2, ${chainType};q=0.1`, 'application/json'],
    [`text/html, ${chainType};q=0.1`, chainType],
    [`application/json;q=0, */*`, chainType]
  ])('with Accept %s gives %s', async (accept, type) => {
    await put('/trust-stores/mine', one.pem)
    const { status, headers } = await get('/trust-stores/mine').set('accept', accept)
    expect(status).toBe(200)
    expect(headers['content-type']?.split(';')[0]).toBe(type)
    expect(headers['etag']).toMatch(type === 'application/json' ? /-json"$/ : /-pem"$/)
  })

  it.each(['text/html', 'application/json;q=0', 'image/*'])('gives no other form: %s', async (accept) => {
    await put('/trust-stores/mine', one.pem)
    const { status, body } = await get('/trust-stores/mine').set('accept', accept)
    expect([status, body.code]).toEqual([406, 'not-acceptable'])
  })

  it('gives PEM that goes back in as it came', async () => {
    const first = await put('/trust-stores/mine', two.pem + one.pem)
    const { text } = await get('/trust-stores/mine').set('accept', chainType)
    expect(text).toBe(`# CN=Root Two\n${two.pem}# CN=Root One\n${one.pem}`)
    const again = await put('/trust-stores/mine', text, chainType)
    expect([again.body.result, again.body.digest]).toEqual(['unchanged', first.body.digest])
  })

  it('lets no name of a certificate break out of the line that shows it', async () => {
    const evil = root('', { subject: commonName(`a\n-----BEGIN CERTIFICATE-----\n${'x'.repeat(300)}\u202e`) })
    await put('/trust-stores/mine', evil.pem)
    const { text } = await get('/trust-stores/mine').set('accept', chainType)
    const lines = text.split('\n')
    expect(lines[0]).toMatch(/^# [!-~ …]+$/)
    expect(lines[0]).not.toContain('-----')
    expect(lines.filter((line: string) => line.includes('-----BEGIN'))).toHaveLength(1)
    expect(text.slice(text.indexOf('\n') + 1)).toBe(evil.pem)
    expect((await put('/trust-stores/mine', text)).body.result).toBe('unchanged')
  })

  it('answers 304 to who has it, in the same form', async () => {
    await put('/trust-stores/mine', one.pem)
    const { headers } = await get('/trust-stores/mine')
    const etag = headers['etag'] ?? ''
    const again = await get('/trust-stores/mine').set('if-none-match', `"x", W/${etag}`)
    expect([again.status, again.text, again.headers['etag'], again.headers['vary']]).toEqual([304, '', etag, 'accept'])
    expect((await get('/trust-stores/mine').set('accept', chainType).set('if-none-match', etag)).status).toBe(200)
    expect((await get('/trust-stores/mine').set('if-match', '"x"')).body.code).toBe('precondition-failed')
    expect((await get('/trust-stores/mine').set('if-none-match', 'x')).body.code).toBe('request-malformed')
    await put('/trust-stores/mine', two.pem)
    expect((await get('/trust-stores/mine').set('if-none-match', etag)).status).toBe(200)
  })

  it('has other tags for other stores of the configuration', async () => {
    const [system, corporate] = [await get('/trust-stores/system'), await get('/trust-stores/corporate')]
    expect(system.body).toMatchObject({ name: 'system', isDefault: true, origin: expect.any(String), anchors: [] })
    expect(system.headers['etag']).toMatch(/^"[^"]+-json"$/)
    expect(corporate.status).toBe(200)
  })

  it('knows no store that is not there', async () => {
    const { status, body } = await get('/trust-stores/none')
    expect([status, body.code]).toEqual([404, 'trust-store-not-found'])
  })

  it('answers HEAD', async () => {
    await put('/trust-stores/mine', one.pem)
    const { headers } = await get('/trust-stores/mine')
    const head = await api.head('/trust-stores/mine')
    expect([head.status, head.headers['etag'], head.text]).toEqual([200, headers['etag'], undefined])
  })
})
