import { afterEach, describe, expect, it } from 'vitest'
import { type TestApp, testApp, testTime } from '../support/service-app.ts'

const open: TestApp[] = []
const start = async (...parts: Parameters<typeof testApp>): Promise<TestApp> => {
  const app = await testApp(...parts)
  open.push(app)
  return app
}
afterEach(async () => {
  for (const { app } of open.splice(0)) await app.close()
})

/** Lines end as they do in the fields of a form. */
const pem = '-----BEGIN CERTIFICATE-----\r\nAAAA\r\n-----END CERTIFICATE-----\r\n'
const der = Buffer.from([0x30, 0x82, 0x00, 0xff, 0x80])

const form = (parts: readonly (readonly [name: string, value: string | Uint8Array<ArrayBuffer>])[]) => {
  const data = new FormData()
  for (const [name, value] of parts) {
    if (typeof value === 'string') data.append(name, value)
    else data.append(name, new File([value], `${name}.bin`))
  }
  return data
}

const send = async ({ app }: TestApp, body: NonNullable<RequestInit['body']>, contentType?: string, query = '') => {
  const request = new Request('http://x/', { method: 'POST', body })
  return app.inject({
    method: 'POST',
    url: `/validate${query}`,
    headers: { 'content-type': contentType ?? request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer())
  })
}

describe('POST /validate, application/json', () => {
  it('hands the core the request as it came, the default stores, the time and the limits', async () => {
    const test = await start()
    const request = { chain: pem, names: [{ type: 'dns', value: 'a.example' }], revocation: { mode: 'off' } }
    const answer = await send(test, JSON.stringify(request), 'application/json; charset=utf-8')
    expect(answer.statusCode).toBe(200)
    const [[asked, stores, settings] = []] = test.asked
    expect(asked).toEqual(request)
    expect(stores?.map(({ name }) => name)).toEqual(['system'])
    expect(settings).toMatchObject({ now: testTime, securityLevel: 2, maxCertificates: 2_000 })
  })

  it('takes a byte order mark before the JSON', async () => {
    const test = await start()
    expect((await send(test, `\ufeff${JSON.stringify({ chain: [pem] })}`, 'application/json')).statusCode).toBe(200)
    expect(test.asked[0]?.[0]).toEqual({ chain: [pem] })
  })

  it('takes options from the query string too, but none from both', async () => {
    const test = await start()
    const body = JSON.stringify({ chain: pem, hostname: 'a.example' })
    expect((await send(test, body, 'application/json', '?profile=webpki')).statusCode).toBe(200)
    expect(test.asked[0]?.[0]).toEqual({ chain: pem, hostname: 'a.example', profile: 'webpki' })
    const twice = await send(test, body, 'application/json', '?hostname=b.example')
    expect(twice.statusCode).toBe(400)
    expect(twice.json()).toMatchObject({ code: 'option-conflict', errors: [{ pointer: '/hostname' }] })
  })

  it.each([
    ['another type', { chain: 1 }, '/chain', 'field-invalid'],
    ['a number within an array', { chain: [pem, 1] }, '/chain/1', 'field-invalid'],
    ['a missing chain', {}, '/chain', 'field-invalid'],
    ['a value outside of an enumeration', { chain: pem, profile: 'x' }, '/profile', 'field-invalid'],
    ['a level out of range', { chain: pem, securityLevel: 6 }, '/securityLevel', 'field-invalid'],
    ['a negative count', { chain: pem, maxIntermediates: -1 }, '/maxIntermediates', 'field-invalid'],
    ['a fraction', { chain: pem, clockSkew: 1.5 }, '/clockSkew', 'field-invalid'],
    ['a number as text', { chain: pem, clockSkew: '1' }, '/clockSkew', 'field-invalid'],
    ['an empty initial policy set', { chain: pem, policies: { initial: [] } }, '/policies/initial', 'field-invalid'],
    ['an unknown field', { chain: pem, hostName: 'a' }, '/hostName', 'field-unknown'],
    ['an unknown field below', { chain: pem, revocation: { 'a/b~': 1 } }, '/revocation/a~1b~0', 'field-unknown'],
    ['a missing member below', { chain: pem, names: [{ type: 'dns' }] }, '/names/0/value', 'field-invalid']
  ])('refuses %s with a pointer to it', async (_what, request, pointer, code) => {
    const test = await start()
    const answer = await send(test, JSON.stringify(request), 'application/json')
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.json()).toMatchObject({ status: 400, code, type: `/errors/${code}` })
    expect(answer.json().errors).toEqual([{ pointer, code, detail: expect.stringMatching(/[.?]$/) }])
    expect(test.asked).toEqual([])
  })

  it('tells every fault, and which field may be meant', async () => {
    const answer = await send(await start(), JSON.stringify({ host_name: 'a', time: 1 }), 'application/json')
    expect(
      answer
        .json()
        .errors.map(({ pointer }: { pointer: string }) => pointer)
        .sort()
    ).toEqual(['/chain', '/host_name', '/time'])
    expect(answer.body).toContain('Is \\"hostname\\" meant?')
  })

  it.each([
    ['null', 'null'],
    ['an array', '[]'],
    ['a text', '"x"'],
    ['nothing', ''],
    ['text after the object', `{"chain":"x"} x`],
    ['a control character in a string', '{"chain":"\u0001"}'],
    ['a name twice', '{"chain":"x","chain":"y"}'],
    ['a name twice, written in another way', '{"chain":"x","ch\\u0061in":"y"}'],
    ['a name twice below', '{"chain":"x","policies":{"inhibitAny":true,"inhibitAny":false}}'],
    ['100,000 arrays within each other', `{"chain":${'['.repeat(30_000)}`]
  ])('refuses %s as a malformed body', async (_what, body) => {
    const answer = await send(await start(), body, 'application/json')
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'body-malformed', errors: [] })
  })

  it('is too large with more values than the limit', async () => {
    const body = JSON.stringify({ chain: Array(20_000).fill('') })
    const answer = await send(await start(), body, 'application/json')
    expect(answer.statusCode).toBe(413)
    expect(answer.json()).toMatchObject({ code: 'body-too-large', detail: 'The JSON has more than 10000 values.' })
  })

  it('refuses octets that are not UTF-8', async () => {
    const answer = await send(await start(), Buffer.from('{"chain":"\xff"}', 'latin1'), 'application/json')
    expect(answer.json()).toMatchObject({ status: 400, code: 'body-malformed' })
  })

  it.each(['__proto__', 'constructor', 'toString'])('refuses the field %s like any other unknown one', async (name) => {
    const test = await start()
    const answer = await send(test, `{"chain":"x","${name}":{"trustStores":["system"]}}`, 'application/json')
    expect(answer.json()).toMatchObject({ status: 400, code: 'field-unknown', errors: [{ pointer: `/${name}` }] })
  })

  it('takes names that only look alike, and quotation marks and backslashes in values', async () => {
    const test = await start()
    const request = { chain: ['"', '\\', '\\"chain\\":', '{"chain":1,"chain":2}'], hostname: 'chain' }
    expect((await send(test, JSON.stringify(request), 'application/json')).statusCode).toBe(200)
    expect(test.asked[0]?.[0]).toEqual(request)
  })
})

