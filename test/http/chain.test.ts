import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChainChange, RepairedChain } from '#dist/core/model/chain.js'
import { validate } from '#dist/core/validate.js'
import { type Issued, intermediate, issue, pemOf, root, server } from '../support/authority.ts'
import { type TestApp, testApp } from '../support/service-app.ts'

let test: TestApp
beforeAll(async () => {
  test = await testApp({ validate })
})
afterAll(() => test.app.close())

const ca = root()
const top = intermediate(ca, 'Top')
const low = intermediate(top, 'Low')
const leaf = server(low)
const stranger = root('Stranger')

const pem = (...certificates: readonly Issued[]): string => certificates.map((each) => each.pem).join('')
const keyPem = ({ key }: Issued): string => key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

interface Sent {
  readonly body: string | Uint8Array
  readonly type?: string
  readonly accept?: string
  readonly query?: string
}

const send = ({ body, type = 'application/json', accept, query = '' }: Sent) =>
  test.app.inject({
    method: 'POST',
    url: `/chain${query}`,
    headers: { 'content-type': type, ...(accept === undefined ? {} : { accept }) },
    payload: Buffer.from(body)
  })

const repair = async (request: object): Promise<RepairedChain> => {
  const answer = await send({ body: JSON.stringify({ caBundle: ca.pem, ...request }) })
  expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([200, expect.any(String)])
  return answer.json<RepairedChain>()
}

const told = (changes: readonly ChainChange[]) =>
  changes.map(({ action, reason, from, to, certificate }) => [
    action,
    reason,
    certificate?.subject ?? null,
    certificate?.source ?? null,
    from,
    to
  ])

