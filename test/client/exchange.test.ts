import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient, ProblemError } from '#dist/client/index.js'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** The address of a stand-in for the service. */
const answering = async (listener: RequestListener): Promise<string> => {
  server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A stand-in that is busy as often as `times` says, and counts what it is asked. */
const busy = async (times: number, status: number, headers: Readonly<Record<string, string>>) => {
  const asked: string[] = []
  const url = await answering((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (asked.length > times) {
      response.setHeader('content-type', 'application/json').end('{"valid":true}')
      return
    }
    const problem = {
      type: 'x',
      title: 'The service is busy',
      status,
      detail: 'Later.',
      code: 'overloaded',
      errors: []
    }
    response.writeHead(status, { 'content-type': 'application/problem+json; charset=utf-8', ...headers })
    response.end(JSON.stringify(problem))
  })
  return { url, asked }
}

const request = { chain: 'a chain' }

describe('a client that is told to come again', () => {
  it('throws at once, and says when, unless retries are asked for', async () => {
    const { url, asked } = await busy(1, 503, { 'retry-after': '7' })
    await expect(createClient({ url }).validate(request)).rejects.toMatchObject({
      code: 'overloaded',
      status: 503,
      retryAfter: 7,
      message: 'Later.'
    })
    expect(asked).toHaveLength(1)
  })

  it.each([429, 503])('asks again as often as it may after %i', async (status) => {
    const { url, asked } = await busy(2, status, { 'retry-after': '0' })
    expect(await createClient({ url, retries: 2 }).validate(request)).toEqual({ valid: true })
    expect(asked).toEqual(Array(3).fill('POST /validate'))
    const worse = await busy(9, status, { 'retry-after': '0' })
    await expect(createClient({ url: worse.url, retries: 2 }).validate(request)).rejects.toThrow('Later.')
    expect(worse.asked).toHaveLength(3)
  })

  it('waits as long as it is told to', async () => {
    const { url } = await busy(1, 503, { 'retry-after': '1' })
    const begin = performance.now()
    await createClient({ url, retries: 1 }).validate(request)
    expect(performance.now() - begin).toBeGreaterThan(990)
  })

  it('does not wait longer than it is meant to, nor where it is not told when', async () => {
    const { url, asked } = await busy(1, 503, { 'retry-after': '31' })
    await expect(createClient({ url, retries: 3 }).validate(request)).rejects.toMatchObject({ retryAfter: 31 })
    const date = new Date(Date.now() + 60_000).toUTCString()
    const dated = await busy(1, 503, { 'retry-after': date })
    const error = await createClient({ url: dated.url, retries: 3 })
      .validate(request)
      .catch((caught: unknown) => caught)
    expect(error instanceof ProblemError && error.retryAfter).toBeGreaterThan(50)
    const silent = await busy(1, 503, {})
    await expect(createClient({ url: silent.url, retries: 3 }).validate(request)).rejects.toThrow('Later.')
    expect([asked.length, dated.asked.length, silent.asked.length]).toEqual([1, 1, 1])
  })

  it('stops waiting when its signal says so', async () => {
    const { url, asked } = await busy(1, 503, { 'retry-after': '30' })
    const signal = AbortSignal.timeout(200)
    await expect(createClient({ url, retries: 1 }).validate(request, { signal })).rejects.toMatchObject({
      name: 'TimeoutError'
    })
    expect(asked).toHaveLength(1)
  })
})

describe('a client', () => {
  it('ends a request whose answer does not come in time', async () => {
    let closed: Promise<unknown> | undefined
    const url = await answering((_request, response) => {
      closed = once(response, 'close')
    })
    const call = createClient({ url }).validate(request, { signal: AbortSignal.timeout(200) })
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' })
    await closed
  })

  it.each([
    [502, 'text/html', '<h1>Bad gateway</h1>', 'The answer is no problem of the service: <h1>Bad gateway</h1>'],
    [500, 'application/problem+json', '{"code":', 'The answer is no problem of the service: {"code":'],
    [404, 'application/problem+json', '{"code":1}', 'The answer is no problem of the service: {"code":1}'],
    [200, 'text/html', '<h1>Log in</h1>', 'The answer is not JSON.']
  ])('tells of an answer %i %s that is not of the service', async (status, type, body, message) => {
    const url = await answering((_request, response) => response.writeHead(status, { 'content-type': type }).end(body))
    await expect(createClient({ url }).validate(request)).rejects.toMatchObject({
      code: 'answer-unexpected',
      status,
      message,
      errors: []
    })
  })

  it('asks below the path of its URL, with its token and headers, by the fetch that it is given', async () => {
    const seen: unknown[] = []
    const url = await answering((incoming, response) => {
      const { authorization, accept, 'x-tenant': tenant, 'content-type': type } = incoming.headers
      seen.push([incoming.url, authorization, accept, tenant, type])
      response.setHeader('content-type', 'application/json').end('{"status":"ok"}')
    })
    const asked: string[] = []
    const vidimus = createClient({
      url: new URL('/pki/vidimus', url),
      token: 'a-token',
      headers: { 'x-tenant': 'one' },
      fetch: (target, init) => {
        asked.push(String(target))
        return fetch(target, init)
      }
    })
    await vidimus.health.ready()
    await vidimus.inspect('pem')
    expect(seen).toEqual([
      ['/pki/vidimus/health/ready', 'Bearer a-token', 'application/json', 'one', undefined],
      ['/pki/vidimus/inspect', 'Bearer a-token', 'application/json', 'one', 'application/json']
    ])
    expect(asked).toEqual([`${url}/pki/vidimus/health/ready`, `${url}/pki/vidimus/inspect`])
  })

  it('takes an unavailable service for an answer where it asks for its health', async () => {
    const health = { status: 'unavailable', reasons: ['It starts.'], warnings: [] }
    const url = await answering((_request, response) => response.writeHead(503).end(JSON.stringify(health)))
    expect(await createClient({ url, retries: 5 }).health.ready()).toEqual(health)
  })
})