describe('POST /validate, PEM, DER and PKCS#7 bodies', () => {
  it.each([
    'application/x-pem-file',
    'application/pem-certificate-chain',
    'text/plain; charset=us-ascii',
    'application/pkix-cert',
    'application/pkcs7-mime; smime-type=certs-only',
    'application/x-pkcs7-certificates'
  ])('hands the octets of %s to the core as the chain', async (type) => {
    const test = await start()
    expect((await send(test, der, type)).statusCode).toBe(200)
    expect(test.asked[0]?.[0]).toEqual({ chain: der })
  })

  it('makes options of the query string by their types', async () => {
    const test = await start()
    const query =
      '?hostname=a.example&clockSkew=60&purpose=serverAuth,clientAuth&keyUsage=keyCertSign&keyUsage=cRLSign' +
      '&maxIntermediates=0&trustStores=corporate&fetchIssuers=true&securityLevel=3&explain=all'
    expect((await send(test, pem, 'text/plain', query)).statusCode).toBe(200)
    const [[asked, stores] = []] = test.asked
    expect(asked).toEqual({
      chain: Buffer.from(pem),
      hostname: 'a.example',
      clockSkew: 60,
      purpose: ['serverAuth', 'clientAuth'],
      keyUsage: ['keyCertSign', 'cRLSign'],
      maxIntermediates: 0,
      trustStores: ['corporate'],
      fetchIssuers: true,
      securityLevel: 3,
      explain: 'all'
    })
    expect(stores?.map(({ name }) => name)).toEqual(['corporate'])
  })

  it.each([
    ['?hostnme=a', '/hostnme', 'field-unknown'],
    ['?clockSkew=abc', '/clockSkew', 'field-invalid'],
    ['?fetchIssuers=yes', '/fetchIssuers', 'field-invalid'],
    ['?hostname=a&hostname=b', '/hostname', 'option-conflict'],
    ['?chain=x', '/chain', 'field-unknown'],
    ['?policies=x', '/policies', 'field-unknown'],
    ['?__proto__=x', '/__proto__', 'field-unknown'],
    ['?trustStores=nowhere', '/trustStores/0', 'trust-store-not-found']
  ])('refuses %s', async (query, pointer, code) => {
    const answer = await send(await start(), pem, 'text/plain', query)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code, errors: [{ pointer, code }] })
  })
})

