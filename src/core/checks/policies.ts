import { type ExplicitPolicySource, initialPolicyState, type PolicyState } from '../match/policy/policy-inputs.ts'
import { type PolicyFailure, type PolicyOutcome, processPolicies } from '../match/policy/policy-processing.ts'
import type { Certificate } from '../model/certificate.ts'
import { error } from '../model/finding.ts'
import { anyPolicy, extensionOids } from '../model/oids.ts'
import type { ValidationOptions } from '../model/options.ts'
import { type CandidatePath, type CheckContext, constraintsCount, roleAt } from '../model/path.ts'
import { defineCheck } from './check.ts'

/**
 * Certificate policies: whether a path that must have a valid policy has one that the request accepts.
 *
 * RFC 5280 §6.1 with the graph of RFC 9618. A path without a trust anchor is processed as if there were one above its
 * last certificate. It is silent where one of the extensions cannot be read: whatever it said would be a guess.
 */
export const policies = defineCheck({
  name: 'policies',
  reports: ['policy-not-acceptable'],
  run(path, context, report) {
    const { certificates, anchor } = split(path, context)
    const target = certificates.at(-1)
    const read = [...certificates, ...(anchor === undefined ? [] : [anchor])]
    if (read.some((certificate) => isUnreadable(certificate, certificate === target))) return
    const state = initialStateOf(path, anchor, context)
    const outcome = processPolicies(certificates, state, context.budget)
    processed.set(path, { options: context.options, outcome })
    const { failure } = outcome
    if (failure === undefined) return
    const place = (processed: number): number => certificates.length - 1 - processed
    const details = {
      required: requiredBy(failure.source, path, place),
      initial: listed(state.initial ?? [anyPolicy]),
      offered: listed(offered(failure, outcome, certificates))
    }
    report(error('policy-not-acceptable', place(failure.at), details, references[failure.step]))
  }
})

/** What the check has come to last, which the answer of a valid path tells. */
const processed = new WeakMap<CandidatePath, { readonly options: ValidationOptions; readonly outcome: PolicyOutcome }>()

/**
 * The user_constrained_policy_set of a valid path, sorted; `2.5.29.32.0` stands for any policy. Spends a budget of its own:
 * the check has had this work paid for the path, so it cannot run out.
 */
export const userConstrainedPolicies = (path: CandidatePath, context: CheckContext): readonly string[] => {
  const known = processed.get(path)
  if (known?.options === context.options) return [...known.outcome.userConstrained].sort()
  const { certificates, anchor } = split(path, context)
  const state = initialStateOf(path, anchor, context)
  return [...processPolicies(certificates, state, context.budget.renewed()).userConstrained].sort()
}

/** Policies that the trust store trusts the anchor for are those of end entities: who signs evidence about them needs none. */
const initialStateOf = (
  { anchorConstraints }: CandidatePath,
  anchor: Certificate | undefined,
  { options }: CheckContext
): PolicyState => initialPolicyState(options.policies, anchor, options.signer ? undefined : anchorConstraints?.policies)

/** The certificates in the order of processing, and the anchor above them where its contents count. */
const split = (
  path: CandidatePath,
  { options }: CheckContext
): { readonly certificates: readonly Certificate[]; readonly anchor: Certificate | undefined } => {
  const all = path.entries.map(({ certificate }) => certificate).reverse()
  const top = path.entries.length - 1
  if (roleAt(path, top) !== 'trust-anchor') return { certificates: all, anchor: undefined }
  const [anchor, ...certificates] = all
  return { certificates, anchor: constraintsCount(path, top, options) ? anchor : undefined }
}

/** The target's mappings are never processed (RFC 5280 §6.1.4 (a)), so it does not matter whether they can be read. */
const isUnreadable = (certificate: Certificate, isTarget: boolean): boolean =>
  isPresent(certificate, extensionOids.certificatePolicies, certificate.certificatePolicies) ||
  (!isTarget && isPresent(certificate, extensionOids.policyMappings, certificate.policyMappings)) ||
  isPresent(certificate, extensionOids.policyConstraints, certificate.policyConstraints) ||
  isPresent(certificate, extensionOids.inhibitAnyPolicy, certificate.inhibitAnyPolicy)

/** Whether an extension is there although its value was not read. */
const isPresent = (certificate: Certificate, oid: string, value: unknown): boolean =>
  value === undefined && certificate.extension(oid) !== undefined

const requiredBy = (
  source: ExplicitPolicySource,
  path: CandidatePath,
  place: (processed: number) => number
): 'request' | 'trust-store' | number => {
  if (source === 'trust-anchor') return path.entries.length - 1
  return source === 'request' || source === 'trust-store' ? source : place(source)
}

/** What the path comes down to, or, where nothing has come down, what the certificate at fault says of itself. */
const offered = (
  { at }: PolicyFailure,
  { authorityConstrained }: PolicyOutcome,
  certificates: readonly Certificate[]
): Iterable<string> =>
  authorityConstrained.size > 0
    ? [...authorityConstrained].sort()
    : (certificates[at]?.certificatePolicies ?? []).map(({ oid }) => oid)

const references: Readonly<Record<PolicyFailure['step'], string>> = {
  certificate: 'RFC 5280 §6.1.3 (f), RFC 9618 §5.3',
  'wrap-up': 'RFC 5280 §6.1.5 (g), RFC 9618 §5.5'
}

/** Answers do not grow with what a certificate lists. */
const mostListed = 16
const listed = (policies: Iterable<string>): readonly string[] => [...policies].slice(0, mostListed)
