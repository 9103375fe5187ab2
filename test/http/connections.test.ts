import { setTimeout as elapsed } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { reserve } from '#dist/http/connections.js'
import { type Dialed, dialing, lastBody, until } from '../support/dialing.ts'

const { start, dial } = dialing()

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`
const many = (port: number, count: number): Promise<readonly Dialed[]> =>
  Promise.all(Array.from({ length: count }, () => dial(port)))
const sample = (text: string, name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1])

describe('MAX_CONNECTIONS', () => {
  it('is how many are served; requests on others get 503, but for health and metrics', async () => {
    const { port, app, logged } = await start({ settings: { maxConnections: 3 } })
    await many(port, 3)
    const refused = await dial(port)
    refused.socket.write(get('/trust-stores'))
    const answer = await refused.ended()
    expect(answer).toMatch(/^HTTP\/1\.1 503 /)
    expect(answer).toMatch(/^retry-after: 1\r$/m)
    expect(lastBody(answer)).toMatchObject({ code: 'overloaded' })
    const probe = await dial(port)
    for (const path of ['/health/live', '/health/ready', '/metrics']) probe.socket.write(get(path))
    await until(() => probe.received().includes('vidimus_connections 4\n'))
    expect(probe.received().match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503', 'HTTP/1.1 200'])
    expect(probe.received()).toContain('The default trust store system holds no certificate.')
    expect(probe.received()).not.toContain('overloaded')
    expect(logged).toContainEqual(
      expect.objectContaining({ level: 40, connections: 4, most: 3, msg: 'there are more connections than may be' })
    )
    await app.close()
  })

  it('serves on a connection that was one too many, once others have ended', async () => {
    const { port } = await start({ settings: { maxConnections: 1 } })
    const [first] = await many(port, 1)
    const second = await dial(port)
    first?.socket.destroy()
    await elapsed(50)
    second.socket.write(get('/trust-stores'))
    await until(() => second.received().startsWith('HTTP/1.1 200'))
  })

  it('closes at once what comes beyond the reserve, counts it, and takes new ones when there is room', async () => {
    const { port, app } = await start({ settings: { maxConnections: 1 } })
    const held = await many(port, 1 + reserve)
    const beyond = await many(port, 5)
    expect(await Promise.all(beyond.map(({ ended }) => ended()))).toEqual(['', '', '', '', ''])
    const metrics = (await app.inject('/metrics')).body
    expect(sample(metrics, 'vidimus_connections')).toBe(1 + reserve)
    expect(sample(metrics, 'vidimus_connections_dropped_total')).toBe(5)
    for (const { socket } of held) socket.destroy()
    await elapsed(100)
    const next = await dial(port)
    next.socket.write(get('/trust-stores'))
    await until(() => next.received().startsWith('HTTP/1.1 200'))
    expect(sample((await app.inject('/metrics')).body, 'vidimus_connections')).toBe(1)
  })
})

describe('an answer that nobody takes', () => {
  it('ends with its connection, and gives back what its request took of the memory for bodies', async () => {
    // 64 bodies are refused without being read; their answers fill what the systems on both sides buffer.
    const { port, app } = await start({ settings: { requestTimeout: 3_000, maxBodiesInFlightBytes: 65_536 } })
    const { socket } = await dial(port)
    socket.pause()
    const body = 'a'.repeat(60_000)
    const request = `POST /inspect HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    const pages = get('/docs/static/swagger-ui-bundle.js').repeat(8)
    socket.write(pages + request)
    await elapsed(200)
    expect(sample((await app.inject('/metrics')).body, 'vidimus_connections')).toBe(1)
    await expect.poll(async () => sample((await app.inject('/metrics')).body, 'vidimus_connections')).toBe(0)
    const other = await app.inject({
      method: 'POST',
      url: '/inspect',
      headers: { 'content-type': 'text/plain' },
      payload: body
    })
    expect(other.statusCode).toBe(200)
  })

  it('does not end where it is taken slowly', async () => {
    const { port } = await start({ settings: { requestTimeout: 1_000 } })
    const { socket, received } = await dial(port)
    for (let turn = 0; turn < 10; turn += 1) {
      socket.pause()
      socket.write(get('/openapi.json'))
      await elapsed(150)
      socket.resume()
      await until(() => received().match(/HTTP\/1\.1 200/g)?.length === turn + 1)
    }
  })
})
