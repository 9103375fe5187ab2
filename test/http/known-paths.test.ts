import { once } from 'node:events'
import { METHODS } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import findMyWay from 'find-my-way'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownPaths } from '#dist/http/known-paths.js'
import { type RunningService, startService } from '../support/service.ts'

const get = new Set(['GET'])
const patterns = [
  '/',
  '/chain',
  '/errors',
  '/errors/:code',
  '/guide/*',
  '/stores/:name',
  '/stores/:name/versions/:version'
]
const known = knownPaths(new Map(patterns.map((pattern) => [pattern, get])))

/** The pattern, `none`, or `malformed`. */
const found = (target: string): string => {
  try {
    return known(target)?.pattern ?? 'none'
  } catch (error) {
    if (error instanceof URIError) return 'malformed'
    throw error
  }
}

const router = findMyWay({ onBadUrl: () => undefined, onMaxParamLength: () => undefined })
for (const pattern of patterns) router.on('GET', pattern, () => undefined, pattern)

/** The same of the router that Fastify has. */
const routed = (target: string): string => {
  const route = router.find('GET', target)
  return route === null ? 'none' : String(route.store ?? 'malformed')
}

describe('the path that a target names, whatever the method', () => {
  const long = (text: string, count: number): string => `/stores/${text.repeat(count)}`

  it.each([
    ['/', '/'],
    ['/chain?x=/errors', '/chain'],
    ['/chain#x', '/chain'],
    ['/%63hain', '/chain'],
    ['/chain/', 'none'],
    ['/CHAIN', 'none'],
    ['/chain%2F', 'none'],
    ['/stores/', '/stores/:name'],
    ['/stores/a%2Fb/versions/1', '/stores/:name/versions/:version'],
    ['/stores/a/versions', 'none'],
    [long('a', 100), '/stores/:name'],
    [long('a', 101), 'malformed'],
    [long('%2F', 100), '/stores/:name'],
    [long('%25', 101), 'malformed'],
    [`${long('a', 101)}/nothing`, 'malformed'],
    ['/guide', 'none'],
    ['/guide/', '/guide/*'],
    ['/guide/a/b', '/guide/*'],
    ['/%', 'malformed'],
    ['/chain%zz', 'malformed'],
    ['*', '/'],
    ['http://host/chain?x', '/chain'],
    ['HTTPS://host', '/'],
    ['http://host/chain#x', 'malformed'],
    ['http:///chain', 'malformed'],
    ['ftp://host/chain', 'none']
  ])('%s: %s', (target, expected) => {
    expect([found(target), routed(target)]).toEqual([expected, expected])
  })

  it('is the one that the router of Fastify finds', () => {
    const pieces = [
      '/',
      'chain',
      'stores',
      'guide',
      'versions',
      'errors',
      'a',
      '%',
      '%2F',
      '%25',
      '%63',
      '%C3%A4',
      '%zz',
      '?',
      '#'
    ]
    const more = ['*', ':', ';', 'http://host', 'https:', '..', 'x'.repeat(99)]
    const target = fc
      .array(fc.constantFrom(...pieces, ...more), { minLength: 1, maxLength: 9 })
      .map((some) => some.join(''))
    // Node.js takes no others.
    const taken = fc.tuple(fc.constantFrom('/', '*', 'http://host', 'https://'), target).map((some) => some.join(''))
    const same = fc.property(taken, (path) => found(path) === routed(path))
    fc.assert(same, { numRuns: 5_000 })
  })
})

describe('a method that a path does not take', () => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService()
  })
  afterAll(() => service.stop())

  const ask = async (method: string, target: string): Promise<string> => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    return text(socket)
  }

  it('is refused with those that it takes, whatever it is', async () => {
    // Node.js makes a tunnel of CONNECT, and no request.
    const others = METHODS.filter((method) => !['CONNECT', 'POST'].includes(method))
    for (const method of others) {
      const answer = await ask(method, '/validate')
      expect([method, answer.split('\r\n')[0]]).toEqual([method, 'HTTP/1.1 405 Method Not Allowed'])
      expect(answer).toMatch(/\r\nallow: POST\r\n/)
    }
    const logged = () => service.output().match(/"route":"\/validate","status":405/g)?.length
    await expect.poll(logged, { timeout: 10_000 }).toBe(others.length)
  })

  it('is told of paths with parameters, and not of those that are not there', async () => {
    expect(await ask('POST', '/trust-stores/x/versions/1')).toMatch(/^HTTP\/1\.1 405 [\s\S]*\r\nallow: GET, HEAD\r\n/)
    expect(await ask('PATCH', '/trust-stores/x')).toMatch(
      /^HTTP\/1\.1 405 [\s\S]*\r\nallow: DELETE, GET, HEAD, PUT\r\n/
    )
    expect(await ask('REPORT', '/nothing')).toMatch(/^HTTP\/1\.1 404 /)
    expect(await ask('REPORT', '/%')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"request-malformed"/)
  })
})
