import type { PolicyCertificate } from '#dist/core/match/policy/policy-inputs.js'
import type { PolicyInputs } from '#dist/core/model/options.js'

/**
 * RFC 5280 §6.1's valid_policy_tree, word by word and without regard to cost: it doubles where mappings do. The product's
 * graph (RFC 9618) has to come to the same results.
 */

const any = '2.5.29.32.0'

interface TreeNode {
  readonly depth: number
  readonly policy: string
  expected: string[]
  readonly parent: TreeNode | undefined
  children: TreeNode[]
}

export interface TreeResult {
  readonly failure: { readonly at: number; readonly step: 'certificate' | 'wrap-up' } | undefined
  readonly userConstrained: readonly string[]
}

const allNodes = (node: TreeNode): TreeNode[] => [node, ...node.children.flatMap(allNodes)]

class Tree {
  root: TreeNode | undefined = { depth: 0, policy: any, expected: [any], parent: undefined, children: [] }

  at(depth: number): TreeNode[] {
    return this.root === undefined ? [] : allNodes(this.root).filter((node) => node.depth === depth)
  }

  grow(parent: TreeNode, policy: string, expected: readonly string[] = [policy]): void {
    parent.children.push({ depth: parent.depth + 1, policy, expected: [...expected], parent, children: [] })
  }

  remove(node: TreeNode): void {
    if (node.parent === undefined) this.root = undefined
    else node.parent.children = node.parent.children.filter((child) => child !== node)
  }

  /** Deletes childless nodes of depth `depth` or less, again and again. */
  prune(depth: number): void {
    for (;;) {
      const childless =
        this.root && allNodes(this.root).filter((node) => node.depth <= depth && node.children.length === 0)
      if (childless === undefined || childless.length === 0) return
      for (const node of childless) this.remove(node)
    }
  }
}

export const processPolicyTree = (chain: readonly PolicyCertificate[], inputs: PolicyInputs): TreeResult => {
  const n = chain.length
  const tree = new Tree()
  let explicitPolicy = inputs.requireExplicit ? 0 : n + 1
  let inhibitAny = inputs.inhibitAny ? 0 : n + 1
  let policyMapping = inputs.inhibitMapping ? 0 : n + 1
  for (const [index, certificate] of chain.entries()) {
    const i = index + 1
    const policies = certificate.certificatePolicies?.map(({ oid }) => oid)
    // §6.1.3 (d), (e)
    if (policies === undefined) tree.root = undefined
    else if (tree.root !== undefined) {
      for (const policy of policies.filter((oid) => oid !== any)) {
        const expecting = tree.at(i - 1).filter((node) => node.expected.includes(policy))
        for (const node of expecting) tree.grow(node, policy)
        if (expecting.length > 0) continue
        for (const node of tree.at(i - 1).filter((each) => each.policy === any)) tree.grow(node, policy)
      }
      if (policies.includes(any) && (inhibitAny > 0 || (i < n && certificate.selfIssued))) {
        for (const node of tree.at(i - 1)) {
          for (const policy of node.expected) {
            if (!node.children.some((child) => child.policy === policy)) tree.grow(node, policy)
          }
        }
      }
      tree.prune(i - 1)
    }
    // §6.1.3 (f)
    if (explicitPolicy === 0 && tree.root === undefined) {
      return { failure: { at: index, step: 'certificate' }, userConstrained: [] }
    }
    if (i === n) break
    // §6.1.4 (b)
    for (const { issuerDomainPolicy: issuer } of certificate.policyMappings ?? []) {
      const mapped = certificate.policyMappings?.filter((each) => each.issuerDomainPolicy === issuer) ?? []
      const expected = mapped.map((each) => each.subjectDomainPolicy)
      const nodes = tree.at(i).filter((node) => node.policy === issuer)
      if (policyMapping > 0) {
        for (const node of nodes) node.expected = [...new Set(expected)]
        const anyNode = tree.at(i).find((node) => node.policy === any)
        if (nodes.length === 0 && anyNode?.parent !== undefined)
          tree.grow(anyNode.parent, issuer, [...new Set(expected)])
      } else {
        for (const node of nodes) tree.remove(node)
        tree.prune(i - 1)
      }
    }
    // §6.1.4 (h) to (j)
    if (!certificate.selfIssued) {
      if (explicitPolicy > 0) explicitPolicy--
      if (policyMapping > 0) policyMapping--
      if (inhibitAny > 0) inhibitAny--
    }
    const { requireExplicitPolicy, inhibitPolicyMapping } = certificate.policyConstraints ?? {}
    if (requireExplicitPolicy !== undefined && requireExplicitPolicy < explicitPolicy)
      explicitPolicy = requireExplicitPolicy
    if (inhibitPolicyMapping !== undefined && inhibitPolicyMapping < policyMapping) policyMapping = inhibitPolicyMapping
    if (certificate.inhibitAnyPolicy !== undefined && certificate.inhibitAnyPolicy < inhibitAny) {
      inhibitAny = certificate.inhibitAnyPolicy
    }
  }
  // §6.1.5 (a), (b)
  if (explicitPolicy > 0) explicitPolicy--
  if (chain.at(-1)?.policyConstraints?.requireExplicitPolicy === 0) explicitPolicy = 0
  // §6.1.5 (g)
  const initial = inputs.initial
  if (tree.root !== undefined && initial !== undefined && !initial.includes(any)) {
    const nodeSet = allNodes(tree.root).filter((node) => node.parent?.policy === any)
    for (const node of nodeSet) if (node.policy !== any && !initial.includes(node.policy)) tree.remove(node)
    const kept = nodeSet.filter((node) => initial.includes(node.policy)).map(({ policy }) => policy)
    const leaf = tree.at(n).find((node) => node.policy === any)
    if (leaf?.parent !== undefined) {
      for (const policy of initial.filter((oid) => !kept.includes(oid))) tree.grow(leaf.parent, policy)
      tree.remove(leaf)
    }
    tree.prune(n - 1)
  }
  if (tree.root === undefined) {
    return { failure: explicitPolicy === 0 ? { at: n - 1, step: 'wrap-up' } : undefined, userConstrained: [] }
  }
  const chosen = allNodes(tree.root).filter(
    (node) => node.parent?.policy === any && (node.policy !== any || node.depth === n)
  )
  return { failure: undefined, userConstrained: [...new Set(chosen.map(({ policy }) => policy))].sort() }
}
