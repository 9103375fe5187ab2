/** How often a memory was of use, and how much it holds. */
export interface MemoryCounts {
  readonly hits: number
  readonly misses: number
}

export interface KeptCounts extends MemoryCounts {
  readonly entries: number
  /** As whoever kept them reckoned. */
  readonly bytes: number
  readonly evicted: number
}

interface Entry<Value> {
  readonly value: Value
  readonly bytes: number
  /** Whether it was asked for since it was last looked at as the oldest. */
  used: boolean
}

/**
 * Values by their keys: at most so many bytes of them. What was asked for since it came, or since it was last spared, is spared once
 * before it goes: about those are kept that were asked for last, and asking for one moves nothing.
 */
export class Kept<Value> {
  readonly #maxBytes: number
  /** Oldest first; what was spared counts as new. */
  readonly #kept = new Map<string, Entry<Value>>()
  #bytes = 0
  #hits = 0
  #misses = 0
  #evicted = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Undefined where there is none, or none that `holds`. */
  get(key: string, holds: (value: Value) => boolean = () => true): Value | undefined {
    const found = this.#kept.get(key)
    if (found === undefined || !holds(found.value)) {
      this.#misses++
      return undefined
    }
    this.#hits++
    found.used = true
    return found.value
  }

  /** The same without that it counts as asked for. */
  peek(key: string): Value | undefined {
    return this.#kept.get(key)?.value
  }

  /** All that is kept. */
  *values(): Iterable<Value> {
    for (const { value } of this.#kept.values()) yield value
  }

  /** Takes the place of what was kept by this key. `bytes` is what it is reckoned to take. */
  set(key: string, value: Value, bytes: number): void {
    this.#forget(key)
    if (bytes > this.#maxBytes) {
      this.#evicted++
      return
    }
    // Spared ones come again at the end, and are not spared twice: it ends.
    for (const [oldest, entry] of this.#kept) {
      if (this.#bytes + bytes <= this.#maxBytes) break
      if (entry.used) {
        this.#kept.delete(oldest)
        this.#kept.set(oldest, { ...entry, used: false })
      } else {
        this.#forget(oldest)
        this.#evicted++
      }
    }
    this.#kept.set(key, { value, bytes, used: false })
    this.#bytes += bytes
  }

  clear(): void {
    this.#evicted += this.#kept.size
    this.#kept.clear()
    this.#bytes = 0
  }

  get counts(): KeptCounts {
    return {
      hits: this.#hits,
      misses: this.#misses,
      entries: this.#kept.size,
      bytes: this.#bytes,
      evicted: this.#evicted
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0
    this.#kept.delete(key)
  }
}
