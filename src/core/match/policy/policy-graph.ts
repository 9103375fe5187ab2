import type { PolicyInformation, PolicyMapping } from '../../model/certificate.ts'
import type { Budget } from '../../model/limits.ts'
import { anyPolicy } from '../../model/oids.ts'

/**
 * One node of the graph. Its depth is that of the layer it lies in. Qualifier sets are left out: they do not change
 * what is valid, and returning them is not recommended (RFC 9618 §5.5, step (g)(4)(ii)).
 */
interface PolicyNode {
  readonly validPolicy: string
  readonly parents: readonly PolicyNode[]
  expectedPolicies: ReadonlySet<string>
  /** How many nodes of the next layer have this one as a parent. */
  children: number
  deleted: boolean
}

/** The nodes of one depth by their valid_policy: a policy has at most one node in each layer, which keeps the graph small. */
type Layer = Map<string, PolicyNode>

/**
 * The valid_policy_graph of RFC 9618 §3. Depth 0 is the trust anchor's, depth i that of the i-th certificate below it.
 *
 * A layer has at most one node for each policy that its certificate names, expects or maps, and its edges to the layer
 * above are at most the members of that layer's expected_policy_sets. So the graph is as large as the extensions that it is
 * made of, where the tree of RFC 5280 doubles with each certificate. `policyNodes` is spent for nodes and edges.
 */
export class PolicyGraph {
  readonly #budget: Budget
  /** RFC 9618 §5.2: one node of depth 0, for anyPolicy. */
  #layers: Layer[] = [new Map([[anyPolicy, nodeOf(anyPolicy, [])]])]

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** Whether the graph is NULL: no policy is valid for the path so far. */
  get isNull(): boolean {
    return (this.#layers.at(-1)?.size ?? 0) === 0
  }

  get #leaves(): Layer {
    return this.#layers.at(-1) ?? new Map()
  }

  /** RFC 5280 §6.1.3 (e): a certificate without policies ends all. */
  clear(): void {
    this.#layers = []
  }

  /** RFC 9618 §5.3 (d): the policies of the next certificate. `allowAny` says whether its anyPolicy counts: step (2). */
  addCertificate(policies: readonly PolicyInformation[], allowAny: boolean): void {
    if (this.isNull) return
    const above = this.#leaves
    const layer: Layer = new Map()
    const expecting = this.#expecting(above)
    const anyAbove = above.get(anyPolicy)
    this.#budget.spend('policyNodes', policies.length)
    for (const { oid } of policies) {
      if (oid === anyPolicy) continue
      const parents = expecting.get(oid) ?? (anyAbove === undefined ? [] : [anyAbove])
      this.#add(layer, oid, parents)
    }
    if (allowAny && policies.some(({ oid }) => oid === anyPolicy)) {
      this.#budget.spend('policyNodes', expecting.size)
      for (const [oid, parents] of expecting) this.#add(layer, oid, parents)
    }
    this.#layers.push(layer)
    this.#prune(above.values())
  }

  /** RFC 9618 §5.4 (b)(1): mappings of the certificate that was added last, while policy_mapping is above 0. */
  map(mappings: readonly PolicyMapping[]): void {
    if (this.isNull) return
    const leaves = this.#leaves
    const anyAbove = this.#layers.at(-2)?.get(anyPolicy)
    const hasAny = leaves.has(anyPolicy)
    this.#budget.spend('policyNodes', mappings.length)
    for (const [issuerDomainPolicy, subjectDomainPolicies] of groupMappings(mappings)) {
      if (hasAny && anyAbove !== undefined) this.#add(leaves, issuerDomainPolicy, [anyAbove])
      const node = leaves.get(issuerDomainPolicy)
      if (node !== undefined) node.expectedPolicies = subjectDomainPolicies
    }
  }

  /** RFC 9618 §5.4 (b)(2): mappings of the certificate that was added last, once policy_mapping is 0. */
  deleteMapped(mappings: readonly PolicyMapping[]): void {
    if (this.isNull) return
    const leaves = this.#leaves
    this.#budget.spend('policyNodes', mappings.length)
    for (const { issuerDomainPolicy } of mappings) {
      const node = leaves.get(issuerDomainPolicy)
      if (node === undefined) continue
      leaves.delete(issuerDomainPolicy)
      this.#delete(node)
    }
  }

  /** RFC 9618 §5.5 (g)(1) to (4): the authority_constrained_policy_set. */
  authorityConstrainedPolicies(): ReadonlySet<string> {
    const policies = new Set<string>()
    if (this.isNull) return policies
    for (const layer of this.#layers) {
      for (const { validPolicy, parents, deleted } of layer.values()) {
        if (!deleted && validPolicy !== anyPolicy && parents.length === 1 && parents[0]?.validPolicy === anyPolicy) {
          policies.add(validPolicy)
        }
      }
    }
    if (this.#leaves.has(anyPolicy)) policies.add(anyPolicy)
    return policies
  }

  /** The nodes of a layer by each policy that they expect, so that no certificate's policies are compared with all nodes. */
  #expecting(layer: Layer): ReadonlyMap<string, readonly PolicyNode[]> {
    const expecting = new Map<string, PolicyNode[]>()
    for (const node of layer.values()) {
      this.#budget.spend('policyNodes', node.expectedPolicies.size)
      for (const policy of node.expectedPolicies) {
        const nodes = expecting.get(policy)
        if (nodes === undefined) expecting.set(policy, [node])
        else nodes.push(node)
      }
    }
    return expecting
  }

  /** Makes the node of a policy where it has parents and is not there yet. What it costs has been spent. */
  #add(layer: Layer, policy: string, parents: readonly PolicyNode[]): void {
    if (parents.length === 0 || layer.has(policy)) return
    layer.set(policy, nodeOf(policy, parents))
    for (const parent of parents) parent.children++
  }

  /** RFC 9618 §5.3 (d)(3): deletes nodes without children, and then those above that have lost theirs. */
  #prune(nodes: Iterable<PolicyNode>): void {
    for (const node of nodes) if (node.children === 0) this.#delete(node)
  }

  /** Each node is deleted once, so that all deletions together take as long as there are edges. */
  #delete(node: PolicyNode): void {
    const doomed = [node]
    for (let next = doomed.pop(); next !== undefined; next = doomed.pop()) {
      next.deleted = true
      for (const parent of next.parents) {
        parent.children--
        if (parent.children === 0) doomed.push(parent)
      }
    }
  }
}

const nodeOf = (validPolicy: string, parents: readonly PolicyNode[]): PolicyNode => ({
  validPolicy,
  parents,
  expectedPolicies: new Set([validPolicy]),
  children: 0,
  deleted: false
})

/** All that each policy is mapped to: one policy may stand in several mappings. */
const groupMappings = (mappings: readonly PolicyMapping[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const groups = new Map<string, Set<string>>()
  for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
    const group = groups.get(issuerDomainPolicy)
    if (group === undefined) groups.set(issuerDomainPolicy, new Set([subjectDomainPolicy]))
    else group.add(subjectDomainPolicy)
  }
  return groups
}
