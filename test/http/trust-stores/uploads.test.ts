import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { type Issued, intermediate, keyUsage, pemOf, root, server } from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'
import { storeApp, token } from '../../support/store-app.ts'

const one = root('Root One')
const two = root('Root Two')
const leaf = server(one)

const api = storeApp()
const { keeping, put, get } = api
const fingerprintOf = async (issued: Issued): Promise<string> => {
  const { body } = await put('/trust-stores/fingerprint?dryRun=true&allowEndEntity=true', issued.pem)
  return body.changes.added[0].fingerprint
}

describe('PUT /trust-stores/{name}', () => {
  it('creates a store that the next request validates with', async () => {
    const answer = await put('/trust-stores/mine', one.pem + two.pem)
    expect(answer.status).toBe(201)
    expect(answer.headers).toMatchObject({
      etag: expect.stringMatching(/^"1-[0-9a-f]{32}-json"$/),
      'cache-control': 'no-store'
    })
    expect(answer.body).toMatchObject({
      name: 'mine',
      version: '1',
      counts: { x509: 2, x509_ca: 2, crl: 0 },
      result: 'changed',
      changes: { digest: { before: null, after: answer.body.digest }, unchanged: 0, removed: [], notCa: [], weak: [] },
      duplicates: [],
      notTaken: []
    })
    const added: readonly { readonly subject: string }[] = answer.body.changes.added
    expect(added.map(({ subject }) => subject)).toEqual(['CN=Root One', 'CN=Root Two'])
    const listed = await get('/trust-stores')
    expect(listed.body.stores.map(({ name }: { readonly name: string }) => name)).toEqual([
      'system',
      'corporate',
      'mine'
    ])
    expect(listed.body.stores[2]).toEqual({
      name: 'mine',
      version: '1',
      digest: answer.body.digest,
      counts: { x509: 2, x509_ca: 2, crl: 0 },
      origin: 'uploaded',
      since: '2026-11-23T19:30:00Z',
      isDefault: false
    })
  })

  it.each([
    ['DER', Buffer.from(one.der), 'application/pkix-cert'],
    ['PEM with text around it', `who knows\n${one.pem}# and more\n`, 'text/plain'],
    ['JSON with PEM', JSON.stringify({ certificates: one.pem }), 'application/json'],
    [
      'JSON with base64',
      JSON.stringify({ certificates: [Buffer.from(one.der).toString('base64')] }),
      'application/json'
    ]
  ])('takes %s', async (_what, body, type) => {
    const answer = await put('/trust-stores/mine', body, type)
    expect(answer.status).toBe(201)
    expect(answer.body.changes.added).toEqual([
      { fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/), subject: 'CN=Root One', notAfter: '2035-01-01T00:00:00Z' }
    ])
  })

  it('takes a form with files, CRLs and constraints', async () => {
    const fingerprint = await fingerprintOf(one)
    const answer = await request(api.app.server)
      .put('/trust-stores/mine')
      .set('authorization', `Bearer ${token}`)
      .attach('certificates', Buffer.from(one.der), 'one.der')
      .attach('certificates', Buffer.from(two.pem), 'two.pem')
      .attach('crls', Buffer.from(pemOf(crlOf({ issuer: one }), 'X509 CRL')), 'crl.pem')
      .field('constraints', JSON.stringify({ [fingerprint]: { purposes: ['serverAuth'] } }))
    expect(answer.status).toBe(201)
    expect(answer.body.counts).toEqual({ x509: 2, x509_ca: 2, crl: 1 })
    const { body } = await get('/trust-stores/mine')
    expect(body.anchors[0].constraints).toEqual({ purposes: ['1.3.6.1.5.5.7.3.1'] })
    expect(body.anchors[1].constraints).toBeNull()
  })

  it('replaces what is there, or adds to it', async () => {
    await put('/trust-stores/mine', one.pem)
    const added = await put('/trust-stores/mine?mode=add', two.pem + one.pem)
    expect(added.status).toBe(200)
    expect(added.body).toMatchObject({ version: '2', counts: { x509: 2 }, changes: { unchanged: 1, removed: [] } })
    const { body } = await get('/trust-stores/mine')
    expect(body.anchors.map(({ subject }: { readonly subject: string }) => subject)).toEqual([
      'CN=Root One',
      'CN=Root Two'
    ])
    const replaced = await put('/trust-stores/mine', two.pem)
    expect(replaced.body).toMatchObject({
      version: '3',
      changes: { unchanged: 1, added: [], removed: [{ subject: 'CN=Root One' }] }
    })
  })

  it('makes no version of what is there already', async () => {
    const first = await put('/trust-stores/mine', one.pem)
    const second = await put('/trust-stores/mine', one.pem + one.pem)
    expect(second.status).toBe(200)
    expect(second.body).toMatchObject({ result: 'unchanged', version: '1' })
    expect(second.headers['etag']).toBe(first.headers['etag'])
    expect(keeping.size()).toBe(1)
  })

  it('says what came twice, and where', async () => {
    const { body } = await put('/trust-stores/mine', one.pem + one.pem)
    const line = one.pem.split('\n').length
    expect(body.duplicates).toEqual([
      {
        fingerprint: expect.any(String),
        subject: 'CN=Root One',
        notAfter: '2035-01-01T00:00:00Z',
        pointer: '/certificates',
        line
      }
    ])
  })

  it('refuses the whole where one cannot be read, and tells of every fault', async () => {
    const bad = pemOf(Buffer.from('3000', 'hex'))
    const answer = await put('/trust-stores/mine', `${one.pem}${bad}${leaf.pem}-----BEGIN CERTIFICATE-----\n!\n`)
    expect(answer.status).toBe(422)
    const lines = one.pem.split('\n').length
    expect(answer.body).toMatchObject({
      code: 'certificate-malformed',
      errors: [
        { pointer: '/certificates', code: 'certificate-malformed', line: lines },
        { pointer: '/certificates', code: 'certificate-not-ca', line: lines + 3 },
        { pointer: '/certificates', code: 'pem-malformed' }
      ]
    })
    expect(keeping.size()).toBe(0)
  })

  it('takes the rest with partial=true, and lists what it left out', async () => {
    const bad = pemOf(Buffer.from('3000', 'hex'))
    const { status, body } = await put('/trust-stores/mine?partial=true', bad + leaf.pem + one.pem)
    expect(status).toBe(201)
    expect(body.counts.x509).toBe(1)
    expect(body.notTaken).toMatchObject([
      { code: 'certificate-malformed', line: 1 },
      { code: 'certificate-not-ca', line: 4 }
    ])
  })

  it.each(['', '?partial=true', '?dryRun=true'])(
    'refuses a private key, whatever else is asked for: %s',
    async (query) => {
      const key = one.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
      const answer = await put(`/trust-stores/mine${query}`, one.pem + key)
      expect([answer.status, answer.body.code]).toEqual([422, 'private-key-refused'])
      expect(answer.body.errors).toEqual([
        {
          pointer: '/certificates',
          code: 'private-key-refused',
          detail: 'It is a private key, which must never be sent here.',
          line: one.pem.split('\n').length
        }
      ])
      const der = await put(
        '/trust-stores/mine',
        one.key.privateKey.export({ type: 'pkcs8', format: 'der' }),
        'application/pkix-cert'
      )
      expect([der.status, der.body.code]).toEqual([422, 'private-key-refused'])
      expect(keeping.size()).toBe(0)
    }
  )

  it('takes what is not of a CA only where that is asked for', async () => {
    expect((await put('/trust-stores/mine', leaf.pem)).body.errors).toMatchObject([
      { code: 'certificate-not-ca', detail: 'The certificate of CN=www.example.test is not that of a CA.', line: 1 }
    ])
    const taken = await put('/trust-stores/mine?allowEndEntity=true', leaf.pem)
    expect(taken.body).toMatchObject({
      counts: { x509: 1, x509_ca: 0 },
      changes: { notCa: [{ subject: 'CN=www.example.test' }] }
    })
  })

  it('takes a root of version 1 for that of a CA, and none that another issued or that may not sign', async () => {
    const old = root('Old Root', { version: 1, extensions: [] })
    expect((await put('/trust-stores/old', old.pem)).body.counts).toEqual({ x509: 1, x509_ca: 1, crl: 0 })
    const below = intermediate(old, 'Below', { version: 1, extensions: [] })
    const silent = root('Silent Root', { extensions: [] })
    const forbidden = root('No Signer', { extensions: [keyUsage('07 80')] })
    for (const { pem } of [below, silent, forbidden]) {
      expect((await put('/trust-stores/old', pem)).body.code).toBe('certificate-not-ca')
    }
  })

  it.each([
    ['an empty body', ''],
    ['text without certificates', '# nothing here\n'],
    ['a CRL alone', pemOf(crlOf({ issuer: one }), 'X509 CRL')]
  ])('refuses %s', async (_what, body) => {
    const answer = await put('/trust-stores/mine', body)
    expect(answer.status).toBe(422)
    expect(keeping.size()).toBe(0)
  })

  it('says how to convert what is no bundle of certificates', async () => {
    const store = await put(
      '/trust-stores/mine',
      Buffer.from('feedfeed0000000200000000', 'hex'),
      'application/pkix-cert'
    )
    expect(store.body).toMatchObject({
      code: 'container-unsupported',
      detail: expect.stringContaining('keytool -list -rfc')
    })
  })

  it('refuses more certificates than a store may hold, also together with those that are there', async () => {
    const many = Array.from({ length: 21 }, (_, at) => root(`Root ${at}`).pem)
    const answer = await put('/trust-stores/mine', many.join(''))
    expect([answer.status, answer.body.code]).toEqual([413, 'too-many-certificates'])
    expect((await put('/trust-stores/mine', many.slice(0, 20).join(''))).status).toBe(201)
    expect((await put('/trust-stores/mine?mode=add', many[20] ?? '')).status).toBe(413)
  })

  it('refuses more stores than there may be, and takes one in the place of a deleted one', async () => {
    for (const name of ['a', 'b', 'c']) expect((await put(`/trust-stores/${name}`, one.pem)).status).toBe(201)
    const answer = await put('/trust-stores/d', one.pem)
    expect([answer.status, answer.body.code]).toEqual([409, 'trust-store-limit'])
    await api.delete('/trust-stores/a')
    expect((await put('/trust-stores/d', one.pem)).status).toBe(201)
  })

  it.each(['.hidden', '-a', 'a%2Fb', 'a'.repeat(65), '%0A'])('takes no name like %s', async (name) => {
    const answer = await put(`/trust-stores/${name}`, one.pem)
    expect([answer.status, answer.body.code]).toEqual([400, 'field-invalid'])
    expect(answer.body.errors[0].pointer).toBe('/name')
  })

  it.each(['system', 'corporate'])('changes no store of the configuration: %s', async (name) => {
    const answer = await put(`/trust-stores/${name}`, one.pem)
    expect([answer.status, answer.body.code]).toEqual([409, 'trust-store-conflict'])
  })

  it.each([
    ['mode=both', '/mode', 'field-invalid'],
    ['dryrun=true', '/dryrun', 'field-unknown'],
    ['partial=1', '/partial', 'field-invalid']
  ])('refuses ?%s', async (query, pointer, code) => {
    const answer = await put(`/trust-stores/mine?${query}`, one.pem)
    expect([answer.status, answer.body.errors[0]]).toMatchObject([400, { pointer, code }])
  })

  it('refuses what the contract does not have in a body', async () => {
    const unknown = await put(
      '/trust-stores/mine',
      JSON.stringify({ certificates: one.pem, name: 'x' }),
      'application/json'
    )
    expect(unknown.body.errors).toMatchObject([{ pointer: '/name', code: 'field-unknown' }])
    const part = await request(api.app.server)
      .put('/trust-stores/mine')
      .set('authorization', `Bearer ${token}`)
      .attach('file', Buffer.from(one.pem), 'one.pem')
    expect(part.body.errors).toMatchObject([{ pointer: '/file', code: 'field-unknown' }])
    const none = await request(api.app.server).put('/trust-stores/mine').set('authorization', `Bearer ${token}`)
    expect([none.status, none.body.code]).toEqual([415, 'content-type-unsupported'])
  })

  it('reads constraints strictly: each must speak of a certificate of the store', async () => {
    const send = (constraints: object) =>
      put('/trust-stores/mine', JSON.stringify({ certificates: one.pem, constraints }), 'application/json')
    const absent = 'ab'.repeat(32)
    expect((await send({ [absent]: { purposes: ['serverAuth'] } })).body.errors).toEqual([
      {
        pointer: `/constraints/${absent}`,
        code: 'field-invalid',
        detail: 'The value is the fingerprint of no certificate of this store.'
      }
    ])
    expect((await send({ '*': { purpose: [] } })).body.errors).toMatchObject([{ pointer: '/constraints/*/purpose' }])
    expect((await send({ '*': { distrustAfter: '2026-01-01T00:00:00Z' } })).status).toBe(201)
    expect((await get('/trust-stores/mine')).body.anchors[0].constraints).toEqual({
      distrustAfter: '2026-01-01T00:00:00Z'
    })
  })

  it('keeps constraints when it adds, and says whose became others', async () => {
    const [first, second] = [await fingerprintOf(one), await fingerprintOf(two)]
    const send = (path: string, certificates: string, constraints: object) =>
      put(path, JSON.stringify({ certificates, constraints }), 'application/json')
    await send('/trust-stores/mine', one.pem, { [first]: { purposes: ['serverAuth'] } })
    const added = await send('/trust-stores/mine?mode=add', two.pem, { [second]: { purposes: ['clientAuth'] } })
    expect(added.body.changes.constrained).toEqual([])
    const { body } = await get('/trust-stores/mine')
    expect(body.anchors.map(({ constraints }: { readonly constraints: object }) => constraints)).toEqual([
      { purposes: ['1.3.6.1.5.5.7.3.1'] },
      { purposes: ['1.3.6.1.5.5.7.3.2'] }
    ])
    const replaced = await put('/trust-stores/mine', one.pem)
    expect(replaced.body.changes.constrained).toMatchObject([{ subject: 'CN=Root One' }])
    expect((await get('/trust-stores/mine')).body.anchors[0].constraints).toBeNull()
  })

  it('leaves a line for the audit, which holds no token', async () => {
    const answer = await put('/trust-stores/mine', one.pem)
    expect(api.logged).toContainEqual(
      expect.objectContaining({
        level: 30,
        msg: 'trust store changed',
        by: 'deploy',
        store: 'mine',
        action: 'replace',
        version: 1,
        from: null,
        to: answer.body.digest,
        requestId: answer.headers['x-request-id']
      })
    )
    expect(JSON.stringify(api.logged)).not.toContain(token)
  })
})
