import { Server as NetServer } from 'node:net'
import { setTimeout as elapsed } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { whenNoMoreCome } from './last-connections.ts'

/** Milliseconds of the first and the last step of the last calls. */
const stepTime = 250
/** Milliseconds that connections may go on coming in while answers are held back: a machine under load is slow to take them. */
const acceptTime = 2_000

/** Milliseconds after which the last calls are over, some more for turns of the event loop that are long. */
const longestCalls = 3 * stepTime + acceptTime

/**
 * Puts last calls between the beginning of a close and its end. A request that a client has sent may wait unread in a
 * connection that looks idle, or in one that is not accepted yet: to close these at once would lose its answer.
 */
export const giveLastCalls = (app: FastifyInstance): void => {
  let held: Promise<void> | undefined
  app.addHook('onSend', (_request, _reply, payload, done) => {
    if (held === undefined) done(null, payload)
    else void held.then(() => done(null, payload))
  })
  app.addHook('preClose', async () => {
    // It is told to stop while it starts: nobody has come.
    if (!app.server.listening) return
    // Each answer ends its connection meanwhile, so that those in use come to their end.
    await elapsed(stepTime)
    const { promise, resolve } = Promise.withResolvers<void>()
    held = promise
    let taken = 0
    app.server.on('connection', () => {
      taken += 1
    })
    await whenNoMoreCome(() => taken, acceptTime)
    // Not the method of the HTTP server, which ends at once every connection whose request it has not read yet.
    NetServer.prototype.close.call(app.server)
    resolve()
    await elapsed(stepTime)
  })
}

/** Takes no more connections, and waits for what is in flight, at most `seconds`. */
export const close = async (app: FastifyInstance, seconds: number): Promise<void> => {
  const closed = app.close()
  let idle: NodeJS.Timeout | undefined
  // A connection that was busy when the closing began would otherwise stay open, idle, until its timeout.
  const later = setTimeout(() => {
    idle = setInterval(() => setImmediate(() => app.server.closeIdleConnections()), 50)
  }, longestCalls)
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const end = setTimeout(resolve, seconds * 1_000)
  await Promise.race([closed, late])
  clearTimeout(end)
  clearTimeout(later)
  clearInterval(idle)
}
