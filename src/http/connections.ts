import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Figure, plainFigure } from '../service/metrics.ts'
import { isOperation } from './operation.ts'
import { Problem } from './problem.ts'

export interface ConnectionBounds {
  readonly most: number
  /** Milliseconds in which a client must have taken an answer. */
  readonly answerTimeout: number
}

/**
 * Connections beyond the limit that are taken all the same, to say on them that there are too many, and for those who look after the service.
 * What comes beyond these is closed unanswered.
 */
export const reserve = 128

/** Milliseconds between two lines of the log about it. */
const complaintInterval = 60_000

/**
 * Bounds the connections of clients and the time that an answer may wait to be taken: whoever never reads would hold his place, and what his
 * request takes of memory, for ever.
 */
export const boundConnections = (
  app: FastifyInstance,
  { most, answerTimeout }: ConnectionBounds,
  log: Logger
): readonly Figure[] => {
  const { server } = app
  const open = new Set<Socket>()
  const excess = new WeakSet<Socket>()
  let dropped = 0
  let quietUntil = 0
  const complain = (): void => {
    if (performance.now() < quietUntil) return
    quietUntil = performance.now() + complaintInterval
    log.warn({ connections: open.size, most, dropped }, 'there are more connections than may be')
  }
  server.maxConnections = most + reserve
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    if (open.size <= most) return
    excess.add(socket)
    complain()
  })
  server.on('drop', () => {
    dropped += 1
    complain()
  })
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw
    if (!excess.has(socket) || isOperation(request)) return done()
    if (open.size <= most) {
      excess.delete(socket)
      return done()
    }
    reply.header('connection', 'close')
    throw new Problem('overloaded', 'There are too many connections at this moment. Ask again in a second.', {
      headers: { 'retry-after': '1' }
    })
  })
  closeWhereNobodyReads(app, open, answerTimeout)
  return [
    plainFigure('vidimus_connections', 'gauge', 'Connections of clients that are open.', () => open.size),
    plainFigure(
      'vidimus_connections_dropped_total',
      'counter',
      'Connections that were closed at once, since there were too many.',
      () => dropped
    )
  ]
}

/** Looks through the connections now and then, so that a request costs nothing for it. */
const closeWhereNobodyReads = (app: FastifyInstance, open: ReadonlySet<Socket>, ms: number): void => {
  const waiting = new WeakMap<Socket, { readonly written: number; readonly since: number }>()
  const look = (): void => {
    const now = performance.now()
    for (const socket of open) {
      if (socket.writableLength === 0) {
        waiting.delete(socket)
        continue
      }
      const before = waiting.get(socket)
      if (before?.written !== socket.bytesWritten) waiting.set(socket, { written: socket.bytesWritten, since: now })
      else if (now - before.since >= ms) socket.destroy()
    }
  }
  const timer = setInterval(look, Math.max(ms / 8, 50)).unref()
  app.addHook('onClose', async () => clearInterval(timer))
}