describe('POST /validate, multipart/form-data', () => {
  it('takes files as octets, and options as fields', async () => {
    const test = await start()
    const parts = form([
      ['chain', der],
      ['caBundle', pem],
      ['hostname', 'a.example'],
      ['purpose', 'serverAuth'],
      ['names', '[{"type":"ip","value":"192.0.2.1"}]'],
      ['revocation', '{"mode":"off"}'],
      ['maxIntermediates', '3']
    ])
    expect((await send(test, parts)).statusCode).toBe(200)
    const [[asked, stores] = []] = test.asked
    expect(asked).toEqual({
      chain: new Uint8Array(der),
      caBundle: pem,
      hostname: 'a.example',
      purpose: 'serverAuth',
      names: [{ type: 'ip', value: '192.0.2.1' }],
      revocation: { mode: 'off' },
      maxIntermediates: 3
    })
    expect(stores).toEqual([])
  })

  it('takes options as one JSON part, from a file as well', async () => {
    const test = await start()
    const options = Buffer.from(JSON.stringify({ hostname: 'a.example', purpose: ['serverAuth'] }))
    expect(
      (
        await send(
          test,
          form([
            ['chain', pem],
            ['options', options]
          ])
        )
      ).statusCode
    ).toBe(200)
    expect(test.asked[0]?.[0]).toEqual({ chain: pem, hostname: 'a.example', purpose: ['serverAuth'] })
  })

  it('takes several files of one field, PEM as text and DER as base64', async () => {
    const test = await start()
    const file = Buffer.from(`\ufeff${pem}`)
    expect(
      (
        await send(
          test,
          form([
            ['chain', pem],
            ['intermediates', file],
            ['intermediates', der]
          ])
        )
      ).statusCode
    ).toBe(200)
    expect(test.asked[0]?.[0]).toEqual({ chain: pem, intermediates: [`\ufeff${pem}`, der.toString('base64')] })
  })

  it('takes a PEM file with text around it that is not UTF-8, beside others', async () => {
    const test = await start()
    const file = Buffer.from(`# Autorit\xe9\v\n${pem}`, 'latin1')
    const parts = [
      ['chain', pem],
      ['chain', file]
    ] as const
    expect((await send(test, form(parts))).statusCode).toBe(200)
    expect(test.asked[0]?.[0]).toEqual({ chain: [pem, `# Autorit\ufffd\v\n${pem}`] })
  })

  it('takes OCSP responses as fields in base64, and as files in DER or base64', async () => {
    const test = await start()
    const parts = [
      ['chain', pem],
      ['ocspResponses', 'MAMKAQM='],
      ['ocspResponses', Buffer.from('MAMKAQM=')],
      ['ocspResponses', Buffer.from('30030a0103', 'hex')]
    ] as const
    expect((await send(test, form(parts))).statusCode).toBe(200)
    expect(test.asked[0]?.[0]).toEqual({ chain: pem, ocspResponses: ['MAMKAQM=', 'MAMKAQM=', 'MAMKAQM='] })
  })

  it.each([
    [
      'an unknown part',
      [
        ['chain', pem],
        ['extra', 'x']
      ],
      'field-unknown',
      '/extra'
    ],
    ['a form without chain', [['hostname', 'x']], 'field-invalid', '/chain'],
    [
      'an option given twice',
      [
        ['chain', pem],
        ['hostname', 'x'],
        ['options', '{"hostname":"y"}']
      ],
      'option-conflict',
      '/hostname'
    ],
    [
      'certificates among the options',
      [
        ['chain', pem],
        ['options', '{"caBundle":"y"}']
      ],
      'field-unknown',
      '/caBundle'
    ]
  ] as const)('refuses %s', async (_what, parts, code, pointer) => {
    const answer = await send(await start(), form(parts))
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code, errors: [{ pointer, code }] })
  })

  it('refuses more parts than the limit, and what is no form', async () => {
    const test = await start()
    const many = await send(test, form(Array.from({ length: 17 }, () => ['chain', 'x'] as const)))
    expect(many.json()).toMatchObject({ status: 413, code: 'body-too-large' })
    const none = await send(test, 'x', 'multipart/form-data; boundary=abc')
    expect(none.json()).toMatchObject({ status: 400, code: 'body-malformed' })
    const unbounded = await send(test, 'x', 'multipart/form-data')
    expect(unbounded.json()).toMatchObject({ status: 400, code: 'body-malformed' })
  })
})

describe('POST /validate, other content types', () => {
  it.each([
    ['no content type', undefined],
    ['that of curl --data-binary', 'application/x-www-form-urlencoded'],
    ['XML', 'application/xml'],
    ['what is no media type', 'x']
  ])('refuses %s with the header field to send', async (_what, type) => {
    const { app } = await start()
    const headers = type === undefined ? {} : { 'content-type': type }
    const answer = await app.inject({ method: 'POST', url: '/validate', headers, payload: Buffer.from(pem) })
    expect(answer.statusCode).toBe(415)
    expect(answer.json().code).toBe('content-type-unsupported')
    expect(answer.json().detail).toContain("curl -H 'content-type: application/x-pem-file' --data-binary @chain.pem")
  })

  it('refuses compressed bodies, and says that it takes none', async () => {
    const { app } = await start()
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const answer = await app.inject({ method: 'POST', url: '/validate', headers, payload: Buffer.from(pem) })
    expect(answer.statusCode).toBe(415)
    expect(answer.headers['accept-encoding']).toBe('identity')
    expect(answer.json().code).toBe('content-type-unsupported')
  })
})
