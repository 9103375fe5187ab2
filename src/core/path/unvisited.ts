import type { Certificate } from '../model/certificate.ts'
import type { Candidate } from '../model/path.ts'
import type { NameGraph } from './graph.ts'

/** Candidates of one name and one key: whoever's signature verifies under that key has all of them as issuers. */
export type SameKey = readonly Candidate[]

/** The candidates that a walk which visits each once has not come to, by name and key. */
export class Unvisited {
  readonly #graph: NameGraph
  readonly #byName = new Map<string, Map<string, SameKey>>()

  constructor(graph: NameGraph) {
    this.#graph = graph
  }

  /** Who may have issued a certificate, by keys: first those that its key identifier does not speak against. */
  *issuersOf(child: Certificate): Iterable<SameKey> {
    const open = this.#named(child.issuer.key)
    if (open.size === 0) return
    const given = new Set<string>()
    if (child.authorityKeyIdentifier?.keyIdentifier !== undefined) {
      for (const { certificate } of this.#graph.likelyIssuers(child)) {
        const key = octetsOf(certificate.spki)
        const group = given.has(key) ? undefined : open.get(key)
        given.add(key)
        if (group !== undefined) yield group
      }
    }
    for (const [key, group] of open) if (!given.has(key)) yield group
  }

  visit(group: SameKey): void {
    for (const { certificate } of group.slice(0, 1)) {
      this.#named(certificate.subject.key).delete(octetsOf(certificate.spki))
    }
  }

  #named(name: string): Map<string, SameKey> {
    const known = this.#byName.get(name)
    if (known !== undefined) return known
    const made = Map.groupBy(this.#graph.issuersNamed(name), ({ certificate }) => octetsOf(certificate.spki))
    this.#byName.set(name, made)
    return made
  }
}

const octetsOf = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('latin1')
