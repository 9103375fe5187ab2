import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Issued, root, server } from '../support/authority.ts'
import { crlOf } from '../support/crls.ts'
import { type EvidenceServer, evidenceServer } from '../support/evidence-server.ts'
import { fetchingApp } from '../support/fetching-app.ts'
import { authorityInfoAccess, crlDistributionPoints } from '../support/locations.ts'
import { nonce, ocspResponseOf, type ResponseSpec, responseWith, revoked } from '../support/ocsp.ts'
import { generalizedDigits, hour, utcDigits } from '../support/times.ts'
import { errorsOf, warningsOf } from '../support/verdicts.ts'

let files: EvidenceServer

beforeEach(async () => {
  files = await evidenceServer()
})
afterEach(() => files.close())

const ca = root()
const stranger = root('Stranger')
const serialNumber = 77n

const leafAt = (responders: readonly string[], crls: readonly string[] = []): Issued =>
  server(ca, 'www.example.test', {
    serialNumber,
    extensions: [authorityInfoAccess({ ocsp: responders }), ...(crls.length === 0 ? [] : [crlDistributionPoints(crls)])]
  })

const currentResponse = (spec: Partial<ResponseSpec> = {}, single: object = {}): Uint8Array => {
  const times = { thisUpdate: generalizedDigits(-hour), nextUpdate: generalizedDigits(hour) }
  return ocspResponseOf({
    issuer: ca,
    producedAt: generalizedDigits(-hour),
    singles: [{ serialNumber, ...times, ...single }],
    ...spec
  })
}

/** Answers every request below `/ocsp`, whatever it asks. */
const responder = (serve: Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void)): string => {
  files.otherwise = (request, response) => {
    if (typeof serve === 'function') serve(request, response)
    else response.end(serve)
  }
  return `${files.url}/ocsp`
}

const requiring = (leaf: Issued) =>
  ({ chain: leaf.pem, caBundle: ca.pem, revocation: { mode: 'require', fetch: true } }) as const

describe('responders that a certificate names (RFC 6960 appendix A.1)', () => {
  it('are asked by GET, once, and the response serves as long as it is current', async () => {
    const { ask } = await fetchingApp()
    const url = responder(currentResponse())
    const request = requiring(leafAt([url]))
    const verdict = await ask(request)
    expect([verdict.outcome, verdict.errors, verdict.warnings]).toEqual(['valid', [], []])
    expect(verdict.fetches).toEqual([{ url, kind: 'ocsp', outcome: 'fetched' }])
    const again = await ask(request)
    expect([again.outcome, again.fetches]).toEqual(['valid', undefined])
    expect(files.asked).toHaveLength(1)
    expect(files.asked[0]).toMatch(/^GET \/ocsp\/MH[\w%]+$/)
  })

  it('are asked by POST where the URL would be long, and where they take nothing else', async () => {
    const { ask } = await fetchingApp()
    const url = responder((request, response) => {
      if (request.method === 'POST') response.end(currentResponse())
      else response.writeHead(405).end()
    })
    expect((await ask(requiring(leafAt([url])))).outcome).toBe('valid')
    expect(files.asked.map((asked) => asked.slice(0, 10))).toEqual(['GET /ocsp/', 'POST /ocsp'])
    const long = `${url}/${'a'.repeat(150)}`
    expect((await ask(requiring(leafAt([long])))).outcome).toBe('valid')
    expect(files.asked.slice(2).map((asked) => asked.slice(0, 10))).toEqual(['POST /ocsp'])
  })

  it('revoke', async () => {
    const { ask } = await fetchingApp()
    const url = responder(currentResponse({}, { status: revoked(generalizedDigits(-hour), 1) }))
    const verdict = await ask(requiring(leafAt([url])))
    expect([verdict.outcome, errorsOf(verdict)]).toEqual(['invalid', [['revoked', 0]]])
    expect(verdict.errors[0]?.details).toMatchObject({ source: `fetched:${url}`, reason: 'keyCompromise' })
  })

  it('spare the CRL where they answer, and leave it to that where they do not', async () => {
    const { ask } = await fetchingApp()
    const crl = crlOf({ issuer: ca, thisUpdate: utcDigits(-hour), nextUpdate: utcDigits(hour) })
    files.files.set('/ca.crl', crl)
    const url = responder(currentResponse())
    expect((await ask(requiring(leafAt([url], [`${files.url}/ca.crl`])))).outcome).toBe('valid')
    expect(files.asked.filter((asked) => asked.includes('crl'))).toEqual([])
    const other = await fetchingApp()
    responder(responseWith(3))
    const verdict = await other.ask(requiring(leafAt([url], [`${files.url}/ca.crl`])))
    expect(verdict.outcome).toBe('valid')
    expect(verdict.fetches).toEqual([
      { url, kind: 'ocsp', outcome: 'failed', reason: 'answers with the OCSP status tryLater' },
      { url: `${files.url}/ca.crl`, kind: 'crl', outcome: 'fetched' }
    ])
  })

  it('that hang do not hold up the CRL', async () => {
    const { ask } = await fetchingApp()
    files.files.set('/ca.crl', crlOf({ issuer: ca, thisUpdate: utcDigits(-hour), nextUpdate: utcDigits(hour) }))
    const url = responder(() => undefined)
    const start = performance.now()
    const verdict = await ask(requiring(leafAt([url], [`${files.url}/ca.crl`])))
    expect(verdict.outcome).toBe('valid')
    expect(performance.now() - start).toBeLessThan(2_500)
  })

  it('echo the nonce, or leave it out; with another one they are not believed', async () => {
    const nonceOf = (request: IncomingMessage): Buffer => {
      const encoded = decodeURIComponent(request.url?.replace('/ocsp/', '') ?? '')
      return Buffer.from(encoded, 'base64').subarray(-32)
    }
    const url = responder((request, response) => {
      response.end(currentResponse({ extensions: [nonce(nonceOf(request))] }))
    })
    const echoed = await (await fetchingApp()).ask(requiring(leafAt([url])))
    expect([echoed.outcome, files.asked.length]).toEqual(['valid', 1])
    responder(currentResponse({ extensions: [nonce(Buffer.alloc(32))] }))
    const replayed = await (await fetchingApp()).ask(requiring(leafAt([url])))
    expect([replayed.outcome, errorsOf(replayed)]).toEqual(['indeterminate', [['revocation-unreachable', 0]]])
    expect(replayed.fetches).toEqual([
      { url, kind: 'ocsp', outcome: 'failed', reason: 'answers with the nonce of another request' }
    ])
    const without = await (await fetchingApp({ ocspNonce: false })).ask(requiring(leafAt([url])))
    expect(without.outcome).toBe('valid')
  })
})

