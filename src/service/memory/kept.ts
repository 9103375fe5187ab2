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

/** Values by their keys: at most so many bytes of them, those that were asked for last. */
export class Kept<Value> {
  readonly #maxBytes: number
  /** In the order of use. */
  readonly #kept = new Map<string, { readonly value: Value; readonly bytes: number }>()
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
    this.#kept.delete(key)
    this.#kept.set(key, found)
    return found.value
  }

  /** Takes the place of what was kept by this key. `bytes` is what it is reckoned to take. */
  set(key: string, value: Value, bytes: number): void {
    this.#forget(key)
    this.#kept.set(key, { value, bytes })
    this.#bytes += bytes
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes) return
      this.#forget(oldest)
      this.#evicted++
    }
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
