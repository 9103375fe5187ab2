import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { Verdict } from '#dist/core/model/verdict.js'
import { root, server } from '../support/authority.ts'
import { type FetchingSpec, fetchingApp } from '../support/fetching-app.ts'
import { type Listener, listen, response } from '../support/listener.ts'
import { crlDistributionPoints } from '../support/locations.ts'

const listeners: Listener[] = []

const serving = async (serve: (socket: Socket, request: string) => void, address?: string): Promise<Listener> => {
  const listener = await listen(serve, address)
  listeners.push(listener)
  return listener
}

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()))
})

const ca = root()

/** Asks for a certificate whose CRL is at `url`, with revocation required; gives the verdict and the milliseconds it took. */
const asking = async (
  url: string,
  spec: FetchingSpec = {}
): Promise<{ readonly verdict: Verdict; readonly ms: number }> => {
  const { ask } = await fetchingApp(spec)
  const chain = server(ca, 'www.example.test', { extensions: [crlDistributionPoints([url])] }).pem
  // The first request of all also waits for what is made once, as the process that judges it.
  await ask({ chain, caBundle: ca.pem, revocation: { mode: 'require' } })
  const start = performance.now()
  const verdict = await ask({ chain, caBundle: ca.pem, revocation: { mode: 'require', fetch: true } })
  return { verdict, ms: performance.now() - start }
}

const reasonsOf = ({ errors }: Verdict): unknown =>
  errors.map(({ code, details }) => [
    code,
    Array.isArray(details['places']) ? details['places'].map(({ reason }) => reason) : details
  ])

const unreachable = (reason: string): unknown => [['revocation-unreachable', [reason]]]

/** Five times the deadline of the service by default: a loaded machine may add to it. */
const inTime = 15_000

const answering = (octets: Uint8Array) => (socket: Socket) => socket.end(octets)

const dripping = (header: string) => (socket: Socket) => {
  socket.write(header)
  const drip = setInterval(() => socket.write('x'), 1_000)
  socket.once('close', () => clearInterval(drip))
}

const endless = (socket: Socket): void => {
  socket.write('HTTP/1.1 200 OK\r\n\r\n')
  const more = (): void => {
    while (socket.writable && socket.write(Buffer.alloc(65_536)));
  }
  socket.on('drain', more)
  more()
}

describe('a CRL that cannot be had leaves the verdict open, within the deadline', () => {
  it.each([
    ['a server that hangs', () => undefined, 'did not answer in time'],
    ['a header that drips', dripping('HTTP/1.1 200 OK\r\nX: '), 'did not answer in time'],
    ['a content that drips', dripping('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n'), 'answers by drops'],
    ['a content that never ends', endless, 'answers with more than 8000000 bytes'],
    [
      'a redirect to metadata',
      answering(response('', { location: 'http://169.254.169.254/latest/meta-data/' }, '302 Found')),
      'answers with status 302'
    ],
    [
      'a redirect to a file',
      answering(response('', { location: 'file:///etc/passwd' }, '301 Moved Permanently')),
      'answers with status 301'
    ],
    [
      'HTML',
      answering(response('<!doctype html><title>Welcome</title>', { 'content-type': 'text/html' })),
      'answers with something other than a CRL'
    ],
    [
      'a gzip bomb',
      answering(response(gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' })),
      'answers in a content coding, unasked'
    ],
    [
      'a gzip bomb that is not called one',
      answering(response(gzipSync(Buffer.alloc(50_000_000)))),
      'answers with something other than a CRL'
    ],
    [
      'half of a CRL',
      answering(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n0000')),
      'ended the connection amid its answer'
    ]
  ])('%s', async (_fault, serve, reason) => {
    const listener = await serving(serve)
    const { verdict, ms } = await asking(`http://127.0.0.1:${listener.port}/ca.crl`, { maxCrlBytes: 8_000_000 })
    expect([verdict.outcome, reasonsOf(verdict)]).toEqual(['indeterminate', unreachable(reason)])
    expect(listener.connections()).toBe(1)
    expect(ms).toBeLessThan(inTime)
  })

  it.each([
    ['loopback', (port: number) => `http://127.0.0.1:${port}/`],
    ['a decimal address', (port: number) => `http://2130706433:${port}/`],
    ['an octal address', (port: number) => `http://0177.0.0.1:${port}/`],
    ['a hexadecimal address', (port: number) => `http://0x7f.1:${port}/`],
    ['IPv4 in IPv6', (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['IPv4 in IPv6, in hexadecimal', (port: number) => `http://[::ffff:7f00:1]:${port}/`],
    ['IPv4 in NAT64', (port: number) => `http://[64:ff9b::7f00:1]:${port}/`],
    ['the unspecified address', (port: number) => `http://0.0.0.0:${port}/`],
    ['a name that resolves to loopback', (port: number) => `http://loopback.example.test:${port}/`]
  ])('%s is not connected to, unless it is named', async (_form, url) => {
    const listener = await serving(answering(response('')))
    const resolve = async (): Promise<readonly string[]> => ['127.0.0.1']
    const { verdict } = await asking(url(listener.port), { networks: ['public'], resolve })
    expect([verdict.outcome, reasonsOf(verdict)]).toEqual([
      'indeterminate',
      unreachable('has a host whose address is not allowed')
    ])
    expect(listener.connections()).toBe(0)
  })

  it('a name that resolves to an allowed address first and to a forbidden one second is connected to at the first', async () => {
    const allowed = await serving(() => undefined, '127.0.0.2')
    const forbidden = await serving(answering(response('')))
    let resolved = 0
    const resolve = async (): Promise<readonly string[]> => (resolved++ === 0 ? ['127.0.0.2'] : ['127.0.0.1'])
    const { verdict, ms } = await asking(`http://rebound.example.test:${allowed.port}/`, {
      networks: ['127.0.0.2'],
      resolve,
      deadlineMs: 400
    })
    expect(verdict.outcome).toBe('indeterminate')
    expect([resolved, allowed.connections(), forbidden.connections()]).toEqual([1, 1, 0])
    expect(ms).toBeLessThan(inTime)
  })

  it('many that hang take no longer together than one', async () => {
    const listener = await serving(() => undefined)
    const { ask } = await fetchingApp()
    const places = [1, 2, 3, 4].map((number) => [`http://127.0.0.1:${listener.port}/${number}`])
    const chain = server(ca, 'www.example.test', { extensions: [crlDistributionPoints(...places)] }).pem
    const start = performance.now()
    const verdict = await ask({ chain, caBundle: ca.pem, revocation: { mode: 'require', fetch: true } })
    expect(verdict.outcome).toBe('indeterminate')
    expect(performance.now() - start).toBeLessThan(inTime)
    expect(listener.connections()).toBe(4)
  })
})
