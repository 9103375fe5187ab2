import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchCounters } from '#dist/net/counters.js'
import type { Egress } from '#dist/net/egress.js'
import { testEgress } from '../support/egress.ts'
import { type Listener, listen, response } from '../support/listener.ts'

const listeners: Listener[] = []

const serving = async (serve: (socket: Socket, request: string) => void, address?: string): Promise<Listener> => {
  const listener = await listen(serve, address)
  listeners.push(listener)
  return listener
}

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()))
})

const get = async (egress: Egress, url: string, maxBytes = 1_000_000): Promise<string> => {
  const fetched = await egress.fetch('crl', url, { accept: 'application/pkix-crl', maxBytes })
  return fetched.ok ? Buffer.from(fetched.value).toString('latin1') : `${fetched.fault.kind}: ${fetched.fault.reason}`
}

/** The outcome, and the milliseconds that it took. */
const timed = async <T>(work: Promise<T>): Promise<readonly [T, number]> => {
  const start = performance.now()
  const outcome = await work
  return [outcome, performance.now() - start]
}

const answering = (octets: Uint8Array) => (socket: Socket) => socket.end(octets)

describe('the way out', () => {
  it('gives the content of an answer, and asks as plainly as may be', async () => {
    const listener = await serving(answering(response('octets')))
    expect(await get(testEgress(), `http://127.0.0.1:${listener.port}/a?b=c`)).toBe('octets')
    expect(listener.received().split('\r\n')).toEqual([
      'GET /a?b=c HTTP/1.1',
      `host: 127.0.0.1:${listener.port}`,
      'accept: application/pkix-crl',
      'accept-encoding: identity',
      'user-agent: vidimus',
      'Connection: close',
      '',
      ''
    ])
  })

  it('posts a body with its type', async () => {
    const listener = await serving(answering(response('octets')))
    const body = { type: 'application/ocsp-request', octets: Buffer.from('asked') }
    const question = { accept: 'application/ocsp-response', maxBytes: 10, body }
    const fetched = await testEgress().fetch('ocsp', `http://127.0.0.1:${listener.port}/`, question)
    expect(fetched).toEqual({ ok: true, value: Buffer.from('octets') })
    expect(listener.received()).toMatch(
      /^POST \/ .*content-type: application\/ocsp-request.*content-length: 5.*asked$/s
    )
  })

  it('takes an answer in chunks whole', async () => {
    const chunks = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'
    const listener = await serving(answering(Buffer.from(chunks)))
    expect(await get(testEgress(), `http://127.0.0.1:${listener.port}/`)).toBe('abcde')
  })

  it('counts what came of it', async () => {
    const listener = await serving(answering(response('octets')))
    const counters = fetchCounters()
    const egress = testEgress({ counters })
    await get(egress, `http://127.0.0.1:${listener.port}/`)
    await get(egress, `http://127.0.0.1:${listener.port}/`, 3)
    await get(egress, 'ftp://127.0.0.1/')
    expect([...counters.outcomes]).toEqual([
      ['crl fetched', 1],
      ['crl too-large', 1],
      ['crl url-refused', 1]
    ])
    expect(counters.receivedBytes).toBe(6)
    expect(egress.load).toEqual({ inFlight: 0, waiting: 0 })
  })
})

