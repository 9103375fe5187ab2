import type { Stamp } from './stamp.ts'

/** Milliseconds. */
export interface SettlingTimes {
  /** For which files must have been as they are before they are read. */
  readonly settle: number
  /** After which what could not be used is read again though nothing has changed: the fault may have been of the system. */
  readonly retry: number
}

/** File systems tell times to two seconds at worst: within these a file can change and look as before. */
const coarsestTime = 2_000

/** Decides when changed files are read: not while somebody is still writing them. */
export class Settling {
  readonly #times: SettlingTimes
  #read: Stamp
  /** When what was read is to be read again; undefined for not before it changes. */
  #again: number | undefined
  /** What it has become since, and from when on. */
  #changed: { readonly text: string; readonly since: number } | undefined

  constructor(read: Stamp, times: SettlingTimes) {
    this.#read = read
    this.#times = times
    this.taken(read, true)
  }

  /** Milliseconds until the files with this stamp are to be read: 0 for now, undefined for not before they change. */
  due(stamp: Stamp): number | undefined {
    const now = performance.now()
    if (stamp.text === this.#read.text) {
      this.#changed = undefined
      return this.#again === undefined ? undefined : Math.max(0, this.#again - now)
    }
    if (this.#changed?.text !== stamp.text) this.#changed = { text: stamp.text, since: now }
    return Math.max(0, this.#changed.since + this.#times.settle - now)
  }

  /** Notes that the files with this stamp were read, and whether they could be used; true where they are others than before. */
  taken(stamp: Stamp, used: boolean): boolean {
    const others = stamp.text !== this.#read.text
    const age = Math.abs(Date.now() - stamp.newest)
    const wait = Math.min(used ? Infinity : this.#times.retry, age < coarsestTime ? coarsestTime : Infinity)
    this.#read = stamp
    this.#changed = undefined
    this.#again = wait === Infinity ? undefined : performance.now() + wait
    return others
  }
}
