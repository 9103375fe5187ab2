import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { describeWith } from '../support/engines.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const description = readFileSync(join(root, 'openapi/openapi.json'))
const everywhere = { 'x-request-id': 'one', 'x-content-type-options': 'nosniff' }

let server = createServer()
let child: ChildProcess | undefined
afterEach(() => {
  child?.kill()
  server.close()
})

/** What Schemathesis says, with the project's settings, of a stand-in whose health is answered by `live`. */
const said = async (live: RequestListener): Promise<{ readonly status: unknown; readonly text: string }> => {
  server = createServer((request, response) => {
    if (request.url !== '/openapi.json') return live(request, response)
    response.setHeader('content-type', 'application/json').end(description)
    return undefined
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const parameters = [`--url=http://127.0.0.1:${port}`, '--include-operation-id=live', '--phases=fuzzing']
  child = spawn(process.execPath, ['scripts/schemathesis.mjs', ...parameters], { cwd: root, stdio: 'pipe' })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (more: string) => {
    text += more
  })
  const [status] = (await once(child, 'close')) as unknown[]
  return { status, text }
}

const answer =
  (status: number, body: object, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...everywhere, ...headers })
      .end(JSON.stringify(body))

const alive = { status: 'ok', reasons: [], warnings: [] }

describeWith('schemathesis', 'npm run openapi:conformance', () => {
  it('passes an answer that is as it is described', async () => {
    const { status, text } = await said(answer(200, alive))
    expect(status, text).toBe(0)
    expect(text).toMatch(/[1-9]\d* generated, [1-9]\d* passed/)
  })

  it('fails at a body that is not', async () => {
    const { status, text } = await said(answer(200, { ...alive, status: 'fine' }))
    expect(text).toContain('"fine" is not one of')
    expect(status).toBe(1)
  })

  it('fails at a status that is not described', async () => {
    const { status, text } = await said(answer(202, alive))
    expect(text).toContain('Undocumented status code')
    expect(status).toBe(1)
  })

  it('fails at a media type that is not described', async () => {
    const { status, text } = await said(answer(200, alive, { 'content-type': 'text/html' }))
    expect(text).toContain('Undocumented Content-Type')
    expect(status).toBe(1)
  })

  it('fails at a server error, and at an answer that lacks what every answer has', async () => {
    const { status, text } = await said((_request, response) => response.writeHead(500).end())
    expect(text).toContain('Server error')
    expect(text).toContain('the answer has no x-request-id')
    expect(status).toBe(1)
  })
})
