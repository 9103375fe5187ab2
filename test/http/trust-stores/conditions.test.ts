import { describe, expect, it } from 'vitest'
import { root } from '../../support/authority.ts'
import { storeApp } from '../../support/store-app.ts'

const one = root('Root One')
const two = root('Root Two')
const three = root('Root Three')
const api = storeApp()
const { get, put, keeping } = api
const etagOf = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): string => headers['etag'] ?? ''

describe('conditional changes (RFC 9110 §13)', () => {
  it('are made where the store is as If-Match says, and the answer has the new tag', async () => {
    const first = await put('/trust-stores/mine', one.pem)
    const second = await put('/trust-stores/mine', two.pem).set('if-match', etagOf(first))
    expect(second.status).toBe(200)
    expect(etagOf(second)).not.toBe(etagOf(first))
    expect(etagOf(await get('/trust-stores/mine'))).toBe(etagOf(second))
    expect((await put('/trust-stores/mine', three.pem).set('if-match', `"x", ${etagOf(second)}`)).status).toBe(200)
  })

  it('take the tag of either form', async () => {
    await put('/trust-stores/mine', one.pem)
    const pem = etagOf(await get('/trust-stores/mine').set('accept', 'application/x-pem-file'))
    expect((await put('/trust-stores/mine', two.pem).set('if-match', pem)).status).toBe(200)
  })

  it.each([
    ['an old tag', (old: string) => ({ 'if-match': old })],
    ['a weak tag', (_old: string, now: string) => ({ 'if-match': `W/${now}` })],
    ['another tag', () => ({ 'if-match': '"x"' })],
    ['If-None-Match: *', () => ({ 'if-none-match': '*' })],
    ['If-None-Match with the tag', (_old: string, now: string) => ({ 'if-none-match': now })]
  ])('are not made with %s: 412, and nothing was written', async (_what, fields) => {
    const old = etagOf(await put('/trust-stores/mine', one.pem))
    const now = etagOf(await put('/trust-stores/mine', two.pem))
    for (const query of ['', '?dryRun=true', '?mode=add']) {
      const answer = await put(`/trust-stores/mine${query}`, three.pem).set(fields(old, now))
      expect([answer.status, answer.body.code]).toEqual([412, 'precondition-failed'])
    }
    expect(keeping.size()).toBe(2)
  })

  it('create only with If-None-Match: *, and change only with If-Match: *', async () => {
    expect((await put('/trust-stores/mine', one.pem).set('if-match', '*')).status).toBe(412)
    expect((await put('/trust-stores/mine', one.pem).set('if-none-match', '*')).status).toBe(201)
    expect((await put('/trust-stores/mine', two.pem).set('if-none-match', '*')).status).toBe(412)
    expect((await put('/trust-stores/mine', two.pem).set('if-match', '*')).status).toBe(200)
  })

  it('are refused where the condition cannot be read', async () => {
    const answer = await put('/trust-stores/mine', one.pem).set('if-match', 'abc')
    expect([answer.status, answer.body.code, keeping.size()]).toEqual([400, 'request-malformed', 0])
  })

  it('do not hide what is wrong with the request itself (§13.2.1)', async () => {
    const answer = await put('/trust-stores/mine', '').set('if-match', '"x"')
    expect(answer.status).toBe(422)
  })

  it('have one winner, where a hundred ask at once', async () => {
    const etag = etagOf(await put('/trust-stores/mine', one.pem))
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        put('/trust-stores/mine', at % 2 === 0 ? two.pem : three.pem).set('if-match', etag)
      )
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 412)).toHaveLength(99)
    expect(keeping.size()).toBe(2)
  })

  it('cannot be met with the tag of a store of before the data directory was lost', async () => {
    const before = etagOf(await put('/trust-stores/mine', one.pem))
    keeping.clear()
    expect((await put('/trust-stores/mine', two.pem)).body.version).toBe('1')
    expect((await put('/trust-stores/mine', three.pem).set('if-match', before)).status).toBe(412)
  })
})

