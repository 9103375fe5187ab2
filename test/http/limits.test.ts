import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../support/service-app.ts'

const open: TestApp[] = []
const sockets: Socket[] = []
const start = async (...parts: Parameters<typeof testApp>): Promise<TestApp & { readonly port: number }> => {
  const test = await testApp(...parts)
  open.push(test)
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  const address = test.app.server.address()
  if (address === null || typeof address === 'string') throw new Error('It does not listen on a port')
  return { ...test, port: address.port }
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const { app } of open.splice(0)) await app.close()
})

const dial = async (port: number): Promise<{ readonly socket: Socket; readonly received: () => string }> => {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return { socket, received: () => text }
}

const until = async (condition: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 500 && !condition(); turn += 1) await elapsed(10)
  expect(condition()).toBe(true)
}

const head = (more: readonly string[]): string =>
  ['POST /validate HTTP/1.1', 'host: x', 'content-type: text/plain', ...more, '', ''].join('\r\n')

const post = (port: number, body: NonNullable<RequestInit['body']>) =>
  fetch(`http://127.0.0.1:${port}/validate`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {})
  })

const streamOf = (size: number): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start(controller) {
      for (let sent = 0; sent < size; sent += 1_024) controller.enqueue(new Uint8Array(1_024))
      controller.close()
    }
  })

describe('MAX_BODY_BYTES', () => {
  it('is the size of the largest body that is taken', async () => {
    const { port, asked } = await start()
    expect((await post(port, Buffer.alloc(65_536, 'a'))).status).toBe(200)
    expect(asked[0]?.[0].chain).toHaveLength(65_536)
  })

  it.each([
    ['with its length', () => Buffer.alloc(65_537, 'a')],
    ['of many times that', () => Buffer.alloc(16_777_216, 'a')],
    ['in chunks', () => streamOf(66_560)]
  ])('is what a body %s is refused beyond, with an answer that arrives', async (_what, body) => {
    const { port, asked } = await start()
    const answer = await post(port, body())
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ code: 'body-too-large', status: 413 })
    expect(asked).toEqual([])
    expect((await post(port, 'a')).status).toBe(200)
  })
})

describe('MAX_BODIES_IN_FLIGHT_BYTES', () => {
  it('refuses more bodies while others are on their way, and takes them again afterwards', async () => {
    const { port } = await start()
    const first = await dial(port)
    const second = await dial(port)
    for (const { socket } of [first, second]) socket.write(`${head(['content-length: 65536'])}${'a'.repeat(65_535)}`)
    await elapsed(100)
    const refused = await post(port, 'aaa')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ code: 'overloaded' })
    first.socket.write('a')
    await until(() => first.received().startsWith('HTTP/1.1 200'))
    expect((await post(port, 'aaa')).status).toBe(200)
    second.socket.destroy()
    await elapsed(100)
    expect((await post(port, Buffer.alloc(65_536))).status).toBe(200)
  })

  it('counts what has come, not what was announced', async () => {
    const { port } = await start({ settings: { maxBodiesInFlightBytes: 65_536 } })
    for (let at = 0; at < 10; at++) (await dial(port)).socket.write(`${head(['content-length: 65536'])}a`)
    await elapsed(100)
    expect((await post(port, Buffer.alloc(60_000))).status).toBe(200)
  })

  it('counts bodies in chunks as they come', async () => {
    const { port } = await start({ settings: { maxBodiesInFlightBytes: 65_536 } })
    const slow = await dial(port)
    slow.socket.write(`${head(['transfer-encoding: chunked'])}f000\r\n${'a'.repeat(0xf000)}\r\n`)
    await elapsed(100)
    expect((await post(port, Buffer.alloc(8_192))).status).toBe(503)
    expect((await post(port, streamOf(8_192))).status).toBe(503)
    expect((await post(port, 'a')).status).toBe(200)
    slow.socket.write('0\r\n\r\n')
    await until(() => slow.received().startsWith('HTTP/1.1 200'))
    expect((await post(port, Buffer.alloc(8_192))).status).toBe(200)
  })
})

