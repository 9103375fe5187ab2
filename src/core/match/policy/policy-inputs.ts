import type { Certificate } from '../../model/certificate.ts'
import { anyPolicy } from '../../model/oids.ts'
import type { PolicyInputs } from '../../model/options.ts'

/** What of a certificate policy processing reads. What is undefined is absent; what cannot be read is the caller's to see. */
export type PolicyCertificate = Pick<
  Certificate,
  'selfIssued' | 'certificatePolicies' | 'policyMappings' | 'policyConstraints' | 'inhibitAnyPolicy'
>

/**
 * Who made a valid policy necessary: the request, the trust store, the trust anchor, or a certificate by its place in the
 * processed list.
 */
export type ExplicitPolicySource = 'request' | 'trust-store' | 'trust-anchor' | number

/**
 * The user-initial-policy-set and the state variables of RFC 5280 §6.1.2 (d) to (f). A counter that nothing has set is
 * infinite in place of n + 1: neither comes down to 0 within n certificates.
 */
export interface PolicyState {
  /** Undefined for any-policy. */
  readonly initial: ReadonlySet<string> | undefined
  readonly explicitPolicy: number
  readonly explicitPolicySource: ExplicitPolicySource
  readonly policyMapping: number
  readonly inhibitAnyPolicy: number
}

/** What no certificate has limited yet. */
const unlimited = Number.POSITIVE_INFINITY

/**
 * RFC 5280 §6.1.2, narrowed by the trust anchor's own certificate where its contents count (RFC 5937 §3.2): the
 * user-initial-policy-set becomes its intersection with the anchor's policies, and the anchor's policyConstraints and
 * inhibitAnyPolicy set the counters. The anchor's policyMappings have no part in it.
 *
 * RFC 5937 speaks of the two extensions as of truth values, and they hold numbers: how many more certificates there may
 * be (RFC 5280 §4.2.1.11, §4.2.1.14). They are taken as numbers, 0 having effect at once, as below any other CA.
 *
 * `trusted` are the policies that the trust store trusts the anchor for: the set is narrowed to them too, and one of them
 * must be valid. RFC 5937 §3.2 leaves the latter to a flag of its own; but whoever trusts an anchor for some policies means
 * to refuse what has none of them, which without an explicit policy nobody would.
 */
export const initialPolicyState = (
  inputs: PolicyInputs,
  anchor: PolicyCertificate | undefined,
  trusted?: readonly string[]
): PolicyState => {
  const requireExplicit = anchor?.policyConstraints?.requireExplicitPolicy ?? unlimited
  const inhibitMapping = anchor?.policyConstraints?.inhibitPolicyMapping ?? unlimited
  const inhibitAny = anchor?.inhibitAnyPolicy ?? unlimited
  const asked = inputs.requireExplicit || trusted !== undefined
  const fromRequest = inputs.requireExplicit || requireExplicit === unlimited
  return {
    initial: [inputs.initial, anchor?.certificatePolicies?.map(({ oid }) => oid), trusted]
      .map(policySet)
      .reduce(inBoth),
    explicitPolicy: asked ? 0 : requireExplicit,
    explicitPolicySource: trusted !== undefined ? 'trust-store' : fromRequest ? 'request' : 'trust-anchor',
    policyMapping: inputs.inhibitMapping ? 0 : inhibitMapping,
    inhibitAnyPolicy: inputs.inhibitAny ? 0 : inhibitAny
  }
}

const inBoth = (
  one: ReadonlySet<string> | undefined,
  other: ReadonlySet<string> | undefined
): ReadonlySet<string> | undefined =>
  one === undefined || other === undefined ? (one ?? other) : one.intersection(other)

/** A set that holds anyPolicy is any-policy, whatever else is in it. */
const policySet = (policies: readonly string[] | undefined): ReadonlySet<string> | undefined =>
  policies === undefined || policies.includes(anyPolicy) ? undefined : new Set(policies)