describe('responders that are wrong leave the verdict open', () => {
  it.each([
    [
      'answers for another certificate',
      () => currentResponse({}, { serialNumber: 78n }),
      'revocation-unknown',
      undefined
    ],
    [
      'answers for the same number of another CA',
      () => currentResponse({}, { issuer: root('Other') }),
      'revocation-unknown',
      undefined
    ],
    [
      'signs with the wrong key',
      () => currentResponse({ key: root().key }),
      'revocation-unknown',
      'ocsp-response-invalid'
    ],
    [
      'is somebody who may not',
      () => currentResponse({ signer: stranger, certificates: [stranger] }),
      'revocation-unknown',
      'ocsp-responder-not-authorized'
    ],
    [
      'is stale',
      () => currentResponse({}, { thisUpdate: generalizedDigits(-2 * hour), nextUpdate: generalizedDigits(-hour) }),
      'revocation-stale',
      undefined
    ],
    [
      'answers for a time to come',
      () => currentResponse({}, { thisUpdate: generalizedDigits(hour), nextUpdate: generalizedDigits(2 * hour) }),
      'revocation-stale',
      undefined
    ],
    ['declines', () => responseWith(6), 'revocation-unreachable', undefined],
    ['answers HTML', () => Buffer.from('<!doctype html>'), 'revocation-unreachable', undefined]
  ])('one that %s', async (_fault, response, code, beside) => {
    const { ask } = await fetchingApp()
    const url = responder(response())
    const verdict = await ask(requiring(leafAt([url])))
    expect([verdict.outcome, errorsOf(verdict)]).toEqual(['indeterminate', [[code, 0]]])
    if (beside !== undefined) expect(warningsOf(verdict)).toContainEqual([beside, 0])
    expect(files.asked).toHaveLength(1)
  })

  it('one that answers without end', async () => {
    const { ask } = await fetchingApp()
    const url = responder((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      }
      response.on('drain', more)
      more()
    })
    const verdict = await ask(requiring(leafAt([url])))
    expect([verdict.outcome, errorsOf(verdict)]).toEqual(['indeterminate', [['revocation-unreachable', 0]]])
    expect(verdict.fetches?.[0]?.reason).toBe('answers with more than 131072 bytes')
  })
})