describe('hosts that may not be connected to', () => {
  it.each([
    ['loopback', (port: number) => `http://127.0.0.1:${port}/`],
    ['decimal', (port: number) => `http://2130706433:${port}/`],
    ['octal', (port: number) => `http://017700000001:${port}/`],
    ['hexadecimal', (port: number) => `http://0x7f000001:${port}/`],
    ['IPv4-mapped', (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['IPv4-compatible', (port: number) => `http://[::127.0.0.1]:${port}/`],
    ['unspecified', (port: number) => `http://0.0.0.0:${port}/`],
    ['unspecified IPv6', (port: number) => `http://[::]:${port}/`]
  ])('are not: %s', async (_form, url) => {
    const listener = await serving(answering(response('secret')))
    const egress = testEgress({ networks: ['public'] })
    expect(await get(egress, url(listener.port))).toBe('address-refused: has a host whose address is not allowed')
    expect(listener.connections()).toBe(0)
  })

  it('are not, when a name has their address', async () => {
    const listener = await serving(answering(response('secret')))
    const egress = testEgress({ networks: ['public'], resolve: async () => ['127.0.0.1', '::1', '169.254.169.254'] })
    expect(await get(egress, `http://rebound.example.test:${listener.port}/`)).toMatch(/^address-refused/)
    expect(listener.connections()).toBe(0)
  })

  it('are not, when a name has an allowed address first and theirs second: it is resolved once', async () => {
    const allowed = await serving(answering(response('allowed')), '127.0.0.2')
    const forbidden = await serving(answering(response('secret')))
    let asked = 0
    const egress = testEgress({
      networks: ['127.0.0.2'],
      resolve: async () => (asked++ === 0 ? ['127.0.0.2'] : ['127.0.0.1'])
    })
    expect(await get(egress, `http://rebound.example.test:${allowed.port}/`)).toBe('allowed')
    expect(allowed.received()).toContain(`host: rebound.example.test:${allowed.port}`)
    expect(await get(egress, `http://rebound.example.test:${forbidden.port}/`)).toMatch(/^address-refused/)
    expect([asked, allowed.connections(), forbidden.connections()]).toEqual([2, 1, 0])
  })

  it('are not, when a name has both kinds at once: only what is allowed is connected to', async () => {
    const forbidden = await serving(answering(response('secret')))
    const egress = testEgress({ networks: ['127.0.0.2'], resolve: async () => ['127.0.0.1', '127.0.0.2'] })
    // Nobody listens there at the second address.
    expect(await get(egress, `http://both.example.test:${forbidden.port}/`)).toBe(
      'connection-failed: cannot be reached (ECONNREFUSED)'
    )
    expect(forbidden.connections()).toBe(0)
  })

  it.each([
    ['http://169.254.169.254/latest/meta-data/', '302 Found'],
    ['file:///etc/passwd', '301 Moved Permanently'],
    ['/elsewhere', '307 Temporary Redirect']
  ])('are not, through a redirect to %s', async (location, status) => {
    const listener = await serving(answering(response('', { location }, status)))
    expect(await get(testEgress(), `http://127.0.0.1:${listener.port}/`)).toBe(
      `status: answers with status ${status.slice(0, 3)}`
    )
    expect(listener.connections()).toBe(1)
  })

  it('are not, through a proxy of the environment', async () => {
    const proxy = await serving(answering(response('from the proxy')))
    const listener = await serving(answering(response('octets')))
    const script = `
      import { testEgress } from './test/support/egress.ts'
      const fetched = await testEgress({ headerMs: 20_000, wholeMs: 20_000 }).fetch('crl', 'http://127.0.0.1:${listener.port}/', { accept: '*/*', maxBytes: 99 })
      process.stdout.write(fetched.ok ? Buffer.from(fetched.value).toString() : fetched.fault.reason)`
    const address = `http://127.0.0.1:${proxy.port}`
    const env = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: address, http_proxy: address, NO_PROXY: '' }
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env,
      stdio: ['ignore', 'pipe', 'inherit']
    })
    let output = ''
    for await (const text of child.stdout.setEncoding('utf8')) output += text
    expect([output, proxy.connections(), listener.connections()]).toEqual(['octets', 0, 1])
  })
})

