import type { Socket } from 'node:net'
import { setTimeout as elapsed } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { MetricValues } from '../service/metrics.ts'
import { connectionsToShed } from './levelling.ts'
import type { Load, PrimaryCalls } from './protocol.ts'
import { type ServingEnd, ServingProcess } from './serving-process.ts'

export interface FleetParts {
  /** How many processes serve. */
  readonly size: number
  /** Of one process. */
  readonly mostConnections: number
  readonly log: Logger
  readonly logLine: (line: string) => void
  readonly calls: (process: ServingProcess) => Omit<PrimaryCalls, 'ready' | 'arrived'>
  /** Hears of a process that can serve now. */
  readonly onServes: () => void
  /** Hears that connections have arrived, so that others may be given. */
  readonly onRoom: () => void
  /** Hears of connections that a process did not take over, which others may. */
  readonly onLeft: (connection: Socket) => void
  /** Hears of the end of a process, with the last that it had told of its figures. */
  readonly onEnd: (last: MetricValues) => void
}

/** Milliseconds between two looks at what the processes do. */
const interval = 1_000
/** Milliseconds after which a process that says nothing is ended. */
const longestSilence = 15_000
/** Milliseconds before a process that ended soon is replaced: twice as long each time, up to the second. */
const [leastPause, mostPause] = [100, 5_000]
/** Milliseconds after which a process does not count as one that ended soon. */
const longEnough = 10_000
/** Milliseconds in which a process tells its figures. */
const figuresTime = 1_000

/** Connections that are handed over to one process at once. */
const mostOnTheirWay = 64

/** The processes that serve. One that ends is replaced, at once or, where that happens again and again, after a while. */
export class Fleet {
  readonly #parts: FleetParts
  readonly #processes = new Set<ServingProcess>()
  /** What each told last of its figures. */
  readonly #figures = new Map<ServingProcess, MetricValues>()
  readonly #ended: Record<Exclude<ServingEnd, 'closed'>, number> = { crash: 0, silent: 0, late: 0 }
  /** Those that have not said yet what they do. */
  readonly #asked = new Set<ServingProcess>()
  /** Those that had more to do than others when they were last looked at. */
  #burdened = new Set<ServingProcess>()
  readonly #timer: NodeJS.Timeout
  #moved = 0
  #pause = 0
  #closing = false
  #turn = 0

  constructor(parts: FleetParts) {
    this.#parts = parts
    for (let at = 0; at < parts.size; at++) this.#start()
    this.#timer = setInterval(() => {
      this.#level()
      this.#look()
    }, interval).unref()
  }

  /** All that are there, whether they serve already or not. */
  get processes(): readonly ServingProcess[] {
    return [...this.#processes]
  }

  get counts() {
    const serving = this.serving.length
    return { serving, starting: this.#processes.size - serving, ended: { ...this.#ended }, moved: this.#moved }
  }

  /**
   * Gives a connection to the process that has least to do, of those that have not all that they may; false where none serves, or to all as
   * many are on their way as may be: what else is said to a process waits behind them.
   */
  give(connection: Socket): boolean {
    const open = this.serving.filter(({ burden: [onTheirWay] }) => onTheirWay < mostOnTheirWay)
    const roomy = open.filter(({ burden: [, , connections] }) => connections < this.#parts.mostConnections)
    const serving = roomy.length > 0 ? roomy : open
    // Equal ones have their turn one after the other.
    this.#turn += 1
    let best: ServingProcess | undefined
    for (let at = 0; at < serving.length; at++) {
      const next = serving[(at + this.#turn) % serving.length]
      if (next !== undefined && (best === undefined || isLess(next.burden, best.burden))) best = next
    }
    best?.give(connection)
    return best !== undefined
  }

  /** The figures of each process, as it tells them now, or as it told them last where it is too busy. */
  async figures(): Promise<readonly MetricValues[]> {
    await Promise.all(
      this.serving.map(async (process) => {
        const told = await process.line.ask('figures', undefined, figuresTime).catch(() => undefined)
        if (told !== undefined && process.alive) this.#figures.set(process, told)
      })
    )
    return [...this.#figures.values()]
  }

  /** What ends from now on stays away. */
  replaceNoMore(): void {
    this.#closing = true
  }

  /** Lets all processes end, at the latest after so many milliseconds. */
  async close(milliseconds: number): Promise<void> {
    this.#closing = true
    clearInterval(this.#timer)
    const closed = Promise.all(this.processes.map((process) => process.close()))
    await Promise.race([closed, elapsed(milliseconds, undefined, { ref: false })])
    for (const process of this.#processes) process.end('closed')
  }

  /** Those that connections can be given to. */
  get serving(): readonly ServingProcess[] {
    return [...this.#processes].filter(({ serves }) => serves)
  }

  /** Where the system gives no process at this moment, it is asked again later. */
  #start(): void {
    try {
      this.#fork()
    } catch {
      void this.#replace(false)
    }
  }

  #fork(): void {
    const { log, logLine, calls, onServes, onRoom, onLeft, onEnd } = this.#parts
    const begun = performance.now()
    const process: ServingProcess = new ServingProcess({
      log: logLine,
      calls: (of) => ({
        ...calls(of),
        ready: () => {
          of.beginToServe()
          onServes()
        },
        arrived: (numbers) => {
          of.arrived(numbers)
          onRoom()
        }
      }),
      failed: (call, fault) =>
        log.error({ call, ...fault }, 'a serving process was not answered: this is a fault of the service'),
      onLeft: (connections) => {
        for (const connection of connections) onLeft(connection)
      },
      onEnd: (why, end) => {
        this.#processes.delete(process)
        onEnd(this.#figures.get(process) ?? [])
        this.#figures.delete(process)
        if (why === 'closed' || this.#closing) return
        this.#ended[why] += 1
        const { processId } = process
        log.error({ processId, why, ...end }, 'a serving process ended with what it had in flight; it is replaced')
        void this.#replace(performance.now() - begun >= longEnough)
      }
    })
    this.#processes.add(process)
  }

  async #replace(livedLong: boolean): Promise<void> {
    const pause = livedLong ? 0 : this.#pause
    this.#pause = livedLong ? 0 : Math.min(Math.max(2 * this.#pause, leastPause), mostPause)
    if (pause > 0) await elapsed(pause)
    if (!this.#closing) this.#start()
  }

  /** Asks the processes what they do; ends those that do not say. */
  #look(): void {
    for (const process of this.serving) {
      if (this.#asked.has(process)) continue
      this.#asked.add(process)
      const answer = (load: Load | undefined): void => {
        this.#asked.delete(process)
        if (load === undefined) process.end('silent')
        else process.note(load)
      }
      process.line.ask('load', undefined, longestSilence).then(answer, () => answer(undefined))
    }
  }

  /** Has those shed connections that have more to do than others, by what all have told since it was last called. */
  #level(): void {
    const serving = this.serving
    const loads = serving.flatMap((process) => process.takeLoad() ?? [])
    if (loads.length < this.#parts.size) return
    const before = this.#burdened
    this.#burdened = new Set()
    for (const [at, count] of connectionsToShed(loads, interval).entries()) {
      const process = serving[at]
      if (process === undefined || count === 0) continue
      // Once may be chance.
      if (!before.has(process)) this.#burdened.add(process)
      else {
        process.shed(count)
        this.#moved += count
      }
    }
  }
}

const isLess = (one: readonly number[], other: readonly number[]): boolean => {
  for (const [at, value] of one.entries()) {
    const difference = value - (other[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
