import type { AddressRules } from './addresses.ts'
import { countOutcome, type FetchCounters, type FetchKind } from './counters.ts'
import { exchange, type Question } from './exchange.ts'
import { type Fetched, failed } from './fetch-fault.ts'
import { Gate, type GateBounds } from './gate.ts'
import type { Resolve } from './resolve.ts'
import { readTarget, type Target, type UrlRules } from './target.ts'

export interface EgressRules extends UrlRules {
  readonly addresses: AddressRules
  readonly gate: GateBounds
  /** Milliseconds until the header of an answer must be there: waiting, resolving and connecting included. */
  readonly headerMs: number
  /** Milliseconds that a transfer may take in all. */
  readonly wholeMs: number
  readonly leastBytesPerSecond: number
  /** Bytes of all answers that are being received. */
  readonly maxBytesInFlight: number
}

/**
 * The only way out to the network. What it is asked for comes from certificates that anybody may have made, so the
 * URL, the host, each of its addresses and every part of the answer are held against rules, and nothing is tried twice.
 */
export class Egress {
  readonly #rules: EgressRules
  readonly #resolve: Resolve
  readonly #gate: Gate
  readonly #counters: FetchCounters
  #bytesInFlight = 0

  constructor(rules: EgressRules, resolve: Resolve, counters: FetchCounters) {
    this.#rules = rules
    this.#resolve = resolve
    this.#gate = new Gate(rules.gate)
    this.#counters = counters
  }

  /** What is being fetched now, and what waits for its turn. */
  get load(): { readonly inFlight: number; readonly waiting: number } {
    return { inFlight: this.#gate.inside, waiting: this.#gate.waiting }
  }

  async fetch(kind: FetchKind, url: string, question: Question): Promise<Fetched<Uint8Array>> {
    const fetched = await this.#fetch(url, question)
    countOutcome(this.#counters, kind, fetched.ok ? 'fetched' : fetched.fault.kind)
    if (fetched.ok) this.#counters.receivedBytes += fetched.value.length
    return fetched
  }

  async #fetch(url: string, question: Question): Promise<Fetched<Uint8Array>> {
    const target = readTarget(url, this.#rules)
    if (!target.ok) return target
    const { headerMs } = this.#rules
    const end = performance.now() + headerMs
    const leave = await this.#gate.enter(target.value.host, headerMs)
    if (leave === undefined) return failed('busy', 'was not asked: too much is being fetched already')
    try {
      const addresses = await this.#addressesOf(target.value, end - performance.now())
      if (!addresses.ok) return addresses
      const left = end - performance.now()
      if (left <= 0) return failed('timeout', 'was not asked in time')
      const { wholeMs, leastBytesPerSecond } = this.#rules
      return await exchange(
        target.value,
        addresses.value,
        question,
        { headerMs: left, wholeMs, leastBytesPerSecond },
        (octets) => this.#hold(octets)
      )
    } finally {
      leave()
    }
  }

  /** Those of the host's addresses that may be connected to. */
  async #addressesOf({ host, isAddress }: Target, ms: number): Promise<Fetched<readonly string[]>> {
    const found = isAddress ? [host] : await this.#resolve(host, ms)
    if (found.length === 0) return failed('name-not-resolved', 'has a host whose name is not resolved')
    const allowed = found.filter((address) => this.#rules.addresses.allows(address))
    return allowed.length > 0
      ? { ok: true, value: allowed }
      : failed('address-refused', 'has a host whose address is not allowed')
  }

  #hold(octets: number): boolean {
    if (octets > 0 && this.#bytesInFlight + octets > this.#rules.maxBytesInFlight) return false
    this.#bytesInFlight += octets
    return true
  }
}
