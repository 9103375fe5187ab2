import { generateKeyPairSync } from 'node:crypto'
import { getCACertificates } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { certificateDescriber } from '#dist/core/inspect/certificate.js'
import { pythonView } from '#dist/core/inspect/python.js'
import { createVerifier } from '#dist/core/match/key/signature.js'
import { Budget, defaultLimits } from '#dist/core/model/limits.js'
import { questioner } from '#dist/core/questionable.js'
import { extension, issue, pemOf, root, server } from '../support/authority.ts'
import {
  crlNumber,
  crlOf,
  deltaIndicator,
  flag,
  fullName,
  issuingDistributionPoint,
  someReasons,
  uri
} from '../support/crls.ts'
import { hexBytes, oid, sequence, tlv } from '../support/der-writer.ts'
import { type TestApp, testApp } from '../support/service-app.ts'

const open: TestApp[] = []
afterEach(async () => {
  for (const { app } of open.splice(0)) await app.close()
})

interface Asked {
  readonly type?: string
  readonly body: string | Uint8Array
  readonly query?: string
}

const ask = async ({ type = 'application/x-pem-file', body, query = '' }: Asked) => {
  const test = await testApp()
  open.push(test)
  const answer = await test.app.inject({
    method: 'POST',
    url: `/inspect${query}`,
    headers: { 'content-type': type },
    payload: Buffer.from(body)
  })
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: answer.json(), test }
}
const itemsOf = async (body: string | Uint8Array, type?: string): Promise<readonly Record<string, unknown>[]> => {
  const answer = await ask({ body, ...(type === undefined ? {} : { type }) })
  expect(answer.status).toBe(200)
  return answer.body.items
}

const ca = root()
const leaf = server(ca)
const described = (der: Uint8Array): unknown => {
  const read = readCertificate(der)
  if (!read.ok) return read.reason
  return {
    ...certificateDescriber(defaultLimits)(read.value),
    python: pythonView(read.value),
    questionable: questioner(defaultLimits, createVerifier(new Budget(defaultLimits)))(read.value)
  }
}
const at = (line: number | null, element: number | null = null) => ({ place: { element, line } })
const keyPem = leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const linesOf = (text: string): number => text.split('\n').length