describe('POST /chain', () => {
  it('leaves a chain that is right as it came', async () => {
    const repaired = await repair({ chain: pem(leaf, low, top) })
    expect(repaired).toMatchObject({ chain: pem(leaf, low, top), complete: true, changes: [] })
    expect(repaired.verdict).toMatchObject({ valid: true, trustAnchor: { subject: 'CN=Test Root' } })
    expect(repaired.certificates.map(({ subject, source }) => [subject, source])).toEqual([
      ['CN=www.example.test', 'chain[0]'],
      ['CN=Low', 'chain[1]'],
      ['CN=Top', 'chain[2]']
    ])
  })

  it('puts the end entity first, wherever it stood, and the others above it in their order', async () => {
    const repaired = await repair({ chain: pem(ca, top, low, leaf) })
    expect(repaired.chain).toBe(pem(leaf, low, top))
    expect(repaired.complete).toBe(true)
    expect(told(repaired.changes)).toEqual([
      ['moved', null, 'CN=www.example.test', 'chain[3]', 3, 0],
      ['moved', null, 'CN=Top', 'chain[1]', 1, 2],
      ['removed', 'root', 'CN=Test Root', 'chain[0]', 0, null]
    ])
    expect(repaired.verdict.path.map(({ source }) => source)).toEqual([
      'chain[0]',
      'chain[1]',
      'chain[2]',
      'caBundle[0]'
    ])
  })

  it('names and leaves out duplicates, strangers, roots and what cannot be read', async () => {
    const other = intermediate(stranger, 'Other')
    const again = intermediate(ca, 'Top', { key: top.key })
    const broken = pemOf(Uint8Array.of(0x30, 0x03, 2, 1, 1))
    const repaired = await repair({ chain: pem(leaf, top) + broken + pem(other, low, low, again, ca) })
    expect(repaired.chain).toBe(pem(leaf, low, top))
    expect(told(repaired.changes)).toEqual([
      ['moved', null, 'CN=Low', 'chain[4]', 4, 1],
      ['moved', null, 'CN=Top', 'chain[1]', 1, 2],
      ['removed', 'unreadable', null, null, 2, null],
      ['removed', 'stranger', 'CN=Other', 'chain[3]', 3, null],
      ['removed', 'duplicate', 'CN=Low', 'chain[5]', 5, null],
      ['removed', 'not-needed', 'CN=Top', 'chain[6]', 6, null],
      ['removed', 'root', 'CN=Test Root', 'chain[7]', 7, null]
    ])
    expect(repaired.changes[2]?.message).toMatch(/^chain\[2\] was left out: it cannot be read, for /)
    expect(repaired.changes[4]?.message).toBe('CN=Low (chain[5]) was left out: chain[4] is the same.')
  })

  it('finds what is missing in intermediates, and says from where', async () => {
    const repaired = await repair({ chain: pem(leaf, top), intermediates: pem(stranger, low) })
    expect(repaired).toMatchObject({ chain: pem(leaf, low, top), complete: true, verdict: { valid: true } })
    expect(told(repaired.changes)).toEqual([['added', null, 'CN=Low', 'intermediates[1]', null, 1]])
    expect(repaired.changes[0]?.message).toBe('CN=Low was missing and stands at 1 now; it came from intermediates[1].')
  })

  it('gives the root as well where it is asked for, from the trust store if it was not sent', async () => {
    const repaired = await repair({ chain: pem(leaf, low, top), includeRoot: true })
    expect(repaired.chain).toBe(pem(leaf, low, top, ca))
    expect(told(repaired.changes)).toEqual([['added', null, 'CN=Test Root', 'caBundle[0]', null, 3]])
    const kept = await repair({ chain: pem(leaf, low, top, ca), includeRoot: true })
    expect(kept.changes).toEqual([])
  })

  it('keeps a self-signed certificate that is all there is', async () => {
    expect(await repair({ chain: pem(stranger), caBundle: stranger.pem })).toMatchObject({
      chain: pem(stranger),
      complete: true,
      changes: [],
      verdict: { valid: true }
    })
  })

  it('gives a chain with an issuer missing as far as it goes, and says that it is not complete', async () => {
    const repaired = await repair({ chain: pem(leaf, low, stranger) })
    expect(repaired).toMatchObject({ chain: pem(leaf, low), complete: false, verdict: { outcome: 'invalid' } })
    expect(repaired.verdict.errors.map(({ code, certificate }) => [code, certificate])).toEqual([
      ['issuer-not-found', 1]
    ])
    expect(told(repaired.changes)).toEqual([['removed', 'stranger', 'CN=Stranger', 'chain[2]', 2, null]])
  })

  it('takes no certificate for an issuer that has its name but has not signed', async () => {
    const impostor = intermediate(ca, 'Low', { keyIdentifiers: false })
    const bare = server(low, 'www.example.test', { keyIdentifiers: false })
    const repaired = await repair({ chain: pem(bare, impostor) })
    expect(repaired).toMatchObject({ chain: bare.pem, complete: false })
    expect(told(repaired.changes)).toEqual([['removed', 'not-needed', 'CN=Low', 'chain[1]', 1, null]])
  })

  it('validates what it gives back by itself: what was sent beside the chain proves nothing then', async () => {
    const repaired = await repair({ chain: pem(leaf, top), intermediates: low.pem, hostname: 'other.test' })
    expect(repaired.complete).toBe(true)
    expect(repaired.verdict.errors.map(({ code }) => code)).toEqual(['hostname-mismatch'])
    expect(repaired.verdict.path.map(({ source }) => source)).toEqual([
      'chain[0]',
      'chain[1]',
      'chain[2]',
      'caBundle[0]'
    ])
  })
})

describe('the end entity', () => {
  it('is the certificate that the private key belongs to, and nothing of the key is told but its place', async () => {
    const second = server(low, 'second.test')
    const chain = `${pem(leaf)}${keyPem(second)}${pem(second, low, top)}`
    const repaired = await repair({ chain: ['', chain] })
    expect(repaired.chain).toBe(pem(second, low, top))
    expect(repaired.privateKey).toEqual({
      matches: true,
      precedesCertificate: false,
      encrypted: false,
      element: 1,
      line: leaf.pem.split('\n').length
    })
    expect(told(repaired.changes)).toEqual([['removed', 'stranger', 'CN=www.example.test', 'chain[0]', 0, null]])
    expect(JSON.stringify(repaired)).not.toContain('PRIVATE')
    expect(JSON.stringify(repaired)).not.toContain(keyPem(second).slice(60, 90))
  })

  it('is the first where the key belongs to none, and of an encrypted key nothing is said', async () => {
    const none = keyPem(stranger)
    expect((await repair({ chain: none + pem(leaf, low, top) })).privateKey).toMatchObject({
      matches: false,
      precedesCertificate: true,
      line: 1
    })
    const locked = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }
    }).privateKey
    expect((await repair({ chain: pem(leaf, low, top) + locked })).privateKey).toMatchObject({
      matches: null,
      encrypted: true
    })
  })

  it('is the first that is no CA where the first is one, and among CAs the one that has issued none of the others', async () => {
    const lone = issue({ subject: 'lone', issuer: stranger })
    expect((await repair({ chain: pem(top, lone, leaf, low) })).chain).toBe(pem(leaf, low, top))
    expect((await repair({ chain: pem(ca, top, low) })).chain).toBe(pem(low, top))
    expect((await repair({ chain: pem(ca, leaf), intermediates: pem(low, top) })).chain).toBe(pem(leaf, low, top))
  })
})

