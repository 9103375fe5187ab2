import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, createClient, ProblemError } from '#dist/client/index.js'
import { exampleRequest, exampleVerdict } from '#dist/http/schemas/example.js'
import { root } from '../support/authority.ts'
import { type RunningService, startService } from '../support/service.ts'

const token = 'a-token-of-the-client-tests'
const one = root('Root One')
const two = root('Root Two')

let service: RunningService
let vidimus: Client
let stranger: Client
beforeAll(async () => {
  service = await startService({ ADMIN_TOKENS: `deploy=${token}` })
  vidimus = createClient({ url: service.url, token })
  stranger = createClient({ url: `${service.url}/` })
})
afterAll(() => service.stop())

/** The problem that a call ends with. */
const problemOf = async (call: Promise<unknown>): Promise<ProblemError> => {
  const error = await call.catch((caught: unknown) => caught)
  if (error instanceof ProblemError) return error
  throw new Error('no problem was thrown', { cause: error })
}

describe('the client', () => {
  it('validates', async () => {
    expect(await vidimus.validate(exampleRequest)).toEqual(exampleVerdict)
    const refused = await vidimus.validate({ ...exampleRequest, hostname: 'api.example.com' })
    expect(refused.valid).toBe(false)
    expect(refused.errors.map(({ code, certificate }) => [code, certificate])).toEqual([['hostname-mismatch', 0]])
  })

  it('throws what the service says of a request that it refuses', async () => {
    const wrong = { ...exampleRequest, clockSkew: -1 }
    const problem = await problemOf(vidimus.validate(wrong))
    expect(problem).toMatchObject({ name: 'ProblemError', status: 400, code: 'field-invalid', retryAfter: undefined })
    expect(problem.errors).toEqual([{ pointer: '/clockSkew', code: 'field-invalid', detail: problem.message }])
    expect(problem.requestId).toMatch(/./)
  })

  it('inspects, and puts a chain right', async () => {
    const { items } = await vidimus.inspect([exampleRequest.chain, exampleRequest.caBundle])
    expect(items.map(({ type }) => type)).toEqual(['certificate', 'certificate'])
    const [leaf] = items
    expect(leaf?.type === 'certificate' && leaf.subject).toBe('CN=www.example.com')
    const { chain, complete } = await vidimus.repairChain(exampleRequest)
    expect([chain.includes(exampleRequest.chain.trim()), complete]).toEqual([true, true])
  })

  it('explains codes', async () => {
    const listed = await vidimus.errors.list()
    expect(listed.find(({ code }) => code === 'expired')?.title).toBe('The certificate has expired')
    const { reference, check } = await vidimus.errors.get('expired')
    expect(reference).toBe('RFC 5280 §6.1.3 (a)(2)')
    expect(check?.command).toBe('openssl x509 -in cert.pem -noout -dates')
    expect((await problemOf(vidimus.errors.get('no-such-code'))).code).toBe('not-found')
  })

  it('gives certificates in other forms', async () => {
    const both = [one.pem, two.pem]
    expect(Buffer.from(await vidimus.convert(both, 'pem')).toString()).toBe(one.pem + two.pem)
    expect(await vidimus.convert(one.pem, 'der')).toEqual(new Uint8Array(one.der))
    const message = await vidimus.convert(both, 'pkcs7')
    const { items } = await vidimus.inspect([Buffer.from(message).toString('base64')])
    expect(items.map((item) => item.type === 'certificate' && item.subject)).toEqual(['CN=Root One', 'CN=Root Two'])
    expect(await problemOf(vidimus.convert(both, 'der'))).toMatchObject({ status: 422, code: 'field-invalid' })
  })

  it('tells how the service is', async () => {
    expect((await vidimus.health.live()).status).toBe('ok')
    expect((await vidimus.health.ready()).status).toBe('ok')
  })
})

describe('trust stores with the client', () => {
  it('are made, read, changed, listed, reverted and deleted, each change by the tag of the one before', async () => {
    const { trustStores } = vidimus
    const made = await trustStores.put('clients', { certificates: one.pem }, { ifNoneMatch: '*' })
    expect(made).toMatchObject({ name: 'clients', version: '1', result: 'changed', counts: { x509: 1 } })
    expect(made.etag).toMatch(/^"/)
    const changed = await trustStores.put('clients', { certificates: two.pem }, { mode: 'add', ifMatch: made.etag })
    expect(changed.counts.x509).toBe(2)

    const lost = await problemOf(trustStores.delete('clients', { ifMatch: made.etag }))
    expect([lost.status, lost.code]).toEqual([412, 'precondition-failed'])

    const read = await trustStores.get('clients', { limit: 1 })
    expect([read.anchors.length, read.next]).toEqual([1, 1])
    expect(await trustStores.get('clients', { limit: 1, ifNoneMatch: read.etag ?? '' })).toBeUndefined()
    expect((await trustStores.pem('clients')).match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect((await trustStores.list()).map(({ name }) => name)).toContain('clients')

    expect((await trustStores.versions('clients', { limit: 1 })).versions).toMatchObject([
      { version: '2', by: 'deploy' }
    ])
    expect((await trustStores.version('clients', 1)).anchors).toHaveLength(1)
    const reverted = await trustStores.revert('clients', '1', { ifMatch: changed.etag })
    expect([reverted.version, reverted.counts.x509]).toEqual(['3', 1])
    const gone = await trustStores.delete('clients', { ifMatch: reverted.etag })
    expect([gone.version, gone.etag]).toEqual(['4', undefined])
    expect(await problemOf(trustStores.get('clients'))).toMatchObject({ status: 404, code: 'trust-store-not-found' })
  })

  it('are rehearsed and planned without a token, and not changed', async () => {
    const upload = { certificates: exampleRequest.caBundle }
    const { caBundle: _, ...request } = exampleRequest
    const report = await stranger.trustStores.rehearse('planned', {
      ...upload,
      requests: [{ ...request, trustStores: ['planned'] }]
    })
    expect(report.flipped.map(({ index, after }) => [index, after.valid])).toEqual([[0, true]])
    expect((await stranger.trustStores.put('planned', upload, { dryRun: true })).result).toBe('planned')
    expect(await problemOf(stranger.trustStores.put('planned', upload))).toMatchObject({
      status: 401,
      code: 'not-authenticated'
    })
  })

  it('have names that lead nowhere else', async () => {
    expect((await problemOf(vidimus.trustStores.get('a/../../health/live'))).code).toBe('field-invalid')
    await expect(vidimus.trustStores.get('..')).rejects.toThrow('".." cannot stand in a path as name')
  })
})
