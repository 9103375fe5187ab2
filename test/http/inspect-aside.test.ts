import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { intermediate, pemOf, root, server } from '../support/authority.ts'
import { crlOf } from '../support/crls.ts'
import { describeWith } from '../support/engines.ts'
import { good, ocspResponseOf, revoked } from '../support/ocsp.ts'
import { type TestApp, testApp } from '../support/service-app.ts'

let test: TestApp
beforeAll(async () => {
  test = await testApp()
})
afterAll(() => test.app.close())

const ask = (body: string | Uint8Array, accept = 'application/json', type = 'application/x-pem-file') =>
  test.app.inject({
    method: 'POST',
    url: '/inspect',
    headers: { 'content-type': type, accept },
    payload: Buffer.from(body)
  })

const ca = root()
const leaf = server(ca, 'www.example.test', { serialNumber: 5n })

describe('an OCSP response', () => {
  const der = ocspResponseOf({
    issuer: ca,
    singles: [
      { serialNumber: 9n, status: revoked('20251201000000', 1) },
      { serialNumber: 5n, status: good }
    ],
    certificates: [leaf]
  })

  it('is told with its answers in their order', async () => {
    const answer = await ask(der, undefined, 'application/pkix-cert')
    expect(answer.json().items).toMatchObject([
      {
        type: 'ocsp-response',
        status: 'successful',
        responder: { name: 'CN=Test Root', keyHash: null },
        signatureAlgorithm: 'ecdsa-with-SHA256',
        answerCount: 2,
        answers: [
          {
            serialNumber: '09',
            status: 'revoked',
            revokedAt: '2025-12-01T00:00:00Z',
            revocationReason: 'keyCompromise'
          },
          { serialNumber: '05', status: 'good', revokedAt: null, revocationReason: null, reason: null }
        ],
        certificates: [{ subject: 'CN=www.example.test' }],
        faults: [],
        place: { element: null, line: null }
      }
    ])
  })

  it('that is cut short is told to be unreadable', async () => {
    const answer = await ask(pemOf(Uint8Array.of(0x30, 0x03, 0x0a, 1, 9), 'OCSP RESPONSE'))
    expect(answer.json().items).toMatchObject([{ type: 'unreadable', object: 'ocsp-response', place: { line: 1 } }])
  })
})

describeWith('openssl', 'requests and forms, as OpenSSL has them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const openssl = (parameters: readonly string[], input: string | Uint8Array = ''): Buffer =>
    execFileSync('openssl', parameters, { cwd: folder, input, stdio: ['pipe', 'pipe', 'ignore'] })

  it('tells a request, whom it is for, and that its key has signed it', async () => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem']
    const pem = openssl([
      'req',
      '-new',
      ...key,
      '-subj',
      '/CN=a.test',
      '-addext',
      'subjectAltName=DNS:a.test'
    ]).toString()
    const [item] = (await ask(pem)).json().items
    expect(item).toMatchObject({
      type: 'certificate-request',
      version: 1,
      subject: 'CN=a.test',
      publicKey: { algorithm: 'P-256', bits: 256, strength: 128 },
      signatureAlgorithm: 'ecdsa-with-SHA256',
      selfSignatureValid: true,
      attributes: ['extensionRequest'],
      extensions: [{ name: 'subjectAltName', value: [{ type: 'dns', value: 'a.test' }] }]
    })
    const der = openssl(['req', '-outform', 'DER'], pem)
    const last = der.length - 1
    der[last] = (der[last] ?? 0) ^ 1
    expect((await ask(der, undefined, 'application/pkix-cert')).json().items).toMatchObject([
      { selfSignatureValid: false }
    ])
  })

  it('turns PEM to DER and back', async () => {
    const der = await ask(`text\n${leaf.pem}`, 'application/pkix-cert')
    expect(der.headers['content-type']).toBe('application/pkix-cert')
    expect(der.rawPayload).toEqual(openssl(['x509', '-outform', 'DER'], leaf.pem))
    const pem = await ask(der.rawPayload, 'application/x-pem-file', 'application/pkix-cert')
    expect(pem.body).toBe(openssl(['x509', '-inform', 'DER'], der.rawPayload).toString())
  })

  it('turns PEM to PKCS#7 and back, in its order', async () => {
    const crl = pemOf(crlOf({ issuer: ca }), 'X509 CRL')
    const key = leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const issuing = intermediate(ca)
    const message = await ask(leaf.pem + key + crl + issuing.pem, 'application/pkcs7-mime')
    expect(message.headers['content-type']).toBe('application/pkcs7-mime; smime-type=certs-only')
    const text = openssl(['pkcs7', '-inform', 'DER', '-print_certs'], message.rawPayload).toString()
    const blocks = (text.match(/-----BEGIN [\s\S]*?-----END [A-Z0-9 ]+-----\n/g) ?? []).join('')
    expect(blocks).toBe(leaf.pem + issuing.pem + crl)
    const back = await ask(message.rawPayload, 'application/pem-certificate-chain', 'application/pkcs7-mime')
    expect(back.body).toBe(blocks)
  })

  it.each([
    ['DER of two certificates', ca.pem + leaf.pem, 'application/pkix-cert', 'field-invalid', /there are 2/],
    ['DER of none', pemOf(crlOf({ issuer: ca }), 'X509 CRL'), 'application/pkix-cert', 'chain-empty', /no certificate/],
    ['what cannot be read', leaf.pem + leaf.pem.replace('M', '!'), 'application/x-pem-file', 'pem-malformed', /base64/]
  ])('refuses %s', async (_, body, accept, code, detail) => {
    const answer = await ask(body, accept)
    expect([answer.statusCode, answer.json().code]).toEqual([422, code])
    expect(answer.json().detail).toMatch(detail)
  })
})