describe('POST /inspect', () => {
  it('says all that certificates say, in the order of the input, as the core has it', async () => {
    const answer = await ask({ body: `text\n${leaf.pem}${ca.pem}` })
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body).toEqual({
      items: [
        { ...(described(leaf.der) as object), ...at(2) },
        { ...(described(ca.der) as object), ...at(linesOf(leaf.pem) + 1) }
      ]
    })
  })

  it('says the same of the roots of Mozilla’s program, whatever they hold', async () => {
    const roots = getCACertificates('bundled').slice(0, 20)
    const items = await itemsOf(roots.join('\n'))
    const expected = roots.map((pem) => described(Buffer.from(pem.replaceAll(/-----[^-]*-----|\s/g, ''), 'base64')))
    expect(items.map(({ place: _, ...description }) => description)).toEqual(expected)
  })

  it.each([
    ['application/json', JSON.stringify({ chain: leaf.pem }), at(1)],
    ['application/json', JSON.stringify({ chain: [Buffer.from(leaf.der).toString('base64')] }), at(null, 0)],
    ['application/pkix-cert', leaf.der, at(null)],
    ['text/plain', leaf.pem, at(1)]
  ])('takes %s', async (type, body, place) => {
    expect(await itemsOf(body, type)).toMatchObject([{ type: 'certificate', subject: 'CN=www.example.test', ...place }])
  })

  it('takes a form with one file or several', async () => {
    const data = new FormData()
    data.append('chain', new File([Buffer.from(leaf.der)], 'leaf.cer'))
    data.append('chain', new File([ca.pem], 'ca.pem'))
    const request = new Request('http://x/', { method: 'POST', body: data })
    const body = new Uint8Array(await request.arrayBuffer())
    expect(await itemsOf(body, request.headers.get('content-type') ?? '')).toMatchObject([
      { subject: 'CN=www.example.test', ...at(null, 0) },
      { subject: 'CN=Test Root', ...at(1, 1) }
    ])
  })

  it('says what CRLs say', async () => {
    const extensions = [
      crlNumber(258),
      deltaIndicator(1),
      issuingDistributionPoint(fullName(uri('http://a.test/1.crl')), flag(1), someReasons('05 60'))
    ]
    const der = crlOf({ issuer: ca, extensions, entries: [{ serialNumber: 1n }, { serialNumber: 2n }] })
    expect(await itemsOf(pemOf(der, 'X509 CRL'))).toEqual([
      {
        type: 'crl',
        issuer: 'CN=Test Root',
        thisUpdate: '2026-01-01T00:00:00Z',
        nextUpdate: '2026-02-01T00:00:00Z',
        signatureAlgorithm: 'ecdsa-with-SHA256',
        isDelta: true,
        entryCount: 2,
        extensions: [
          { oid: '2.5.29.20', name: 'cRLNumber', critical: false, length: 4, value: '0102' },
          { oid: '2.5.29.27', name: 'deltaCRLIndicator', critical: true, length: 3, value: '01' },
          {
            oid: '2.5.29.28',
            name: 'issuingDistributionPoint',
            critical: true,
            length: expect.any(Number),
            value: {
              names: [{ type: 'uri', value: 'http://a.test/1.crl' }],
              onlyContainsUserCerts: true,
              onlyContainsCACerts: false,
              onlyContainsAttributeCerts: false,
              indirectCRL: false,
              onlySomeReasons: ['keyCompromise', 'cACompromise']
            }
          }
        ],
        faults: [],
        truncated: false,
        ...at(1)
      }
    ])
  })

  it('says what a CRL has wrong with it, and that it has no next update', async () => {
    const der = crlOf({ issuer: ca, nextUpdate: null, extensions: [extension('1.2.3', hexBytes('0500'), true)] })
    expect(await itemsOf(der, 'application/pkix-cert')).toMatchObject([
      { nextUpdate: null, isDelta: false, faults: [{ code: 'crl-invalid' }], ...at(null) }
    ])
  })

  it('says of private keys that they are there and whether they match, and nothing else', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const strange = other.export({ type: 'sec1', format: 'pem' }).toString()
    const locked = other.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }).toString()
    const answer = await ask({ body: keyPem + leaf.pem + strange + locked })
    const lines = [1, linesOf(keyPem), linesOf(keyPem + leaf.pem), linesOf(keyPem + leaf.pem + strange)]
    expect(answer.body.items).toMatchObject([
      { type: 'private-key', label: 'PRIVATE KEY', encrypted: false, matches: true, ...at(1) },
      { type: 'certificate', ...at(lines[1] ?? 0) },
      { type: 'private-key', label: 'EC PRIVATE KEY', encrypted: false, matches: false, ...at(lines[2] ?? 0) },
      { type: 'private-key', label: 'ENCRYPTED PRIVATE KEY', encrypted: true, matches: null, ...at(lines[3] ?? 0) }
    ])
    expect(Object.keys(answer.body.items[0])).toEqual(['type', 'label', 'encrypted', 'matches', 'place'])
    const secrets = [keyPem, strange, locked].flatMap((pem) => pem.split('\n').filter((line) => line.length > 40))
    expect(secrets.length).toBeGreaterThan(3)
    for (const secret of secrets) {
      expect(answer.text).not.toContain(secret)
      expect(JSON.stringify(answer.test.logged)).not.toContain(secret)
    }
  })

  it('compares eight private keys at most, and none where there is no certificate', async () => {
    const items = await itemsOf(leaf.pem + keyPem.repeat(10))
    expect(items.slice(1).map(({ matches }) => matches)).toEqual([...Array(8).fill(true), null, null])
    expect(await itemsOf(keyPem)).toMatchObject([{ type: 'private-key', matches: null }])
  })

  it('tells what cannot be read in its place, and what is not looked into', async () => {
    const block = (label: string) => `-----BEGIN ${label}-----\nMAA=\n-----END ${label}-----\n`
    const broken = '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n'
    const body = block('CERTIFICATE') + block('X509 CRL') + block('DH PARAMETERS') + broken + leaf.pem
    expect(await itemsOf(body)).toMatchObject([
      { type: 'unreadable', object: 'certificate', code: 'certificate-malformed', ...at(1) },
      { type: 'unreadable', object: 'crl', code: 'crl-malformed', ...at(4) },
      { type: 'other', what: 'a PEM block labelled DH PARAMETERS', ...at(7) },
      { type: 'unreadable', object: 'certificate', code: 'pem-malformed', ...at(10) },
      { type: 'certificate', ...at(13) }
    ])
    expect(await itemsOf('hello')).toMatchObject([{ type: 'unreadable', object: 'unknown', code: 'pem-malformed' }])
    expect(await itemsOf('')).toEqual([])
  })

  it('tells what a TRUSTED CERTIFICATE is trusted for', async () => {
    const trusted = sequence(sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.2.3')))
    const rejected = sequence(tlv(0xa0, oid('2.5.29.37.0')))
    const body = [trusted, rejected].map((aux) => pemOf(Buffer.concat([ca.der, aux]), 'TRUSTED CERTIFICATE')).join('')
    expect((await itemsOf(body + pemOf(ca.der, 'TRUSTED CERTIFICATE'))).map(({ trust }) => trust)).toEqual([
      { trusted: ['serverAuth', '1.2.3'], rejected: null },
      { trusted: null, rejected: ['anyExtendedKeyUsage'] },
      undefined
    ])
  })

  it('gives a name from a certificate no chance to be taken for markup', async () => {
    const name = '<script>alert(1)</script>\u202e'
    const answer = await ask({ body: issue({ subject: name }).pem })
    expect(answer.text).not.toMatch(/[<>\u202e]/)
    expect(answer.body.items[0].subject).toContain('script')
  })

  it.each([
    [{ body: JSON.stringify({ chain: 1 }), type: 'application/json' }, 400, 'field-invalid', '/chain'],
    [{ body: '{}', type: 'application/json' }, 400, 'field-invalid', '/chain'],
    [
      { body: JSON.stringify({ chain: '', caBundle: '' }), type: 'application/json' },
      400,
      'field-unknown',
      '/caBundle'
    ],
    [{ body: leaf.pem, query: '?hostname=a' }, 400, 'field-unknown', '/hostname'],
    [{ body: 'x'.repeat(65_537) }, 413, 'body-too-large', undefined],
    [{ body: '-----BEGIN CERTIFICATE-----\n'.repeat(2_001) }, 413, 'too-many-certificates', '/chain'],
    [{ body: leaf.pem, type: 'application/xml' }, 415, 'content-type-unsupported', undefined]
  ])('refuses %j', async (asked, status, code, pointer) => {
    const answer = await ask(asked)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ code, ...(pointer === undefined ? {} : { errors: [{ pointer }] }) })
  })

  it('refuses a form with other parts', async () => {
    const form = async (name: string) => {
      const data = new FormData()
      data.append(name, 'x')
      const request = new Request('http://x/', { method: 'POST', body: data })
      const body = new Uint8Array(await request.arrayBuffer())
      return (await ask({ body, type: request.headers.get('content-type') ?? '' })).body
    }
    expect(await form('caBundle')).toMatchObject({ code: 'field-unknown', errors: [{ pointer: '/caBundle' }] })
  })

  it('takes other methods for what they are', async () => {
    const test = await testApp()
    open.push(test)
    const answer = await test.app.inject({ method: 'GET', url: '/inspect' })
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'POST'])
  })
})
