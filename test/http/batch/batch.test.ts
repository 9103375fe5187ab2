import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as elapsed } from 'node:timers/promises'
import supertest from 'supertest'
import { afterEach, describe, expect, it } from 'vitest'
import { validate } from '#dist/core/validate.js'
import { intermediate, root, server } from '../../support/authority.ts'
import { plainVerdict, type TestApp, testApp } from '../../support/service-app.ts'

const open: TestApp[] = []
const start = async (...parts: Parameters<typeof testApp>): Promise<TestApp> => {
  const app = await testApp(...parts)
  open.push(app)
  await app.app.ready()
  return app
}
afterEach(async () => {
  for (const { app } of open.splice(0)) await app.close()
})

const ndjson = 'application/x-ndjson'

const ask = async ({ app }: TestApp, body: string, query = ''): Promise<readonly Record<string, unknown>[]> => {
  const answer = await supertest(app.server)
    .post(`/validate/batch${query}`)
    .set('content-type', ndjson)
    .buffer(true)
    .parse((response, done) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      response.on('end', () => done(null, text))
    })
    .send(body)
  expect(answer.status).toBe(200)
  expect(answer.headers['content-type']).toBe(ndjson)
  const text: unknown = answer.body
  expect(String(text)).toMatch(/^$|\n$/)
  return String(text)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

const raise = (): never => {
  throw new Error('secret')
}