describe('changes without conditions', () => {
  it('are all made, each upon the others, where they come at once', async () => {
    const roots = Array.from({ length: 20 }, (_, at) => root(`Root ${at}`))
    const answers = await Promise.all(roots.map(({ pem }) => put('/trust-stores/mine?mode=add', pem)))
    expect(new Set(answers.map(({ body }) => body.version)).size).toBe(20)
    const { body } = await get('/trust-stores/mine')
    expect(body.counts.x509).toBe(20)
    const { versions } = (await get('/trust-stores/mine/versions')).body
    for (const [at, { fromDigest }] of versions.entries()) expect(fromDigest).toBe(versions[at + 1]?.digest ?? null)
  })

  it('go on from what another process has made meanwhile', async () => {
    await put('/trust-stores/mine', one.pem)
    let raced = false
    keeping.before = async () => {
      if (raced) return
      raced = true
      await put('/trust-stores/mine?mode=add', two.pem)
    }
    const answer = await put('/trust-stores/mine?mode=add', three.pem)
    expect([answer.status, answer.body.version, answer.body.counts.x509]).toEqual([200, '3', 3])
  })
})

describe('while nothing can be kept', () => {
  it('a change is answered with 503 where the database is busy or away, and with 507 where it takes nothing', async () => {
    await put('/trust-stores/mine', one.pem)
    for (const state of ['busy', 'away'] as const) {
      keeping.state = state
      const busy = await put('/trust-stores/mine', two.pem)
      expect([busy.status, busy.body.code, busy.headers['retry-after']]).toEqual([503, 'overloaded', '1'])
    }
    keeping.state = 'no-storage'
    const full = await put('/trust-stores/mine', two.pem)
    expect([full.status, full.body.code]).toEqual([507, 'storage-unavailable'])
    keeping.state = 'unknown'
    const unknown = await put('/trust-stores/mine', two.pem)
    expect([unknown.status, unknown.body.code]).toEqual([503, 'storage-unavailable'])
    expect(unknown.body.detail).toContain('Whether it was made shows')
    keeping.state = 'works'
    expect(keeping.size()).toBe(1)
    expect((await get('/trust-stores/mine')).body.anchors).toMatchObject([{ subject: 'CN=Root One' }])
  })

  it('the last good stores are served', async () => {
    await put('/trust-stores/mine', one.pem)
    keeping.state = 'away'
    keeping.tell()
    const { status, body } = await get('/trust-stores/mine')
    expect([status, body.counts.x509]).toEqual([200, 1])
  })

  it('nothing can be added to a damaged version, but it can be replaced', async () => {
    await put('/trust-stores/mine', one.pem)
    keeping.damage('mine', 1)
    expect((await put('/trust-stores/mine?mode=add', two.pem)).body.code).toBe('trust-store-conflict')
    expect((await put('/trust-stores/mine', two.pem)).body).toMatchObject({ version: '2', result: 'changed' })
  })
})

describe('?dryRun=true', () => {
  it('tells what would change and what is worth a look, and writes nothing', async () => {
    const before = await put('/trust-stores/mine', one.pem + two.pem)
    const expired = root('Expired', { notAfter: '260101000000' })
    const soon = root('Soon', { notAfter: '261210000000' })
    const weak = root('Weak', { key: 'rsa1024' })
    const { body, headers } = await put('/trust-stores/mine?dryRun=true', one.pem + expired.pem + soon.pem + weak.pem)
    expect(body).toMatchObject({
      name: 'mine',
      version: '1',
      result: 'planned',
      counts: { x509: 4 },
      changes: {
        digest: { before: before.body.digest, after: body.digest },
        added: [{ subject: 'CN=Expired' }, { subject: 'CN=Soon' }, { subject: 'CN=Weak' }],
        removed: [{ subject: 'CN=Root Two' }],
        unchanged: 1,
        expired: [{ subject: 'CN=Expired', notAfter: '2026-01-01T00:00:00Z' }],
        expiring: [{ subject: 'CN=Soon' }],
        weak: [{ subject: 'CN=Weak', reason: 'it is RSA of 1024 bits, of a strength of 80; level 2 asks for 112' }]
      }
    })
    expect(headers['etag']).toBe(etagOf(before))
    expect(keeping.size()).toBe(1)
    const made = await put('/trust-stores/mine', one.pem + expired.pem + soon.pem + weak.pem)
    expect(made.body).toMatchObject({ result: 'changed', digest: body.digest, changes: body.changes })
  })
})
