import { type ConstrainedName, constrainedNames } from '../match/constraint/constrained-name.ts'
import { SubtreeIndex } from '../match/constraint/subtree.ts'
import { generalNameText } from '../match/name/general-name-text.ts'
import { error, errorAt, type Fault, type Finding, fault, warning } from '../model/finding.ts'
import type { GeneralName, Subtrees } from '../model/name.ts'
import { type CandidatePath, type CheckContext, constraintsCount, roleAt } from '../model/path.ts'
import { defineCheck } from './check.ts'

const reports = [
  'name-not-permitted',
  'name-excluded',
  'name-constraint-unsupported',
  'name-constraint-malformed'
] as const

type NameFault = Fault<'name-not-permitted' | 'name-excluded' | 'name-constraint-unsupported'>

/** What one CA, the request, or the trust store for the anchor demands of all names below. */
interface Demand {
  readonly permitted: SubtreeIndex
  readonly excluded: SubtreeIndex
  readonly from: Origin
}

/** `constraintFrom` is a CA's place in the path, null for the request, and `trust-store` with the anchor's subject. */
type Origin =
  | { readonly constraintFrom: number | null }
  | { readonly constraintFrom: 'trust-store'; readonly anchor: string }

/** How many findings the names of one certificate make at most, and how many constraints a finding lists. */
const mostFindings = 16
const mostListed = 8

/**
 * The names of every certificate lie within the permitted and outside the excluded subtrees of all CAs above it.
 *
 * RFC 5280 §6.1.3 (b) and (c), §6.1.4 (g); the initial subtrees are those of the request (§6.1.1 (h) and (i)). The state
 * variables permitted_subtrees and excluded_subtrees are kept apart by origin, which has the same outcome and can be
 * explained: a name lies within an intersection if it lies within each part.
 *
 * What the trust store says of the anchor is initial subtrees as well (§6.2 has them as its first example), whatever
 * `anchorRules` says.
 *
 * Stricter than RFC 5280 §4.2.1.10 in one point: names that cannot be compared are refused under constraints that are not
 * critical as well.
 */
export const nameConstraints = defineCheck({
  name: 'name-constraints',
  reports,
  run(path, context, report) {
    const demands = [...initialDemands(path, context)]
    for (let at = path.entries.length - 1; at >= 0; at--) {
      const certificate = path.entries[at]?.certificate
      if (certificate === undefined) return
      const role = roleAt(path, at)
      if (demands.length > 0 && (role === 'end-entity' || (role === 'intermediate' && !certificate.selfIssued))) {
        for (const each of capped(violations(constrainedNames(certificate), demands, context)))
          report(errorAt(at, each))
      }
      const subtrees = certificate.nameConstraints
      if (role === 'end-entity' || subtrees === undefined || !constraintsCount(path, at, context.options)) continue
      for (const each of syntaxFindings(subtrees, at, context)) report(each)
      demands.push(demandOf(subtrees, { constraintFrom: at }))
    }
  }
})

/** RFC 5280 §6.1.1 (h) and (i): those of the request, and those of the trust store. */
function* initialDemands({ entries, anchorConstraints }: CandidatePath, { options }: CheckContext): Iterable<Demand> {
  const { permitted, excluded } = options.nameConstraints
  if (permitted.length + excluded.length > 0) yield demandOf(options.nameConstraints, { constraintFrom: null })
  const anchor = entries.at(-1)?.certificate.subject.text ?? ''
  for (const subtrees of anchorConstraints?.names ?? [])
    yield demandOf(subtrees, { constraintFrom: 'trust-store', anchor })
}

/** A leading dot in a DNS constraint is in use, and not in the syntax of RFC 5280 §4.2.1.10. */
function* syntaxFindings(
  { permitted, excluded }: Subtrees,
  at: number,
  { options }: CheckContext
): Iterable<Finding<'name-constraint-malformed'>> {
  const dotted = [...permitted, ...excluded].find((base) => base.type === 'dns' && base.value.startsWith('.'))
  if (dotted === undefined) return
  const place = options.certificateRules === 'strict' ? error : warning
  yield place('name-constraint-malformed', at, { reason: `the DNS name ${generalNameText(dotted)} begins with a dot` })
}

const indexes = new WeakMap<Subtrees, Pick<Demand, 'permitted' | 'excluded'>>()

/** Many candidate paths lead through one CA, so its subtrees are indexed once. */
const demandOf = (subtrees: Subtrees, from: Origin): Demand => {
  const known = indexes.get(subtrees)
  if (known !== undefined) return { ...known, from }
  const made = { permitted: new SubtreeIndex(subtrees.permitted), excluded: new SubtreeIndex(subtrees.excluded) }
  indexes.set(subtrees, made)
  return { ...made, from }
}

/** What a certificate's names violate. Of a name, the first violation of each kind is told, from the trust anchor down. */
function* violations(
  names: readonly ConstrainedName[],
  demands: readonly Demand[],
  { budget }: CheckContext
): Iterable<NameFault> {
  const told = new Set<string>()
  const ids = new Map(names.map((name, at) => [name, at]))
  for (const [type, ofType] of Map.groupBy(names, (name) => name.type)) {
    for (const demand of demands) {
      const constraints = demand.permitted.ofType(type).length + demand.excluded.ofType(type).length
      if (constraints === 0) continue
      budget.spend('nameConstraintComparisons', ofType.length * constraints)
      for (const name of ofType) {
        for (const each of faultsOf(name, demand)) {
          const key = `${each.code} ${ids.get(name)}`
          if (!told.has(key)) yield each
          told.add(key)
        }
      }
    }
  }
}

/** What constraints of one origin, of which some are on names of its type, say of a name. */
function* faultsOf(
  { type, text, comparable }: ConstrainedName,
  { permitted, excluded, from }: Demand
): Iterable<NameFault> {
  const about = { nameType: type, name: text, ...from }
  if (comparable.type === 'incomparable') {
    yield fault('name-constraint-unsupported', { ...about, reason: comparable.reason })
    return
  }
  const allowed = permitted.ofType(type)
  if (allowed.length > 0 && permitted.holding(comparable) === undefined) {
    yield fault('name-not-permitted', { ...about, permitted: textsOf(allowed) })
  }
  const base = excluded.meeting(comparable)
  if (base !== undefined) yield fault('name-excluded', { ...about, constraint: generalNameText(base) })
}

const textsOf = (bases: readonly GeneralName[]): readonly string[] => {
  const texts = bases.slice(0, mostListed).map(generalNameText)
  return bases.length > mostListed ? [...texts, '…'] : texts
}

/** The first faults of a certificate's names; the last of them says how many more there are. */
function* capped(faults: Iterable<NameFault>): Iterable<NameFault> {
  const kept: NameFault[] = []
  let omitted = 0
  for (const each of faults) {
    if (kept.length < mostFindings) kept.push(each)
    else omitted++
  }
  const last = omitted > 0 ? kept.pop() : undefined
  yield* kept
  if (last !== undefined) yield { ...last, details: { ...last.details, omitted } } as NameFault
}