describe('answers that are none', () => {
  it('are given up in time where the server hangs', async () => {
    const listener = await serving(() => undefined)
    const [outcome, ms] = await timed(get(testEgress(), `http://127.0.0.1:${listener.port}/`))
    expect(outcome).toBe('timeout: did not answer in time')
    expect(ms).toBeLessThan(10_000)
  })

  it('are given up in time where the name is not resolved in time', async () => {
    const resolve = (_host: string, ms: number): Promise<readonly string[]> =>
      new Promise((done) => setTimeout(() => done([]), ms))
    const [outcome, ms] = await timed(get(testEgress({ resolve }), 'http://slow.example.test/'))
    expect(outcome).toBe('name-not-resolved: has a host whose name is not resolved')
    expect(ms).toBeLessThan(10_000)
  })

  it('are given up where header fields drip', async () => {
    const listener = await serving((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const drip = setInterval(() => socket.write('a: b\r\n'), 50)
      socket.once('close', () => clearInterval(drip))
    })
    expect(await get(testEgress(), `http://127.0.0.1:${listener.port}/`)).toBe('timeout: did not answer in time')
  })

  it('are given up where the content drips', async () => {
    const listener = await serving((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n')
      const drip = setInterval(() => socket.write('x'), 1_000)
      socket.once('close', () => clearInterval(drip))
    })
    const [outcome, ms] = await timed(get(testEgress({ wholeMs: 20_000 }), `http://127.0.0.1:${listener.port}/`))
    expect(outcome).toBe('too-slow: answers by drops')
    expect(ms).toBeLessThan(10_000)
  })

  it('are given up where the content comes in pieces that are too small', async () => {
    const pieces = '1\r\nx\r\n'.repeat(10_000)
    const listener = await serving((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${pieces}`)
    })
    expect(await get(testEgress(), `http://127.0.0.1:${listener.port}/`)).toBe('too-slow: answers by drops')
  })

  it('are given up where they never end, at the greatest size or the longest time', async () => {
    const endless = (socket: Socket): void => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const more = (): void => {
        while (socket.writable && socket.write(Buffer.alloc(65_536)));
      }
      socket.on('drain', more)
      more()
    }
    const listener = await serving(endless)
    const url = `http://127.0.0.1:${listener.port}/`
    expect(await get(testEgress(), url, 1_000_000)).toBe('too-large: answers with more than 1000000 bytes')
    const egress = testEgress({ wholeMs: 100, maxBytesInFlight: 8_000_000_000 })
    expect(await get(egress, url, 4_000_000_000)).toBe('timeout: did not come to the end of its answer in time')
  })

  it('are given up before they come where they say that they are too large', async () => {
    const listener = await serving((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000001\r\n\r\n'))
    const url = `http://127.0.0.1:${listener.port}/`
    expect(await get(testEgress(), url)).toBe('too-large: answers with more than 1000000 bytes')
  })

  it('are given up where more than the bound comes for all at once', async () => {
    const listener = await serving(answering(response(Buffer.alloc(500_000))))
    const egress = testEgress({ maxBytesInFlight: 400_000 })
    const url = `http://127.0.0.1:${listener.port}/`
    expect(await get(egress, url)).toMatch(/^busy/)
    expect((await get(testEgress({ maxBytesInFlight: 500_000 }), url)).length).toBe(500_000)
  })

  it('are not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const coded = await serving(answering(response(bomb, { 'content-encoding': 'gzip' })))
    expect(await get(testEgress(), `http://127.0.0.1:${coded.port}/`)).toBe(
      'coded: answers in a content coding, unasked'
    )
    const plain = await serving(answering(response(bomb)))
    expect((await get(testEgress(), `http://127.0.0.1:${plain.port}/`)).length).toBe(bomb.length)
  })

  it.each(['204 No Content', '206 Partial Content', '404 Not Found', '500 Internal Server Error'])(
    'have another status: %s',
    async (status) => {
      const listener = await serving(answering(response('', {}, status)))
      expect(await get(testEgress(), `http://127.0.0.1:${listener.port}/`)).toBe(
        `status: answers with status ${status.slice(0, 3)}`
      )
    }
  )

  it('end before they are whole', async () => {
    const listener = await serving(answering(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc')))
    const url = `http://127.0.0.1:${listener.port}/`
    expect(await get(testEgress(), url)).toBe('incomplete: ended the connection amid its answer')
  })

  it('are no HTTP, or nothing at all', async () => {
    const other = await serving(answering(Buffer.from('SSH-2.0-OpenSSH_9.9\r\n')))
    expect(await get(testEgress(), `http://127.0.0.1:${other.port}/`)).toBe(
      'connection-failed: answers with something other than HTTP'
    )
    const nothing = await serving((socket) => socket.end())
    expect(await get(testEgress(), `http://127.0.0.1:${nothing.port}/`)).toBe(
      'connection-failed: cannot be reached (ECONNRESET)'
    )
    const upgraded = await serving(
      answering(Buffer.from('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n'))
    )
    expect(await get(testEgress(), `http://127.0.0.1:${upgraded.port}/`)).toMatch(/^(connection-failed|status)/)
    await nothing.close()
    listeners.splice(listeners.indexOf(nothing), 1)
    expect(await get(testEgress(), `http://127.0.0.1:${nothing.port}/`)).toBe(
      'connection-failed: cannot be reached (ECONNREFUSED)'
    )
  })

  it('have header fields without end', async () => {
    const listener = await serving(answering(response('', { large: 'x'.repeat(20_000) })))
    expect(await get(testEgress(), `http://127.0.0.1:${listener.port}/`)).toMatch(/^connection-failed/)
  })
})

describe('how much goes out at once', () => {
  it('is bounded for each host, and those that wait get their turn or give up', async () => {
    let open = 0
    let most = 0
    const listener = await serving((socket) => {
      open += 1
      most = Math.max(most, open)
      setTimeout(() => {
        open -= 1
        socket.end(response('octets'))
      }, 20)
    })
    const gate = { most: 10, mostPerHost: 3, mostWaiting: 20 }
    const egress = testEgress({ gate, headerMs: 20_000, wholeMs: 20_000 })
    const asked = Array.from({ length: 30 }, () => get(egress, `http://127.0.0.1:${listener.port}/`))
    const outcomes = Map.groupBy(await Promise.all(asked), (outcome) => outcome.split(':')[0])
    expect([outcomes.get('octets')?.length, outcomes.get('busy')?.length]).toEqual([23, 7])
    expect([most, listener.connections()]).toEqual([3, 23])
    expect(egress.load).toEqual({ inFlight: 0, waiting: 0 })
  })
})
