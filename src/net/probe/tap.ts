import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** A connection with a tap. */
export interface Tapped {
  /** What is read and written here goes over the socket. */
  readonly stream: Duplex
  /** All that came so far. */
  received(): Uint8Array
}

/** Keeps what comes over a socket, `most` octets of it; what is more ends the connection, and `flooded` is told. */
export const tapped = (socket: Socket, most: number, flooded: () => void): Tapped => {
  const chunks: Uint8Array[] = []
  let size = 0
  const stream = new Duplex({
    read: () => {
      socket.resume()
    },
    write: (chunk: Uint8Array, _encoding, done) => {
      socket.write(chunk, done)
    },
    final: (done) => {
      socket.end(done)
    },
    destroy: (error, done) => {
      socket.destroy()
      done(error)
    }
  })
  // TLS is told of what breaks; after it has ended nobody is.
  stream.on('error', () => undefined)
  socket.on('data', (chunk: Uint8Array) => {
    size += chunk.length
    if (size > most) {
      socket.destroy()
      flooded()
      return
    }
    chunks.push(chunk)
    if (!stream.push(chunk)) socket.pause()
  })
  socket.on('end', () => stream.push(null))
  socket.on('error', (error) => stream.destroy(error))
  socket.on('close', () => stream.destroy())
  socket.resume()
  return { stream, received: () => Buffer.concat(chunks) }
}
