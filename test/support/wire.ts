import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What becomes of octets that a client sends: they go on, vanish, or take the connection with them. */
export type Fate = 'pass' | 'swallow' | 'cut before' | 'cut after'

/** A wire to a server, whose faults a test chooses. */
export interface Wire {
  readonly port: number
  /** Decides the fate of each piece that clients send from now on. */
  fate: (piece: Buffer) => Fate
  close(): Promise<void>
}

export const wireTo = async (host: string, port: number): Promise<Wire> => {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(port, host)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    let cut = false
    client.on('data', (piece: Buffer) => {
      const fate = wire.fate(piece)
      if (fate === 'cut before') return client.destroy()
      cut ||= fate === 'cut after'
      return fate === 'swallow' ? undefined : upstream.write(piece)
    })
    // The answer shows that the server has done what it was told, and does not reach the client.
    upstream.on('data', (piece: Buffer) => (cut ? client.destroy() : client.write(piece)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const wire: Wire = {
    port: address.port,
    fate: () => 'pass',
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    }
  }
  return wire
}
