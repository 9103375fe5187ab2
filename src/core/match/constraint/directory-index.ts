import type { GeneralName } from '../../model/name.ts'

interface Node {
  base: GeneralName | undefined
  readonly below: Map<string, Node>
}

const emptyNode = (): Node => ({ base: undefined, below: new Map() })

/** Directory names of constraints as a tree of RDNs, found in as many steps as a name has RDNs. */
export class DirectoryIndex {
  readonly #root = emptyNode()

  add(rdnKeys: readonly string[], base: GeneralName): void {
    let node = this.#root
    for (const key of rdnKeys) {
      const next = node.below.get(key) ?? emptyNode()
      node.below.set(key, next)
      node = next
    }
    node.base = base
  }

  /** A constraint whose RDNs are the first of the name's (X.501 §12.3, subtrees). */
  holding(rdnKeys: readonly string[]): GeneralName | undefined {
    let node: Node | undefined = this.#root
    if (node.base !== undefined) return node.base
    for (const key of rdnKeys) {
      node = node.below.get(key)
      if (node === undefined || node.base !== undefined) return node?.base
    }
    return undefined
  }
}
