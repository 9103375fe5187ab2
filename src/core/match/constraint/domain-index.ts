import type { GeneralName } from '../../model/name.ts'

/** Domains and hosts of constraints, found by name in as many steps as the name has labels. */
export class DomainIndex {
  /** Constraints that hold the host itself and all below it. */
  readonly #within = new Map<string, GeneralName>()
  /** Constraints that hold what lies below a domain, by the domain. */
  readonly #below = new Map<string, GeneralName>()
  /** Constraints that hold one host. */
  readonly #hosts = new Map<string, GeneralName>()
  /** Constraints of `within` by the domain right above them. */
  readonly #children = new Map<string, GeneralName>()

  addWithin(domain: string, base: GeneralName): void {
    this.#within.set(domain, base)
    const dot = domain.indexOf('.')
    if (domain !== '') this.#children.set(dot < 0 ? '' : domain.slice(dot + 1), base)
  }

  addBelow(domain: string, base: GeneralName): void {
    this.#below.set(domain, base)
  }

  addHost(host: string, base: GeneralName): void {
    this.#hosts.set(host, base)
  }

  /** A constraint that holds the name; for `*.domain`, that holds all that the wildcard stands for. */
  holding(name: string): GeneralName | undefined {
    const own = this.#hosts.get(name) ?? this.#within.get(name)
    if (own !== undefined) return own
    for (let dot = name.indexOf('.'); ; dot = name.indexOf('.', dot + 1)) {
      const domain = dot < 0 ? '' : name.slice(dot + 1)
      const found = this.#within.get(domain) ?? this.#below.get(domain)
      if (found !== undefined || dot < 0) return found
    }
  }

  /** A constraint that holds the name; for `*.domain`, that holds anything that the wildcard stands for. */
  meeting(name: string): GeneralName | undefined {
    return this.holding(name) ?? (name.startsWith('*.') ? this.#children.get(name.slice(2)) : undefined)
  }
}
