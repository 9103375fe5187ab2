import type { Socket } from 'node:net'
import { setTimeout as elapsed } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** Milliseconds in which a request that was sent before the last answer may still be read. */
const stepTime = 250
/** Milliseconds between two looks for connections on which nothing is asked. */
const lookTime = 50

/** The connections that a serving process is given. */
export class Connections {
  readonly #server: FastifyInstance['server']
  readonly #open = new Set<Socket>()
  #busy = new Set<Socket>()
  #toShed = 0
  #held: PromiseWithResolvers<void> | undefined

  /** For an application that is not ready yet. */
  constructor(app: FastifyInstance) {
    this.#server = app.server
    this.#server.on('request', ({ socket }) => this.#busy.add(socket))
    app.addHook('onSend', (_request, reply, payload, done) => {
      if (this.#toShed > 0) {
        this.#toShed -= 1
        reply.header('connection', 'close')
      }
      if (this.#held === undefined) done(null, payload)
      else void this.#held.promise.then(() => done(null, payload))
    })
  }

  /** The server of Node.js bounds the time of header fields and of idle connections from when it listens, which this one never does. */
  begin(): void {
    this.#server.emit('listening')
  }

  /** Serves a connection; undefined for one that broke on its way. */
  take(socket: Socket | undefined): void {
    if (socket === undefined) return
    if (this.#open.size >= this.#server.maxConnections) {
      this.#server.emit('drop')
      socket.destroy()
      return
    }
    this.#open.add(socket)
    socket.once('close', () => {
      this.#open.delete(socket)
      this.#busy.delete(socket)
    })
    // Who has sent all that he has to say still waits for an answer.
    socket.allowHalfOpen = true
    this.#server.emit('connection', socket)
  }

  get open(): number {
    return this.#open.size
  }

  /** How many were asked something on since this was last called. */
  takeBusy(): number {
    const { size } = this.#busy
    this.#busy = new Set()
    return size
  }

  /** Ends so many, each with the next answer on it. */
  shed(count: number): void {
    this.#toShed = count
  }

  /** Holds answers back. */
  hold(): void {
    this.#held ??= Promise.withResolvers()
  }

  /** Gives them, and resolves when no connection is left; those on which nothing is asked are closed after a moment. */
  async finish(): Promise<void> {
    this.#held?.resolve()
    this.#held = undefined
    await elapsed(stepTime)
    while (this.#open.size > 0) {
      this.#server.closeIdleConnections()
      await elapsed(lookTime)
    }
  }
}
