import { readAddressRules } from '#dist/net/addresses.js'
import { type FetchCounters, fetchCounters } from '#dist/net/counters.js'
import { Egress, type EgressRules } from '#dist/net/egress.js'
import { readHostRules } from '#dist/net/hosts.js'
import type { Resolve } from '#dist/net/resolve.js'
import { readPortRules } from '#dist/net/target.js'

export interface EgressSpec extends Partial<Omit<EgressRules, 'hosts' | 'ports' | 'addresses'>> {
  readonly hosts?: readonly string[]
  readonly ports?: readonly string[]
  /** Loopback alone by default. */
  readonly networks?: readonly string[]
  readonly resolve?: Resolve
  readonly counters?: FetchCounters
}

const given = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the test has rules that cannot be read')
  return value
}

/** The way out, by default to any port of 127.0.0.1, with no name resolved. */
export const testEgress = (spec: EgressSpec = {}): Egress => {
  const { hosts = [], ports = ['1-65535'], networks = ['127.0.0.1'], resolve, counters, ...rules } = spec
  return new Egress(
    {
      https: false,
      gate: { most: 32, mostPerHost: 32, mostWaiting: 100 },
      headerMs: 500,
      wholeMs: 2_000,
      leastBytesPerSecond: 4_096,
      maxBytesInFlight: 10_000_000,
      ...rules,
      hosts: given(readHostRules(hosts)),
      ports: given(readPortRules(ports)),
      addresses: given(readAddressRules(networks))
    },
    resolve ?? (async () => []),
    counters ?? fetchCounters()
  )
}
