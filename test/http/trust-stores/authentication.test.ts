import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { root } from '../../support/authority.ts'
import { testApp } from '../../support/service-app.ts'
import { plainToken, storeApp, token } from '../../support/store-app.ts'

const one = root('Root One')
const api = storeApp()
const changes: readonly (readonly ['put' | 'delete' | 'post', string])[] = [
  ['put', '/trust-stores/mine'],
  ['delete', '/trust-stores/mine'],
  ['post', '/trust-stores/mine/versions/1/restore']
]

const send = (
  authorization: string | undefined,
  [method, path]: (typeof changes)[number] = ['put', '/trust-stores/mine']
) => {
  const sent = request(api.app.server)[method](path).set('content-type', 'application/x-pem-file')
  return (authorization === undefined ? sent : sent.set('authorization', authorization)).send(one.pem)
}

describe('changing trust stores', () => {
  it.each(changes)('needs a token: %s %s', async (...route) => {
    const answer = await send(undefined, route)
    expect([answer.status, answer.body.code]).toEqual([401, 'not-authenticated'])
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="vidimus"')
    expect(api.keeping.size()).toBe(0)
  })

  it.each(changes)('needs the right one: %s %s', async (...route) => {
    const answer = await send(`Bearer ${token}x`, route)
    expect([answer.status, answer.body.code]).toEqual([401, 'not-authenticated'])
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="vidimus", error="invalid_token"')
  })

  it.each(['Basic YTpi', token, 'Bearer', `Bearer ${token} ${token}`, `Token ${token}`])(
    'is not let through by %s',
    async (field) => {
      expect((await send(field)).status).toBe(401)
    }
  )

  it('takes each of several tokens, whatever the case of the scheme, and notes whose it was', async () => {
    expect((await send(`bearer ${token}`)).status).toBe(201)
    expect((await send(`BEARER  ${plainToken}`)).status).toBe(200)
    const { body } = await api
      .put('/trust-stores/mine', root('Another').pem)
      .set('authorization', `Bearer ${plainToken}`)
    expect(body.version).toBe('2')
    const versions = await api.get('/trust-stores/mine/versions')
    expect(versions.body.versions.map(({ by }: { readonly by: string }) => by)).toEqual([
      expect.stringMatching(/^token-[0-9a-f]{8}$/),
      'deploy'
    ])
  })

  it('is asked for before the body is looked at', async () => {
    const answer = await request(api.app.server).put('/trust-stores/mine').set('content-type', 'text/x').send('{')
    expect(answer.status).toBe(401)
  })

  it('leaves nothing of a wrong token in the log', async () => {
    expect((await send(`Bearer ${'w'.repeat(20)}`)).status).toBe(401)
    expect(api.logged).toContainEqual(expect.objectContaining({ level: 40, msg: 'a request had a wrong token' }))
    expect(JSON.stringify(api.logged)).not.toContain('wwww')
  })

  it('is off where no token is configured, and says how to switch it on', async () => {
    const { app } = await testApp()
    await app.ready()
    for (const [method, path] of changes) {
      const answer = await request(app.server)[method](path).set('authorization', `Bearer ${token}`)
      expect([answer.status, answer.body.code]).toEqual([403, 'changes-disabled'])
      expect(answer.body.detail).toContain('ADMIN_TOKENS_FILE')
    }
    await app.close()
  })

  it('is not needed for reading, nor for a dry run', async () => {
    await api.put('/trust-stores/mine', one.pem)
    for (const path of ['', '/mine', '/mine/versions', '/mine/versions/1']) {
      expect((await api.get(`/trust-stores${path}`)).status).toBe(200)
    }
    const answer = await request(api.app.server)
      .put('/trust-stores/mine?dryRun=true')
      .set('content-type', 'application/x-pem-file')
      .send(root('Two').pem)
    expect([answer.status, answer.body.result]).toEqual([200, 'planned'])
    expect(api.keeping.size()).toBe(1)
  })
})
