import { connect, type Socket } from 'node:net'

export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

/**
 * One kept connection to a server on this machine, a request at a time. It knows of HTTP/1.1 what the measured servers
 * speak: answers with a length or in chunks. Node's own client costs as much as some of the servers do.
 */
export class Connection {
  readonly #port: number
  #socket: Socket
  /** Whether the server has said that it ends the connection. */
  #ends = false
  #received: Buffer = Buffer.alloc(0)
  #waiting: { readonly resolve: (answer: HttpAnswer) => void; readonly reject: (error: Error) => void } | undefined

  private constructor(port: number, socket: Socket) {
    this.#port = port
    this.#socket = socket
    this.#listenTo(socket)
  }

  static async open(port: number): Promise<Connection> {
    return new Connection(port, await connected(port))
  }

  /** Sends a whole request, header and body, and resolves with its answer. A connection that the server has ended is opened anew. */
  async send(request: Uint8Array): Promise<HttpAnswer> {
    if (this.#ends) {
      this.#socket.destroy()
      this.#socket = await connected(this.#port)
      this.#ends = false
      this.#listenTo(this.#socket)
    }
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #listenTo(socket: Socket): void {
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#take(Buffer.from(chunk)))
    const failed = (error: Error): void => {
      if (socket === this.#socket) this.#waiting?.reject(error)
    }
    socket.on('error', failed)
    socket.on('close', () => failed(new Error('The server closed the connection.')))
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const answer = answerIn(this.#received)
    if (answer === undefined) return
    this.#ends = endsConnection(this.#received)
    this.#received = Buffer.alloc(0)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }
}

const connected = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })

const endsConnection = (answer: Buffer): boolean =>
  /\r\nconnection: *close\r\n/i.test(answer.toString('latin1', 0, answer.indexOf('\r\n\r\n') + 2))

/** The request for a body of JSON, or of lines of it. */
export const postRequest = (path: string, body: string, type = 'application/json'): Buffer =>
  Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )

/** The answer that octets hold, once they hold it whole. */
export const answerIn = (octets: Buffer): HttpAnswer | undefined => {
  const headerEnd = octets.indexOf('\r\n\r\n')
  if (headerEnd < 0) return undefined
  const header = octets.toString('latin1', 0, headerEnd)
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(header)?.[1])
  const start = headerEnd + 4
  const length = /\r\ncontent-length: *(\d+)/i.exec(header)?.[1]
  if (length !== undefined) {
    const end = start + Number(length)
    return octets.length < end ? undefined : { status, body: octets.toString('utf8', start, end) }
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(header)) throw new Error(`An answer without length: ${header}`)
  const body = chunksOf(octets, start)
  return body === undefined ? undefined : { status, body: body.toString('utf8') }
}

/** RFC 9112 §7.1, without extensions and trailers. */
const chunksOf = (octets: Buffer, from: number): Buffer | undefined => {
  const chunks: Buffer[] = []
  for (let at = from; ; ) {
    const lineEnd = octets.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(octets.toString('latin1', at, lineEnd), 16)
    const end = lineEnd + 2 + size
    if (!(octets.length >= end + 2)) return undefined
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(octets.subarray(lineEnd + 2, end))
    at = end + 2
  }
}
