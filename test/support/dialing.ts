import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterEach, expect } from 'vitest'
import { type TestApp, testApp } from './service-app.ts'

/** A connection of a test, on which it writes what it likes. */
export interface Dialed {
  readonly socket: Socket
  /** What came back so far. */
  received(): string
  /** Resolves with what came back when the connection has ended. */
  ended(): Promise<string>
}

/** A service that listens, and connections to it; all of them end with the test. */
export const dialing = () => {
  const open: TestApp[] = []
  const sockets: Socket[] = []
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    for (const { app } of open.splice(0)) await app.close()
  })
  const start = async (...parts: Parameters<typeof testApp>): Promise<TestApp & { readonly port: number }> => {
    const test = await testApp(...parts)
    open.push(test)
    await test.app.listen({ host: '127.0.0.1', port: 0 })
    const address = test.app.server.address()
    if (address === null || typeof address === 'string') throw new Error('It does not listen on a port')
    return { ...test, port: address.port }
  }
  const dial = async (port: number): Promise<Dialed> => {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => undefined)
    const closed = once(socket, 'close')
    await once(socket, 'connect')
    return { socket, received: () => text, ended: () => closed.then(() => text) }
  }
  return { start, dial }
}

export const until = async (condition: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 500 && !condition(); turn += 1) await elapsed(10)
  expect(condition()).toBe(true)
}

/** The body of the last answer in what came back, which is JSON. */
export const lastBody = (received: string): unknown => JSON.parse(received.slice(received.lastIndexOf('\r\n\r\n')))