describe('the forms of a chain', () => {
  const body = pem(low, leaf, top)
  const query = '?trustStores=system'

  it.each(['application/pem-certificate-chain', 'application/x-pem-file'])('is PEM for %s', async (accept) => {
    const answer = await send({ body, type: 'text/plain', accept, query })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': accept,
      'vidimus-complete': 'false',
      'vidimus-outcome': 'invalid',
      'cache-control': 'no-store',
      vary: 'accept'
    })
    expect(answer.body).toBe(pem(leaf, low, top))
  })

  it.each([
    ['application/pkcs7-mime', 'application/pkcs7-mime; smime-type=certs-only'],
    ['application/x-pkcs7-certificates', 'application/x-pkcs7-certificates']
  ])('is a certs-only message for %s, which is taken again', async (accept, type) => {
    const answer = await send({ body, type: 'application/x-pem-file', accept, query })
    expect(answer.headers['content-type']).toBe(type)
    const again = await send({ body: answer.rawPayload, type: 'application/pkcs7-mime', query })
    expect(again.json()).toMatchObject({ chain: pem(leaf, low, top), changes: [] })
  })

  it('is refused for other types, before the body is read', async () => {
    const answer = await send({ body: 'nothing', type: 'text/plain', accept: 'image/png' })
    expect([answer.statusCode, answer.json().code]).toEqual([406, 'not-acceptable'])
  })

  it('is made of a form as well, with the options of its own', async () => {
    const data = new FormData()
    data.append('chain', new File([Buffer.from(leaf.der)], 'leaf.cer'))
    data.append('intermediates', new File([pem(low, top)], 'others.pem'))
    data.append('caBundle', new File([ca.pem], 'ca.pem'))
    data.append('includeRoot', 'true')
    const form = new Request('http://x/', { method: 'POST', body: data })
    const answer = await send({
      body: new Uint8Array(await form.arrayBuffer()),
      type: form.headers.get('content-type') ?? ''
    })
    expect(answer.json()).toMatchObject({ chain: pem(leaf, low, top, ca), complete: true })
  })

  it('takes options of its own in the query string too, and refuses unknown ones', async () => {
    const rooted = await send({ body: pem(leaf, low, top, ca), type: 'text/plain', query: '?includeRoot=true' })
    expect(rooted.json()).toMatchObject({ changes: [] })
    const unknown = await send({ body, type: 'text/plain', query: '?include_root=true' })
    expect([unknown.statusCode, unknown.json().errors]).toEqual([
      400,
      [{ pointer: '/include_root', code: 'field-unknown', detail: expect.stringContaining('"includeRoot"') }]
    ])
  })
})

describe('what is refused', () => {
  it.each([
    [{ chain: 'no certificate!' }, 422, 'pem-malformed'],
    [{ chain: leaf.pem, time: 'yesterday' }, 400, 'field-invalid'],
    [{ chain: leaf.pem, trustStores: ['nowhere'] }, 400, 'trust-store-not-found'],
    [{ chain: leaf.pem, preset: 'x' }, 400, 'field-invalid'],
    [{ chain: Array.from({ length: 2_001 }, () => 'MAA=') }, 413, 'too-many-certificates']
  ])('as /validate refuses it: %#', async (request, status, code) => {
    const answer = await send({ body: JSON.stringify(request) })
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })
})

describe('for an outsider', () => {
  it('says neither where certificates came from nor what is trusted', async () => {
    const repaired = await repair({ chain: pem(leaf, top), intermediates: low.pem, audience: 'client' })
    expect(repaired.certificates.map(({ source }) => source)).toEqual(['chain[0]', null, 'chain[1]'])
    expect(repaired.changes).toMatchObject([
      { certificate: { source: null }, message: 'CN=Low was missing and stands at 1 now.' }
    ])
    expect(repaired.verdict).toMatchObject({ trustAnchor: null, trust: [] })
    expect(JSON.stringify(repaired)).not.toMatch(/intermediates\[|caBundle/)
  })
})
