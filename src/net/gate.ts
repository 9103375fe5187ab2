/** How many may be inside at once: in all, for one host, and how many may wait. */
export interface GateBounds {
  readonly most: number
  readonly mostPerHost: number
  readonly mostWaiting: number
}

interface Waiting {
  readonly host: string
  enter(): void
}

/** Lets so many in at a time; who comes first goes first, but for hosts that have their number inside. */
export class Gate {
  readonly #bounds: GateBounds
  readonly #inside = new Map<string, number>()
  readonly #queue = new Set<Waiting>()
  #count = 0

  constructor(bounds: GateBounds) {
    this.#bounds = bounds
  }

  get inside(): number {
    return this.#count
  }

  get waiting(): number {
    return this.#queue.size
  }

  /** Gives the way out again, to be gone once; undefined where `ms` milliseconds pass or too many wait already. */
  async enter(host: string, ms: number): Promise<(() => void) | undefined> {
    if (!this.#hasRoom(host)) {
      if (this.#queue.size >= this.#bounds.mostWaiting || !(await this.#turn(host, ms))) return undefined
    } else {
      this.#admit(host)
    }
    return () => this.#leave(host)
  }

  #turn(host: string, ms: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const waiting: Waiting = {
      host,
      enter: () => {
        clearTimeout(timer)
        resolve(true)
      }
    }
    const timer = setTimeout(() => {
      this.#queue.delete(waiting)
      resolve(false)
    }, ms)
    this.#queue.add(waiting)
    return promise
  }

  #hasRoom(host: string): boolean {
    return this.#count < this.#bounds.most && (this.#inside.get(host) ?? 0) < this.#bounds.mostPerHost
  }

  #admit(host: string): void {
    this.#count += 1
    this.#inside.set(host, (this.#inside.get(host) ?? 0) + 1)
  }

  #leave(host: string): void {
    const left = (this.#inside.get(host) ?? 1) - 1
    if (left === 0) this.#inside.delete(host)
    else this.#inside.set(host, left)
    this.#count -= 1
    for (const waiting of this.#queue) {
      if (this.#count >= this.#bounds.most) return
      if (!this.#hasRoom(waiting.host)) continue
      this.#queue.delete(waiting)
      this.#admit(waiting.host)
      waiting.enter()
    }
  }
}
