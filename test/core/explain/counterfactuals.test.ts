import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAnchors } from '#dist/core/decode/input/read-anchors.js'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import type { ValidationRequest } from '#dist/core/model/request.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import { validate } from '#dist/core/validate.js'
import { type Issued, intermediate, issue, root, server } from '../../support/authority.ts'
import { withChange } from '../../support/counterfactual.ts'
import { emptyStore, type TestApp, testApp } from '../../support/service-app.ts'
import { testTime } from '../../support/verdicts.ts'

const pem = (...certificates: readonly Issued[]): string => certificates.map((each) => each.pem).join('')
const ca = root('Example CA')
const issuing = intermediate(ca, 'Example Issuing CA')
const leaf = server(issuing, 'www.example.com')
const other = root('Other CA')

/** A store of the service that requests here do not ask unless they name it. */
const corporate = trustStore({
  name: 'corporate',
  version: null,
  anchors: readAnchors(Buffer.from(pem(other, issuing)), 'trustStore:corporate').anchors
})

type Asked = ValidationRequest<string>

describe('what would make a chain valid', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await testApp({ validate, stores: [emptyStore('system'), corporate] })
  })
  afterAll(() => test.app.close())

  const ask = async (request: object): Promise<Verdict> => {
    const answer = await test.app.inject({ method: 'POST', url: '/validate', payload: { time: testTime, ...request } })
    expect(answer.statusCode).toBe(200)
    return answer.json<Verdict>()
  }

  /** Every change that is told makes it valid, and the first is `expected`. */
  const proven = async (request: Asked, expected: object): Promise<void> => {
    const { valid, wouldBeValid = [] } = await ask({ ...request, explain: 'all' })
    expect(valid).toBe(false)
    expect(wouldBeValid[0]).toMatchObject(expected)
    for (const change of wouldBeValid) {
      expect(await ask(withChange({ time: testTime, ...request }, change))).toMatchObject({ valid: true })
    }
  }

  it.each<[string, Asked, object]>([
    [
      'another time',
      { chain: pem(server(ca, 'a.test', { notAfter: '260101000000' })), caBundle: ca.pem },
      {
        changes: [{ kind: 'time', message: 'Validate at 2026-01-01T00:00:00Z.' }],
        set: { time: '2026-01-01T00:00:00Z' }
      }
    ],
    [
      'another name of the certificate',
      { chain: pem(leaf, issuing), caBundle: ca.pem, hostname: 'example.com' },
      { changes: [{ kind: 'name' }], set: { hostname: 'www.example.com' } }
    ],
    [
      'another purpose',
      { chain: pem(leaf, issuing), caBundle: ca.pem, purpose: 'clientAuth' },
      { changes: [{ kind: 'purpose' }], set: { purpose: 'serverAuth' } }
    ],
    [
      'the root that would have to be trusted',
      { chain: pem(leaf, issuing, ca), caBundle: root('Nobody').pem },
      { changes: [{ kind: 'trust', message: 'Trust CN=Example CA.' }], set: {}, add: { caBundle: ca.pem } }
    ],
    [
      'a trust store of the service that has the root',
      { chain: pem(server(other, 'a.test')), trustStores: ['system'] },
      { changes: [{ kind: 'trustStore' }], set: { trustStores: ['system', 'corporate'] } }
    ],
    [
      'the missing intermediate, from a trust store',
      { chain: leaf.pem, caBundle: ca.pem },
      { changes: [{ kind: 'intermediate' }], set: {}, add: { intermediates: issuing.pem } }
    ],
    [
      'a self-signed certificate itself',
      { chain: issue({ subject: 'a.test' }).pem, trustStores: ['system'] },
      { changes: [{ kind: 'trust' }], set: {}, add: { caBundle: expect.stringContaining('BEGIN CERTIFICATE') } }
    ],
    [
      'several of these together',
      {
        chain: pem(server(issuing, 'a.test', { notAfter: '260101000000' }), issuing, ca),
        caBundle: root('Nobody').pem,
        hostname: 'b.test'
      },
      { set: { hostname: 'a.test', time: '2026-01-01T00:00:00Z' }, add: { caBundle: ca.pem } }
    ]
  ])('is %s, and with it the chain is valid', async (_what, request, expected) => {
    await proven(request, expected)
  })

  it('is nothing where only another certificate helps, and nothing is said of a valid chain', async () => {
    const notCa = server(ca, 'first.test')
    const broken = await ask({ chain: pem(server(notCa, 'a.test'), notCa), caBundle: ca.pem, explain: 'all' })
    expect(broken).toMatchObject({ valid: false, wouldBeValid: [] })
    const good = await ask({ chain: pem(leaf, issuing), caBundle: ca.pem, explain: 'all' })
    expect(good.valid).toBe(true)
    expect(good).not.toHaveProperty('wouldBeValid')
  })

  it('tells an outsider nothing of CAs and stores', async () => {
    const client = { audience: 'client', explain: 'all' }
    const untrusted = await ask({ chain: pem(leaf, issuing, ca), trustStores: ['system'], ...client })
    expect(untrusted.wouldBeValid).toEqual([])
    const late = await ask({ chain: pem(leaf, issuing), caBundle: ca.pem, time: '2040-01-01T00:00:00Z', ...client })
    expect(late.wouldBeValid).toMatchObject([{ changes: [{ kind: 'time' }] }])
    expect(late.timeline?.ends).toEqual({ code: 'expired', message: 'The certificate has expired.', certificate: null })
    expect(JSON.stringify([untrusted, late])).not.toContain('Example')
  })
})