describe('a connection on which a body was refused', () => {
  const good = `${head(['content-length: 1'])}a`

  it('is fit for the next request when the rest of the body has come: over the limit, in chunks', async () => {
    const { port, asked } = await start()
    const { socket, received } = await dial(port)
    socket.write(head(['transfer-encoding: chunked']))
    for (let chunk = 0; chunk < 64; chunk += 1) socket.write(`8000\r\n${'a'.repeat(0x8000)}\r\n`)
    await until(() => received().startsWith('HTTP/1.1 413'))
    socket.write(`0\r\n\r\n${good}`)
    await until(() => received().includes('HTTP/1.1 200'))
    expect(asked).toHaveLength(1)
  })

  it('is fit for the next request too where too much was in flight', async () => {
    const { port, asked } = await start({ settings: { maxBodiesInFlightBytes: 65_536 } })
    const slow = await dial(port)
    slow.socket.write(`${head(['content-length: 60000'])}${'a'.repeat(59_999)}`)
    await elapsed(100)
    const { socket, received } = await dial(port)
    socket.write(head(['transfer-encoding: chunked']))
    for (let chunk = 0; chunk < 64; chunk += 1) socket.write(`400\r\n${'a'.repeat(0x400)}\r\n`)
    await until(() => received().startsWith('HTTP/1.1 503'))
    socket.write(`0\r\n\r\n${good}`)
    await until(() => received().includes('HTTP/1.1 200'))
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['a content type that is not taken', 'POST /validate', 'content-type: image/png', 415],
    ['another method', 'PUT /validate', 'content-type: text/plain', 405],
    ['another path', 'POST /nowhere', 'content-type: text/plain', 404]
  ])('is fit for the next request too after %s', async (_what, line, type, status) => {
    const { port } = await start()
    const { socket, received } = await dial(port)
    socket.write(`${line} HTTP/1.1\r\nhost: x\r\n${type}\r\ncontent-length: 3\r\n\r\nabc${good}`)
    await until(() => received().includes('HTTP/1.1 200'))
    expect(received()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })
})

describe('what is not well-formed HTTP', () => {
  it('gets a problem: no Host field (RFC 9112 §3.2)', async () => {
    const { port } = await start()
    const { socket, received } = await dial(port)
    socket.write('GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n')
    await once(socket, 'close')
    expect(received()).toMatch(/^HTTP\/1\.1 400 /)
    expect(received()).toContain('content-type: application/problem+json')
    expect(received()).toContain('"detail":"The request has no Host header field."')
  })

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'request-malformed'],
    ['two lengths', head(['content-length: 1', 'transfer-encoding: chunked']), 400, 'request-malformed'],
    ['a malformed chunk', `${head(['transfer-encoding: chunked'])}zz\r\n`, 400, 'request-malformed'],
    ['a header field of 20,000 octets', head([`x: ${'a'.repeat(20_000)}`]), 431, 'header-too-large']
  ])('gets a problem: %s', async (_what, text, status, code) => {
    const { port } = await start()
    const { socket, received } = await dial(port)
    socket.write(text)
    await once(socket, 'close')
    expect(received()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(received()).toContain('content-type: application/problem+json')
    expect(JSON.parse(received().slice(received().indexOf('\r\n\r\n')))).toMatchObject({ status, code })
  })

  it('ends where a client goes away in the middle of a body', async () => {
    const test = await start()
    const { socket } = await dial(test.port)
    socket.write(`${head(['content-length: 100'])}a`)
    await elapsed(50)
    socket.destroy()
    await elapsed(50)
    expect((await post(test.port, 'a')).status).toBe(200)
    expect(test.asked).toHaveLength(1)
    expect(test.logged.filter(({ level }) => Number(level) >= 50)).toEqual([])
  })
})

describe('REQUEST_TIMEOUT_SECONDS and HEADERS_TIMEOUT_SECONDS', () => {
  it.each([
    ['body', `${head(['content-length: 100'])}a`],
    ['header', 'POST /validate HTTP/1.1\r\nhost: x\r\n']
  ])('end a request whose %s does not come', async (_what, text) => {
    const { port } = await start({ settings: { requestTimeout: 300, headersTimeout: 300 } })
    const { socket, received } = await dial(port)
    socket.write(text)
    await once(socket, 'close')
    expect(received()).toMatch(/^HTTP\/1\.1 408 /)
    expect(received()).toContain('"code":"request-timeout"')
  })
})