const lines = (...values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')

const plainAnswer = { kind: 'verdict', verdict: plainVerdict } as const

const anchor = root()
const issuing = intermediate(anchor)
const chain = `${server(issuing).pem}${issuing.pem}`

describe('POST /validate/batch', () => {
  it('answers each line as POST /validate does, with its id', async () => {
    const service = await start({ validate })
    const requests = [
      { chain, caBundle: anchor.pem, time: '2026-11-24T12:00:00Z', hostname: 'www.example.test' },
      { chain, caBundle: anchor.pem, time: '2026-11-24T12:00:00Z', hostname: 'other.example.test' },
      { chain: 'nothing' },
      { chain, hostnam: 'x' }
    ]
    const alone = await Promise.all(
      requests.map((request) => supertest(service.app.server).post('/validate').send(request))
    )
    expect(alone.map(({ status }) => status)).toEqual([200, 200, 422, 400])
    const ids = ['one', 2, null, '4']
    const answers = await ask(service, lines(...requests.map((request, at) => ({ id: ids[at], ...request }))))
    expect(answers).toEqual(alone.map(({ status, body }, at) => ({ id: ids[at], status, body })))
    expect(service.logged.at(-1)).toMatchObject({
      route: '/validate/batch',
      lines: 4,
      valid: 1,
      invalid: 1,
      refused: 2
    })
  })

  it.each([
    ['no JSON', '{"id":1', null, 400, 'body-malformed'],
    ['no object', '[1]', null, 400, 'body-malformed'],
    ['a name twice', '{"id":1,"chain":"x","chain":"y"}', null, 400, 'body-malformed'],
    ['an id that is none', '{"id":{},"chain":"x"}', null, 400, 'field-invalid'],
    ['an id of 257 characters', `{"id":"${'a'.repeat(257)}","chain":"x"}`, null, 400, 'field-invalid'],
    ['no chain', '{"id":1}', 1, 400, 'field-invalid'],
    ['over the limit', `{"id":1,"chain":"${'x'.repeat(70_000)}"}`, null, 413, 'body-too-large']
  ])('answers a line with %s, and goes on', async (_title, line, id, status, code) => {
    const service = await start()
    const [bad, good] = await ask(service, `${line}\n{"id":"next","chain":"x"}`)
    expect(bad).toMatchObject({ id, status, body: { code, status } })
    expect(good).toMatchObject({ id: 'next', status: 200, body: { valid: true } })
  })

  it.each(['', '?ordered=true', '?ordered=false'])(
    'gives answers that need no waiting in the order of the lines%s',
    async (query) => {
      const service = await start()
      const body = lines(...[1, 2, 3].map((id) => ({ id, chain: 'x' })))
      expect((await ask(service, body, query)).map(({ id }) => id)).toEqual([1, 2, 3])
    }
  )

  it.each([
    ['at once', () => raise()],
    ['later', async () => raise()],
    ['when it is written', async () => ({ kind: 'verdict', verdict: { ...plainVerdict, serial: 1n } }) as const]
  ])('says of a failure of its own no more than that, %s', async (_when, fails) => {
    const service = await start({ validate: fails })
    const [answer, next] = await ask(service, lines({ id: 1, chain: 'x' }, { id: 2 }))
    expect(answer).toMatchObject({ id: 1, status: 500, body: { code: 'internal-error' } })
    expect(next).toMatchObject({ id: 2, status: 400 })
    expect(JSON.stringify([answer, service.logged])).not.toContain('secret')
  })

  it('escapes what is risky where people read it', async () => {
    const service = await start()
    const answer = await supertest(service.app.server)
      .post('/validate/batch')
      .set('content-type', ndjson)
      .send('{"id":"<\u202e>","chain":"x"}\n')
    expect(answer.text ?? String(answer.body)).toContain('"id":"\\u003c\\u202e\\u003e"')
  })

  it.each([
    [415, 'application/json', ''],
    [400, ndjson, '?ordered=perhaps'],
    [400, ndjson, '?order=true'],
    [400, ndjson, '?ordered=true&ordered=false']
  ])('is refused as a whole with %i: %s %s', async (status, type, query) => {
    const service = await start()
    const answer = await supertest(service.app.server)
      .post(`/validate/batch${query}`)
      .set('content-type', type)
      .send('{}')
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toMatch('application/problem+json')
  })
})

describe('a batch as a stream', () => {
  const dial = async (service: TestApp) => {
    if (!service.app.server.listening) await service.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = service.app.server.address() as AddressInfo
    const request = httpRequest({ port, method: 'POST', path: '/validate/batch', headers: { 'content-type': ndjson } })
    return request
  }

  /** Sends a line when the one before is answered; each answer begins so, after the id. */
  const converse = async (service: TestApp, beginning: string): Promise<void> => {
    const request = await dial(service)
    request.write(lines({ id: 1, chain: 'x' }))
    const [response] = await once(request, 'response')
    response.setEncoding('utf8')
    expect(String(await once(response, 'data'))).toContain(`"id":1${beginning}`)
    request.write(lines({ id: 2, chain: 'x' }))
    expect(String(await once(response, 'data'))).toContain(`"id":2${beginning}`)
    request.end()
    await once(response, 'end')
  }

  it('is answered line by line while it is still being sent', async () => {
    await converse(await start(), '')
  })

  it('is read no faster than its answers are taken', async () => {
    const service = await start()
    const request = await dial(service)
    request.on('error', () => undefined)
    const line = lines({ id: 1, chain: 'x'.repeat(1_000) })
    let sent = 0
    const send = (): void => {
      while (sent < 200_000 && request.write(line)) sent++
      if (sent < 200_000) request.once('drain', send)
    }
    send()
    await once(request, 'response')
    for (let before = -1; before !== service.asked.length; ) {
      before = service.asked.length
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    expect(service.asked.length).toBeGreaterThan(0)
    expect(service.asked.length).toBeLessThan(100_000)
    request.destroy()
  })

  it('is answered where the answer takes until later, and no other line comes before it', async () => {
    await converse(await start({ validate: () => elapsed(20, plainAnswer) }), ',"status":200')
  })

  it('leaves nothing that counts behind where the client goes away in the middle', async () => {
    const validate = () => {
      for (const end = performance.now() + 3; performance.now() < end; );
      return plainAnswer
    }
    const service = await start({ validate })
    // Together they are more than may be in flight.
    for (let client = 0; client < 4; client++) {
      const request = await dial(service)
      request.on('error', () => undefined)
      request.write(lines(...Array.from({ length: 50 }, (_, id) => ({ id, chain: 'x'.repeat(1_000) }))))
      const [response] = await once(request, 'response')
      await once(response, 'data')
      request.destroy()
    }
    const whole = { chain: 'x'.repeat(60_000) }
    await expect.poll(async () => (await supertest(service.app.server).post('/validate').send(whole)).status).toBe(200)
  })

  it('ends where no line comes for too long', async () => {
    const service = await start({ settings: { requestTimeout: 300 } })
    const request = await dial(service)
    const started = performance.now()
    request.write(lines({ id: 1, chain: 'x' }))
    const [response] = await once(request, 'response')
    response.on('error', () => undefined).resume()
    request.on('error', () => undefined)
    await new Promise((resolve) => response.once('close', resolve))
    expect(response.complete).toBe(false)
    expect(performance.now() - started).toBeGreaterThan(200)
  })

  it('may take longer than other bodies, as long as lines come', async () => {
    const service = await start({ settings: { requestTimeout: 2_000 } })
    const request = await dial(service)
    let text = ''
    request.on('response', (response) => response.setEncoding('utf8').on('data', (part: string) => (text += part)))
    for (let id = 0; id < 12; id++) {
      request.write(lines({ id, chain: 'x' }))
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    request.end()
    await once(request, 'close')
    expect(text.trimEnd().split('\n')).toHaveLength(12)
  })
})
