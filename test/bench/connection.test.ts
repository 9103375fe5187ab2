import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { answerIn, Connection, postRequest } from '../../bench/connection.ts'

describe('the connections of the benchmark', () => {
  it('send one request after another and read answers with a length and in chunks', async () => {
    const server = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (body: string) => {
        if (request.url === '/chunks') {
          response.write('<')
          response.write(body)
          response.end('>')
        } else {
          response.writeHead(422).end(body)
        }
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const connection = await Connection.open((server.address() as AddressInfo).port)
    expect(await connection.send(postRequest('/length', 'ü'))).toEqual({ status: 422, body: 'ü' })
    expect(await connection.send(postRequest('/chunks', 'chain'))).toEqual({ status: 200, body: '<chain>' })
    connection.close()
    await new Promise((resolve) => server.close(resolve))
  })

  it('are opened anew where the server has said that it ends them', async () => {
    let connections = 0
    const server = createServer((_request, response) => {
      response.writeHead(200, { connection: 'close', 'content-length': '2' }).end('ok')
    }).on('connection', () => {
      connections += 1
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const connection = await Connection.open((server.address() as AddressInfo).port)
    for (let count = 0; count < 3; count++)
      expect(await connection.send(postRequest('/', ''))).toEqual({ status: 200, body: 'ok' })
    expect(connections).toBe(3)
    connection.close()
    await new Promise((resolve) => server.close(resolve))
  })

  it.each([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n']
  ])('find an answer with %s whole only once its last octet is there', (_form, text) => {
    for (let length = 0; length < text.length; length++)
      expect(answerIn(Buffer.from(text.slice(0, length)))).toBe(undefined)
    expect(answerIn(Buffer.from(text))).toEqual({ status: 200, body: 'hello' })
  })
})
