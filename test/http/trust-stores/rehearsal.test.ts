import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import { validate } from '#dist/core/validate.js'
import { overloaded } from '#dist/service/lanes/outcomes.js'
import type { ValidationParts } from '#dist/service/validation.js'
import { type Issued, intermediate, root, server } from '../../support/authority.ts'
import { storeApp, token } from '../../support/store-app.ts'

const old = root('Old Root')
const next = root('New Root')
/** The same CA, certified by both roots. */
const ca = intermediate(old, 'Issuing CA')
const crossed = intermediate(next, 'Issuing CA', { key: ca.key })
const leaf = server(ca)
const orphan = server(root('Unknown Root'), 'orphan.example.test')

const storeOf = (name: string, ...roots: readonly Issued[]) => {
  const anchors = roots.flatMap(({ der }) => {
    const read = readCertificate(der)
    return read.ok ? [{ certificate: read.value, source: `trustStore:${name}` }] : []
  })
  return trustStore({ name, version: null, anchors })
}
/** How many validations are turned away before the next one is judged. */
let turnAway = 0
const validateInTurn: ValidationParts['validate'] = (...question) => {
  if (turnAway === 0) return validate(...question)
  turnAway--
  return overloaded
}
const api = storeApp({ validate: validateInTurn, stores: [storeOf('system', old), storeOf('files', old)], remember: 3 })

const rehearse = (name: string, body: object) =>
  request(api.app.server).post(`/trust-stores/${name}/rehearse`).send(body)
const post = (body: object) => request(api.app.server).post('/validate').send(body)

const short = { chain: leaf.pem + ca.pem }
const both = { chain: leaf.pem + ca.pem + crossed.pem }

