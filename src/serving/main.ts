import type { Socket } from 'node:net'
import { pino } from 'pino'
import { logStream } from '../log-stream.ts'
import { keepCodeFast } from '../service/hot-code.ts'
import { Line, type LineMessage } from './line.ts'
import type { ConnectionMessage, PrimaryCalls, ServingCalls } from './protocol.ts'
import { serveOver } from './serve.ts'

/** A process that serves what the primary gives it, for as long as the primary is there. */

const stream = logStream(1)
const log = pino({}, stream)

const line: Line<ServingCalls, PrimaryCalls> = new Line<ServingCalls, PrimaryCalls>({
  send: (message) => {
    // What cannot be sent is for a primary that is gone.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
  },
  mine: () => ({ ...calls, end }),
  failed: (call, fault) => log.error({ call, ...fault }, 'the primary was not answered: this is a fault of the service')
})
const { served, calls } = serveOver(line, log)

const end = async (): Promise<void> => {
  await served.then(
    ({ application }) => application.lanes.close(),
    () => undefined
  )
  await stream.flushed(1_000)
  process.exit()
}

let arrived: number[] = []
const tellArrived = (): void => {
  line.tell('arrived', arrived)
  arrived = []
}

process.on('message', (message: LineMessage | ConnectionMessage, connection: Socket | undefined) => {
  if (message.type !== 'connection') {
    line.hear(message)
    return
  }
  // Told before anything is read of it.
  if (arrived.push(message.number) === 1) setImmediate(tellArrived)
  void served.then(({ connections }) => connections.take(connection))
})
// A terminal or a supervisor signals the whole group: the primary decides when this process ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
// Nobody is left to serve for.
process.on('disconnect', () => {
  line.end()
  void end()
})

await served
keepCodeFast()
await line.ask('ready', undefined, 10_000)
