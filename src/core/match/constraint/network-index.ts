import type { GeneralName } from '../../model/name.ts'
import { prefixLength } from '../name/general-name-text.ts'

/** Networks of constraints, found by address in as many steps as there are different prefix lengths. */
export class NetworkIndex {
  /** By size of the address and prefix length: the networks by their masked address. */
  readonly #lengths = new Map<string, { readonly mask: Uint8Array; readonly networks: Map<string, GeneralName> }>()

  /** `value` is an address and a contiguous mask of as many octets. */
  add(value: Uint8Array, base: GeneralName): void {
    const size = value.length / 2
    const mask = value.subarray(size)
    const key = `${size}/${prefixLength(mask)}`
    const entry = this.#lengths.get(key) ?? { mask, networks: new Map<string, GeneralName>() }
    this.#lengths.set(key, entry)
    entry.networks.set(masked(value.subarray(0, size), mask), base)
  }

  /** A constraint that holds the address; those of the other family hold none. */
  holding(address: Uint8Array): GeneralName | undefined {
    for (const { mask, networks } of this.#lengths.values()) {
      const found = mask.length === address.length ? networks.get(masked(address, mask)) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }
}

const masked = (address: Uint8Array, mask: Uint8Array): string =>
  address.map((octet, at) => octet & (mask[at] ?? 0)).join('.')
