import type { Budget } from '../../model/limits.ts'
import { anyPolicy } from '../../model/oids.ts'
import { PolicyGraph } from './policy-graph.ts'
import type { ExplicitPolicySource, PolicyCertificate, PolicyState } from './policy-inputs.ts'

export interface PolicyFailure {
  /** The place in the processed list at which a valid policy was needed and there was none. */
  readonly at: number
  /** Found at the certificate (RFC 5280 §6.1.3 (f)), or in the wrap-up (§6.1.5 (g)), with what the graph still offers. */
  readonly step: 'certificate' | 'wrap-up'
  readonly source: ExplicitPolicySource
}

export interface PolicyOutcome {
  readonly failure: PolicyFailure | undefined
  /** RFC 9618 §5.5 (g)(4) and (5); `2.5.29.32.0` stands for any policy. Both are empty where processing stopped early. */
  readonly authorityConstrained: ReadonlySet<string>
  readonly userConstrained: ReadonlySet<string>
}

/**
 * RFC 5280 §6.1.3 (d) to (f), §6.1.4 (b) and (h) to (j) and §6.1.5 (a), (b) and (g), as RFC 9618 §5 has them; step (a) of
 * §6.1.4 is the decoder's, which refuses such mappings. `certificates` come in the order of processing: the one that the
 * trust anchor issued first, the target last.
 */
export const processPolicies = (
  certificates: readonly PolicyCertificate[],
  initialState: PolicyState,
  budget: Budget
): PolicyOutcome => {
  const graph = new PolicyGraph(budget)
  const target = certificates.length - 1
  let state = initialState
  for (const [at, certificate] of certificates.entries()) {
    addPolicies(graph, certificate, state.inhibitAnyPolicy > 0 || (at < target && certificate.selfIssued))
    if (state.explicitPolicy === 0 && graph.isNull) {
      return { ...nothing, failure: { at, step: 'certificate', source: state.explicitPolicySource } }
    }
    if (at === target) {
      state = wrapUp(state, certificate, at)
    } else {
      mapPolicies(graph, certificate, state.policyMapping)
      state = prepareForNext(state, certificate, at)
    }
  }
  const authorityConstrained = graph.authorityConstrainedPolicies()
  const userConstrained = chooseForUser(authorityConstrained, state.initial)
  const missing = state.explicitPolicy === 0 && userConstrained.size === 0
  const failure = missing ? ({ at: target, step: 'wrap-up', source: state.explicitPolicySource } as const) : undefined
  return { failure, authorityConstrained, userConstrained }
}

const nothing = { authorityConstrained: new Set<string>(), userConstrained: new Set<string>() }

/** RFC 5280 §6.1.3 (d) and (e) */
const addPolicies = (graph: PolicyGraph, { certificatePolicies }: PolicyCertificate, allowAny: boolean): void => {
  if (certificatePolicies === undefined) graph.clear()
  else graph.addCertificate(certificatePolicies, allowAny)
}

/** RFC 5280 §6.1.4 (b) */
const mapPolicies = (graph: PolicyGraph, { policyMappings }: PolicyCertificate, policyMapping: number): void => {
  if (policyMappings === undefined) return
  if (policyMapping > 0) graph.map(policyMappings)
  else graph.deleteMapped(policyMappings)
}

/** RFC 5280 §6.1.4 (h) to (j): self-issued certificates do not count. */
const prepareForNext = (state: PolicyState, certificate: PolicyCertificate, at: number): PolicyState => {
  const step = certificate.selfIssued ? 0 : 1
  const explicitPolicy = Math.max(0, state.explicitPolicy - step)
  const { requireExplicitPolicy = explicitPolicy, inhibitPolicyMapping = Number.POSITIVE_INFINITY } =
    certificate.policyConstraints ?? {}
  return {
    initial: state.initial,
    explicitPolicy: Math.min(explicitPolicy, requireExplicitPolicy),
    explicitPolicySource: requireExplicitPolicy < explicitPolicy ? at : state.explicitPolicySource,
    policyMapping: Math.min(Math.max(0, state.policyMapping - step), inhibitPolicyMapping),
    inhibitAnyPolicy: Math.min(
      Math.max(0, state.inhibitAnyPolicy - step),
      certificate.inhibitAnyPolicy ?? Number.POSITIVE_INFINITY
    )
  }
}

/** RFC 5280 §6.1.5 (a) and (b): the target counts even where it is self-issued, and only a requireExplicitPolicy of 0 does. */
const wrapUp = (state: PolicyState, certificate: PolicyCertificate, at: number): PolicyState => {
  const explicitPolicy = Math.max(0, state.explicitPolicy - 1)
  if (explicitPolicy === 0 || certificate.policyConstraints?.requireExplicitPolicy !== 0) {
    return { ...state, explicitPolicy }
  }
  return { ...state, explicitPolicy: 0, explicitPolicySource: at }
}

/** RFC 9618 §5.5 (g)(5): the user_constrained_policy_set. */
const chooseForUser = (
  authorityConstrained: ReadonlySet<string>,
  initial: ReadonlySet<string> | undefined
): ReadonlySet<string> => {
  if (initial === undefined || authorityConstrained.has(anyPolicy)) return initial ?? authorityConstrained
  return authorityConstrained.intersection(initial)
}
