import { type ChildProcess, fork } from 'node:child_process'
import type { Socket } from 'node:net'
import { packageFile } from '../package-file.ts'
import type { WorkFault } from '../service/pool/protocol.ts'
import { Line, type LineMessage } from './line.ts'
import { relayLines } from './log-relay.ts'
import type { ConnectionMessage, Load, PrimaryCalls, ServingCalls } from './protocol.ts'

/** Why a serving process ended: by itself, because it said nothing for too long, or because it did not take over a trust store in time. */
export type ServingEnd = 'crash' | 'silent' | 'late' | 'closed'

export interface ServingProcessParts {
  readonly calls: (process: ServingProcess) => PrimaryCalls
  readonly log: (line: string) => void
  /** Hears of an exception of this process while it answered the other. */
  readonly failed: (call: string, fault: WorkFault) => void
  readonly onEnd: (
    why: ServingEnd,
    end: { readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }
  ) => void
  /** Hears of connections that never reached it, after its end. */
  readonly onLeft: (connections: readonly Socket[]) => void
}

/** What Node.js itself reads of the environment. All else may be secret, and is none of the business of a process that serves strangers. */
const passedOn: ReadonlySet<string> = new Set(['NODE_OPTIONS', 'UV_THREADPOOL_SIZE', 'TZ'])

/** A process that serves, as the primary sees it. */
export class ServingProcess {
  readonly line: Line<PrimaryCalls, ServingCalls>
  readonly #child: ChildProcess
  /** Connections that are on their way, in their order. They stay open here until they have arrived. */
  readonly #given = new Map<number, Socket>()
  readonly #onLeft: ServingProcessParts['onLeft']
  #lastNumber = 0
  #load: Load = { cpu: 0, busy: 0, open: 0 }
  #told: Load | undefined
  #givenSince = 0
  #reason: ServingEnd | undefined
  #alive = true
  #serves = false

  constructor({ calls, log, failed, onEnd, onLeft }: ServingProcessParts) {
    this.#child = fork(packageFile('dist/serving/main.js'), [], {
      serialization: 'advanced',
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.has(name))),
      stdio: ['ignore', 'pipe', 'inherit', 'ipc']
    })
    const mine = calls(this)
    const { stdout } = this.#child
    // Not even null where the system gave no process.
    if (stdout) relayLines(stdout, log)
    this.line = new Line<PrimaryCalls, ServingCalls>({
      send: (message) => this.#send(message),
      mine: () => mine,
      failed
    })
    this.#child.on('message', (message: LineMessage) => this.line.hear(message))
    const ended = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
      if (!this.#alive) return
      this.#alive = false
      this.line.end()
      onEnd(this.#reason ?? 'crash', { exitCode, signal })
    }
    this.#child.once('exit', ended)
    // By then all that it said was heard: what has arrived is lost with it, what has not can be given to another.
    this.#child.once('close', () => onLeft([...this.#given.values()]))
    this.#onLeft = onLeft
    this.#child.on('error', () => {
      if (this.#child.pid === undefined) ended(null, null)
    })
  }

  get processId(): number | undefined {
    return this.#child.pid
  }

  get alive(): boolean {
    return this.#alive
  }

  /** Whether connections may be given to it. */
  get serves(): boolean {
    return this.#serves && this.#alive && this.#reason === undefined
  }

  beginToServe(): void {
    this.#serves = true
  }

  /** Connections on their way to it, those on which something is asked, and all that it has, as far as is known: the first count most. */
  get burden(): readonly [onTheirWay: number, busy: number, open: number] {
    return [this.#given.size, this.#load.busy + this.#givenSince, this.#load.open + this.#givenSince]
  }

  /** Takes note of what it does. */
  note(load: Load): void {
    this.#load = load
    this.#told = load
    this.#givenSince = 0
  }

  /** What it has told of itself since this was last asked. */
  takeLoad(): Load | undefined {
    const told = this.#told
    this.#told = undefined
    return told
  }

  shed(connections: number): void {
    this.#load = { ...this.#load, busy: this.#load.busy - connections }
    this.line.tell('shed', connections)
  }

  give(connection: Socket): void {
    const number = ++this.#lastNumber
    this.#given.set(number, connection)
    this.#givenSince += 1
    const message: ConnectionMessage = { type: 'connection', number }
    // What cannot be sent is left over when the process ends, as it does then.
    this.#child.send(message, connection, { keepOpen: true }, () => undefined)
  }

  /** These connections have arrived, and are its own from now on. They come in order: what was given before them and is not among them was lost on the way. */
  arrived(numbers: readonly number[]): void {
    const [own, newest] = [new Set(numbers), Math.max(...numbers)]
    const lost: Socket[] = []
    for (const [number, connection] of this.#given) {
      if (number > newest) break
      this.#given.delete(number)
      if (own.has(number)) connection.destroy()
      else lost.push(connection)
    }
    if (lost.length > 0) this.#onLeft(lost)
  }

  end(why: ServingEnd): void {
    this.#reason ??= why
    this.#child.kill('SIGKILL')
  }

  /** Lets it end by itself, or at once where it does not serve yet; resolves when all that it had to say was heard. */
  async close(): Promise<void> {
    if (!this.#alive) return
    this.#reason ??= 'closed'
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#child.once('close', resolve)
    if (this.#serves) this.line.tell('end', undefined)
    else this.end('closed')
    await promise
  }

  #send(message: LineMessage): void {
    if (this.#child.connected) this.#child.send(message as object, () => undefined)
  }
}
