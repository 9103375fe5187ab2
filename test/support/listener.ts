import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** A server of bare connections on the loopback interface, which counts those that are made. */
export interface Listener {
  readonly port: number
  /** Connections that were made so far. */
  connections(): number
  /** What was received so far, of all connections. */
  received(): string
  close(): Promise<void>
}

/** `serve` gets each connection with the text of its first octets. */
export const listen = async (
  serve: (socket: Socket, request: string) => void,
  address = '127.0.0.1'
): Promise<Listener> => {
  const sockets = new Set<Socket>()
  let connections = 0
  let received = ''
  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    // A client that gives up resets the connection, which is what most of these tests are about.
    socket.on('error', () => socket.destroy())
    socket.once('data', (octets) => serve(socket, octets.toString('latin1')))
    socket.on('data', (octets) => {
      received += octets.toString('latin1')
    })
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, address)
  await once(server, 'listening')
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    connections: () => connections,
    received: () => received,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    }
  }
}

/** An answer as it goes over the wire. */
export const response = (
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
  status = '200 OK'
): Uint8Array => {
  const octets = Buffer.from(body)
  const fields = Object.entries({ 'content-length': String(octets.length), ...headers })
  const head = [`HTTP/1.1 ${status}`, ...fields.map(([name, value]) => `${name}: ${value}`), '', '']
  return Buffer.concat([Buffer.from(head.join('\r\n')), octets])
}
