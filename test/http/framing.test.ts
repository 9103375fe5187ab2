import { setTimeout as elapsed } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { dialing, lastBody, until } from '../support/dialing.ts'

const { start, dial } = dialing()

const post = (fields: readonly string[], path = '/validate'): string =>
  [`POST ${path} HTTP/1.1`, 'host: x', 'connection: close', ...fields, '', ''].join('\r\n')

/** What comes back for a text, until the connection ends. */
const answerTo = async (port: number, text: string): Promise<string> => {
  const dialed = await dial(port)
  dialed.socket.write(text)
  return dialed.ended()
}

describe('the Host field (RFC 9112 §3.2)', () => {
  const get = (fields: readonly string[], version = 'HTTP/1.1'): string =>
    [`GET /health/live ${version}`, 'connection: close', ...fields, '', ''].join('\r\n')

  it.each([
    ['none', []],
    ['two', ['host: a', 'Host: a']],
    ['one that is no host', ['host: a/b']],
    ['one with markup', ['host: <script>']],
    ['one with a wrong port', ['host: a:b']]
  ])('refuses a request with %s', async (_what, fields) => {
    const { port } = await start()
    const answer = await answerTo(port, get(fields))
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(lastBody(answer)).toMatchObject({ code: 'request-malformed' })
  })

  it.each([['a.example'], ['a.example:8080'], ['[2001:db8::1]:80'], ['127.0.0.1'], ['']])('takes %j', async (host) => {
    const { port } = await start()
    expect(await answerTo(port, get([`host: ${host}`]))).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('may be missing in HTTP/1.0, and not in what names no version', async () => {
    const { port } = await start()
    expect(await answerTo(port, get([], 'HTTP/1.0'))).toMatch(/^HTTP\/1\.1 200 /)
    expect(await answerTo(port, 'GET /health/live\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('expectations (RFC 9110 §10.1.1)', () => {
  it.each([['/validate'], ['/validate/batch']])('lets a body come to %s that will be read', async (path) => {
    const { port } = await start()
    const { socket, received, ended } = await dial(port)
    const type = path === '/validate' ? 'text/plain' : 'application/x-ndjson'
    socket.write(post([`content-type: ${type}`, 'content-length: 2', 'expect: 100-Continue'], path))
    await until(() => received().startsWith('HTTP/1.1 100 Continue\r\n\r\n'))
    socket.write('{}')
    expect(await ended()).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
  })

  it.each([
    ['of another type', ['content-type: image/png', 'content-length: 2'], 415],
    ['that is too long', ['content-type: text/plain', 'content-length: 70000'], 413]
  ])('refuses a body %s before it is sent, and ends the connection', async (_what, fields, status) => {
    const { port } = await start()
    const { socket, ended } = await dial(port)
    socket.write(['POST /validate HTTP/1.1', 'host: x', 'expect: 100-continue', ...fields, '', ''].join('\r\n'))
    const answer = await ended()
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).not.toContain('100 Continue')
    expect(answer).toMatch(/connection: close/i)
  })

  it('refuses others with a problem', async () => {
    const { port, logged } = await start()
    const answer = await answerTo(port, `${post(['content-type: text/plain', 'content-length: 1', 'expect: fancy'])}a`)
    expect(answer).toMatch(/^HTTP\/1\.1 417 /)
    expect(lastBody(answer)).toMatchObject({ status: 417, code: 'expectation-failed' })
    await until(() => logged.some(({ status, problem }) => status === 417 && problem === 'expectation-failed'))
  })
})

describe('codings of bodies', () => {
  it.each([
    ['content-encoding: gzip'],
    ['content-encoding: br'],
    ['content-encoding: identity, gzip'],
    ['transfer-encoding: gzip, chunked']
  ])('are refused: %s', async (field) => {
    const { port, asked } = await start()
    const chunked = field.includes('chunked')
    const fields = ['content-type: text/plain', field, ...(chunked ? [] : ['content-length: 1'])]
    const answer = await answerTo(port, post(fields) + (chunked ? '1\r\na\r\n0\r\n\r\n' : 'a'))
    expect(answer).toMatch(/^HTTP\/1\.1 415 /)
    expect(lastBody(answer)).toMatchObject({
      code: 'content-type-unsupported',
      detail: expect.stringMatching(/^Compressed bodies are not taken/)
    })
    expect(asked).toEqual([])
  })
})

describe('what comes to no route', () => {
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'request-malformed'],
    ['CONNECT', 'CONNECT inside.example:443 HTTP/1.1\r\nhost: inside.example:443\r\n\r\n', 400, 'request-malformed'],
    ['HTTP/2 without TLS', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'request-malformed'],
    ['a folded field', 'GET / HTTP/1.1\r\nhost: x\r\na: b\r\n hidden\r\n\r\n', 400, 'request-malformed'],
    [
      'a header of 17 KiB',
      `GET / HTTP/1.1\r\nhost: x\r\na: ${'hidden'.repeat(3_000)}\r\n\r\n`,
      431,
      'header-too-large'
    ],
    ['a header of 3,000 fields', `GET / HTTP/1.1\r\nhost: x\r\n${'a:\r\n'.repeat(3_000)}\r\n`, 431, 'header-too-large'],
    ['a path of 17 KiB', `GET /${'hidden'.repeat(3_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431, 'header-too-large']
  ])('gets a problem with an id, a line of the log and a count: %s', async (_what, text, status, code) => {
    const { port, logged, app } = await start()
    const answer = await answerTo(port, text)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(lastBody(answer)).toMatchObject({ status, code })
    const requestId = /^x-request-id: (\S+)$/m.exec(answer)?.[1]
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
    const line = { level: 30, requestId, method: null, route: null, status, problem: code, msg: 'request not served' }
    expect(logged).toContainEqual(expect.objectContaining(line))
    expect(JSON.stringify(logged)).not.toContain('hidden')
    const { body } = await app.inject('/metrics')
    expect(body).toContain(`vidimus_requests_total{route="none",status="${status}"} 1\n`)
  })

  it('has a line of the log for a body that does not come in time, with the id and the route of the request', async () => {
    const { port, logged } = await start({ settings: { requestTimeout: 100 } })
    const fields = ['content-type: text/plain', 'content-length: 5', 'x-request-id: mine']
    const answer = await answerTo(port, `${post(fields)}a`)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer).toContain('x-request-id: mine')
    const line = { requestId: 'mine', method: 'POST', route: '/validate', status: 408, problem: 'request-timeout' }
    expect(logged).toContainEqual(expect.objectContaining(line))
  })

  it('gets no second answer into the middle of the first', async () => {
    const { port } = await start()
    const { socket, received, ended } = await dial(port)
    socket.write(post(['content-type: application/x-ndjson', 'transfer-encoding: chunked'], '/validate/batch'))
    socket.write('3\r\n{}\n\r\n')
    await until(() => received().includes('"status":400'))
    socket.write('no chunk\r\n')
    await elapsed(50)
    expect((await ended()).match(/HTTP\/1\.1/g)).toHaveLength(1)
  })
})

describe('a body that comes an octet at a time', () => {
  it('ends with its connection when the request is not there in time, however lively it is', async () => {
    const { port } = await start({ settings: { requestTimeout: 400 } })
    const { socket, ended } = await dial(port)
    socket.write(post(['content-type: text/plain', 'content-length: 1000']))
    const drip = setInterval(() => socket.writable && socket.write('a'), 20)
    expect(await ended()).toMatch(/^HTTP\/1\.1 408 /)
    clearInterval(drip)
  })

  it('does so for a connection on which nothing comes at all', async () => {
    const { port } = await start({ settings: { requestTimeout: 400, headersTimeout: 400 } })
    const { ended } = await dial(port)
    expect(await ended()).toMatch(/^HTTP\/1\.1 408 /)
  })
})
