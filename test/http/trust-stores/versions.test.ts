import { describe, expect, it } from 'vitest'
import { root } from '../../support/authority.ts'
import { storeApp } from '../../support/store-app.ts'

const one = root('Root One')
const two = root('Root Two')
const api = storeApp()
const { get, put, keeping } = api
const restore = (version: number, query = '') => api.post(`/trust-stores/mine/versions/${version}/restore${query}`)

describe('GET /trust-stores/{name}/versions', () => {
  it('tells who changed the store, when, and from which digest to which', async () => {
    const first = await put('/trust-stores/mine', one.pem)
    const second = await put('/trust-stores/mine?mode=add', two.pem)
    const gone = await api.delete('/trust-stores/mine')
    expect(gone.body).toMatchObject({ version: '3', digest: null, counts: { x509: 0 }, changes: { removed: [{}, {}] } })
    expect(gone.headers['etag']).toBeUndefined()
    const { body } = await get('/trust-stores/mine/versions')
    const at = '2026-11-23T19:30:00Z'
    const [a, b] = [first.body.digest, second.body.digest]
    const checksum = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(body).toEqual({
      versions: [
        { version: '3', at, by: 'deploy', action: 'delete', fromDigest: b, digest: null, checksum: null, kept: false },
        { version: '2', at, by: 'deploy', action: 'add', fromDigest: a, digest: b, checksum, kept: true },
        { version: '1', at, by: 'deploy', action: 'replace', fromDigest: null, digest: a, checksum, kept: true }
      ],
      next: null
    })
  })

  it('takes every number that JSON keeps, and no larger one', async () => {
    await put('/trust-stores/mine', one.pem)
    const most = Number.MAX_SAFE_INTEGER
    expect((await get(`/trust-stores/mine/versions?before=${most}`)).body.versions).toHaveLength(1)
    expect((await get(`/trust-stores/mine/versions/${most}`)).status).toBe(404)
    for (const url of [`versions?before=${most}1`, `versions?before=9007199254740993`, `versions/9007199254740993`]) {
      const { status, body } = await get(`/trust-stores/mine/${url}`)
      expect([status, body.code, body.errors[0].pointer]).toEqual([
        400,
        'field-invalid',
        url.includes('before') ? '/before' : '/version'
      ])
    }
  })

  it('gives pages', async () => {
    for (const { pem } of [one, two, one]) await put('/trust-stores/mine', pem)
    const page = async (query: string) => {
      const { body } = await get(`/trust-stores/mine/versions?${query}`)
      return [body.versions.map(({ version }: { readonly version: string }) => version), body.next]
    }
    expect(await page('limit=2')).toEqual([['3', '2'], 2])
    expect(await page('limit=2&before=2')).toEqual([['1'], null])
    expect(await page('before=1')).toEqual([[], null])
  })

  it('has none for a store of the configuration, and knows no store that never was', async () => {
    expect((await get('/trust-stores/system/versions')).body).toEqual({ versions: [], next: null })
    expect((await get('/trust-stores/none/versions')).status).toBe(404)
  })

  it('says that it cannot tell while the database is away', async () => {
    keeping.state = 'away'
    const { status, body, headers } = await get('/trust-stores/mine/versions')
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'overloaded', '1'])
  })
})

describe('GET /trust-stores/{name}/versions/{version}', () => {
  it('shows what a version held, as JSON and as PEM', async () => {
    const first = await put('/trust-stores/mine', one.pem)
    await put('/trust-stores/mine', two.pem)
    const { body, headers } = await get('/trust-stores/mine/versions/1')
    expect(body).toMatchObject({
      name: 'mine',
      version: '1',
      by: 'deploy',
      action: 'replace',
      digest: first.body.digest,
      counts: { x509: 1 },
      anchors: [{ subject: 'CN=Root One' }]
    })
    expect(headers['etag']).toBe(first.headers['etag'])
    const pem = await get('/trust-stores/mine/versions/1').set('accept', 'application/x-pem-file')
    expect(pem.text).toBe(`# CN=Root One\n${one.pem}`)
  })

  it('tells a version that never was from one without content, and from one that is damaged', async () => {
    await put('/trust-stores/mine', one.pem)
    await api.delete('/trust-stores/mine')
    expect((await get('/trust-stores/mine/versions/7')).status).toBe(404)
    const deletion = await get('/trust-stores/mine/versions/2')
    expect([deletion.status, deletion.body.code]).toEqual([410, 'trust-store-version-gone'])
    keeping.damage('mine', 1)
    const damaged = await get('/trust-stores/mine/versions/1')
    expect([damaged.status, damaged.body.code]).toEqual([409, 'trust-store-conflict'])
    for (const wrong of ['0', '01', '-1', 'x', '1e3', '9'.repeat(16)]) {
      const answer = await get(`/trust-stores/mine/versions/${wrong}`)
      expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([400, '/version'])
    }
  })
})

describe('POST /trust-stores/{name}/versions/{version}/restore', () => {
  it('makes a new version with the old content', async () => {
    const first = await put('/trust-stores/mine', one.pem)
    await put('/trust-stores/mine', two.pem)
    const plan = await restore(1, '?dryRun=true')
    expect(plan.body).toMatchObject({ result: 'planned', changes: { added: [{ subject: 'CN=Root One' }] } })
    const answer = await restore(1)
    expect([answer.status, answer.body.version, answer.body.digest]).toEqual([200, '3', first.body.digest])
    expect((await get('/trust-stores/mine')).body.anchors).toMatchObject([{ subject: 'CN=Root One' }])
    expect((await restore(1)).body.result).toBe('unchanged')
  })

  it('brings back a deleted store, where it may be made', async () => {
    await put('/trust-stores/mine', one.pem)
    await api.delete('/trust-stores/mine')
    expect((await get('/trust-stores/mine')).status).toBe(404)
    expect((await restore(1).set('if-match', '*')).status).toBe(412)
    const answer = await restore(1).set('if-none-match', '*')
    expect([answer.status, answer.body.version]).toEqual([201, '3'])
  })

  it('restores nothing that is not there, not kept, or damaged', async () => {
    await put('/trust-stores/mine', one.pem)
    await put('/trust-stores/mine', two.pem)
    await api.delete('/trust-stores/mine')
    keeping.damage('mine', 1)
    const codes = [await restore(9), await restore(3), await restore(1)].map(({ status, body }) => [status, body.code])
    expect(codes).toEqual([
      [404, 'trust-store-not-found'],
      [410, 'trust-store-version-gone'],
      [409, 'trust-store-conflict']
    ])
  })
})

describe('DELETE /trust-stores/{name}', () => {
  it('deletes what is there, under its conditions', async () => {
    const { headers } = await put('/trust-stores/mine', one.pem)
    expect((await api.delete('/trust-stores/mine').set('if-match', '"x"')).status).toBe(412)
    expect((await api.delete('/trust-stores/mine?dryRun=true')).body).toMatchObject({ result: 'planned', version: '1' })
    expect((await api.delete('/trust-stores/mine').set('if-match', headers['etag'] ?? '')).status).toBe(200)
    const again = await api.delete('/trust-stores/mine').set('if-match', headers['etag'] ?? '')
    expect([again.status, again.body.code]).toEqual([404, 'trust-store-not-found'])
  })

  it('counts on after a deletion, so that no entity tag comes twice', async () => {
    const first = await put('/trust-stores/mine', one.pem)
    await api.delete('/trust-stores/mine')
    const second = await put('/trust-stores/mine', one.pem)
    expect([second.status, second.body.version]).toEqual([201, '3'])
    expect(second.headers['etag']).not.toBe(first.headers['etag'])
  })
})