describe('POST /trust-stores/{name}/rehearse', () => {
  it('tells which verdicts would flip, and why', async () => {
    const { status, body, headers } = await rehearse('system', {
      certificates: next.pem,
      requests: [
        short,
        { ...short, trustStores: ['files'] },
        { ...short, caBundle: old.pem },
        { chain: orphan.pem },
        both
      ]
    })
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toMatchObject({
      at: '2026-11-23T19:30:00Z',
      counts: { rehearsed: 5, unaffected: 2, unchanged: 1, flipped: 1, moved: 1 },
      flipped: [
        {
          index: 0,
          target: { subject: 'CN=www.example.test' },
          before: {
            valid: true,
            outcome: 'valid',
            errors: [],
            trustAnchor: { subject: 'CN=Old Root', source: 'trustStore:system' }
          },
          after: {
            valid: false,
            outcome: 'invalid',
            errors: [{ code: 'issuer-not-found', certificate: 1 }],
            trustAnchor: null
          }
        }
      ],
      moved: [
        {
          index: 4,
          before: { trustAnchor: { subject: 'CN=Old Root' } },
          after: { trustAnchor: { subject: 'CN=New Root' } }
        }
      ],
      changes: { added: [{ subject: 'CN=New Root' }], removed: [{ subject: 'CN=Old Root' }] }
    })
  })

  it('shows that adding first breaks nothing', async () => {
    const { body } = await rehearse('system', { certificates: next.pem, mode: 'add', requests: [short, both] })
    expect(body).toMatchObject({ counts: { rehearsed: 2, unchanged: 2, flipped: 0, moved: 0 }, flipped: [], moved: [] })
    expect(body.changes).toMatchObject({ added: [{ subject: 'CN=New Root' }], removed: [], unchanged: 1 })
  })

  it('writes nothing, and changes nothing that is served', async () => {
    const before = (await api.get('/trust-stores')).body
    await rehearse('system', { certificates: next.pem, requests: [short] })
    await rehearse('mine', { certificates: next.pem, requests: [short] })
    expect((await api.get('/trust-stores')).body).toEqual(before)
    expect(api.keeping.size()).toBe(0)
    expect((await post(short)).body.valid).toBe(true)
  })

  it('tries a store that is not there yet', async () => {
    const { body } = await rehearse('mine', {
      certificates: next.pem,
      requests: [{ ...both, trustStores: ['mine'] }, { ...short, trustStores: ['mine', 'files'] }, short]
    })
    expect(body.counts).toEqual({ rehearsed: 3, unaffected: 1, unchanged: 0, flipped: 2, moved: 0 })
    expect(body.flipped[0]).toMatchObject({
      index: 0,
      target: { subject: 'CN=www.example.test' },
      before: { valid: false, outcome: 'refused', problem: { code: 'trust-store-not-found' } },
      after: { valid: true, problem: null }
    })
  })

  it('adds to an uploaded store as the change itself would', async () => {
    const fingerprint = (await api.put('/trust-stores/mine?dryRun=true', old.pem)).body.changes.added[0].fingerprint
    await api.putJson('/trust-stores/mine', {
      certificates: old.pem,
      constraints: { [fingerprint]: { purposes: ['clientAuth'] } }
    })
    const asked = { ...both, trustStores: ['mine'], purpose: 'serverAuth' }
    const { body } = await rehearse('mine', { certificates: next.pem, mode: 'add', requests: [asked] })
    expect(body.flipped).toMatchObject([
      { before: { valid: false }, after: { valid: true, trustAnchor: { subject: 'CN=New Root' } } }
    ])
    const freed = { ...short, trustStores: ['mine'], purpose: 'serverAuth' }
    const other = await rehearse('mine', { certificates: next.pem, mode: 'add', requests: [freed] })
    expect(other.body.counts).toMatchObject({ unchanged: 1 })
    const replaced = await rehearse('mine', { certificates: old.pem, requests: [freed] })
    expect(replaced.body.counts).toMatchObject({ flipped: 1 })
    expect(replaced.body.changes.constrained).toMatchObject([{ subject: 'CN=Old Root' }])
  })

  it('holds the proposed constraints against the requests', async () => {
    const { body } = await rehearse('system', {
      certificates: old.pem,
      constraints: { '*': { distrustAfter: '2024-01-01T00:00:00Z' } },
      requests: [short]
    })
    expect(body.flipped).toMatchObject([{ index: 0, after: { valid: false, errors: [{ code: 'distrusted' }] } }])
  })

  it('rehearses nothing with a store that could not be uploaded', async () => {
    const answer = await rehearse('system', { certificates: leaf.pem, requests: [short] })
    expect([answer.status, answer.body.code]).toEqual([422, 'certificate-not-ca'])
    expect((await rehearse('system', { certificates: leaf.pem, allowEndEntity: true })).status).toBe(200)
  })

  it('tells what is wrong with a request, and where', async () => {
    const answer = await rehearse('system', { certificates: old.pem, requests: [short, { chain: '', hostName: 'x' }] })
    expect([answer.status, answer.body.errors]).toMatchObject([
      400,
      [{ pointer: '/requests/1/hostName', code: 'field-unknown' }]
    ])
    const none = await rehearse('system', { certificates: old.pem, requests: [3] })
    expect(none.body.errors).toMatchObject([{ pointer: '/requests/0' }])
    const refused = await rehearse('system', { certificates: next.pem, requests: [{ chain: 'x' }] })
    expect(refused.body.counts).toMatchObject({ unchanged: 1 })
  })

  it('is bounded', async () => {
    const many = await rehearse('system', { certificates: old.pem, requests: Array(11).fill({ chain: 'x' }) })
    expect([many.status, many.body.code]).toEqual([413, 'body-too-large'])
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => rehearse('system', { certificates: next.pem, requests: Array(10).fill(both) }))
    )
    const busy = answers.filter(({ status }) => status === 503)
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2)
    for (const { body, headers } of busy) expect([body.code, headers['retry-after']]).toEqual(['overloaded', '5'])
    const pem = await request(api.app.server)
      .post('/trust-stores/system/rehearse')
      .set('content-type', 'text/plain')
      .send(old.pem)
    expect(pem.status).toBe(415)
  })
})

describe('a rehearsal beside too many validations', () => {
  it('waits for its turn, and calls no verdict flipped for it', async () => {
    turnAway = 2
    const { body } = await rehearse('system', { certificates: old.pem, requests: [short] })
    expect(body.counts).toMatchObject({ rehearsed: 1, unchanged: 1, flipped: 0 })
  })

  it('gives up when there is none', async () => {
    turnAway = 1_000
    const { status, body, headers } = await rehearse('system', { certificates: old.pem, requests: [short] })
    turnAway = 0
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'overloaded', '5'])
  })
})

describe('remembered requests', () => {
  const ask = () =>
    rehearse('system', { certificates: next.pem, remembered: true }).set('authorization', `Bearer ${token}`)

  it('are rehearsed, the last distinct ones, for who has a token', async () => {
    for (const hostname of ['a.example', 'b.example', 'www.example.test', 'www.example.test'])
      await post({ ...short, hostname })
    await post({ chain: 'nothing' })
    await post({ ...both, trustStores: ['files'] })
    const { body } = await ask()
    expect(body.counts).toEqual({ rehearsed: 3, unaffected: 1, unchanged: 0, flipped: 1, moved: 1 })
    expect(body.flipped).toMatchObject([
      { remembered: expect.stringMatching(/^[0-9a-f]{16}$/), target: { subject: 'CN=www.example.test' } }
    ])
    expect(body.flipped[0].index).toBeUndefined()
  })

  it('are shown to nobody else', async () => {
    const answer = await rehearse('system', { certificates: next.pem, remembered: true })
    expect([answer.status, answer.body.code]).toEqual([401, 'not-authenticated'])
  })
})
