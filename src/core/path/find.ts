import type { LimitReached } from '../model/limits.ts'
import type { Candidate, CheckContext } from '../model/path.ts'
import type { TrustStore } from '../model/trust-store.ts'
import type { CandidatesBySubject } from './by-subject.ts'
import { type DeadEnd, explore, limitFinding } from './explore.ts'
import { graphAbove, type NameGraph, type RankedAnchor } from './graph.ts'
import { isOpen, type JudgedPath, judge } from './judge.ts'
import { weightOf } from './links.ts'
import { type SearchResult, search } from './search.ts'

/** What came of the search for a path, with the reasons. */
export interface Found {
  readonly outcome: 'valid' | 'invalid' | 'indeterminate'
  /** The valid path, or the candidate that is nearest to one. */
  readonly best: JudgedPath
  /** Every candidate that was judged, nearest to valid first. */
  readonly attempts: readonly JudgedPath[]
}

/** How many complete paths that failed are judged whole for an explanation, and as many that lead nowhere; by their weight. */
const mostExplained = 32

/**
 * Finds the valid path from the target to a trust anchor, or the candidate whose faults tell best what has to be mended.
 *
 * `stores` are in order of preference. Nothing is fetched, and `context` carries all that the checks may use.
 */
export const findPath = (
  target: Candidate,
  candidates: readonly Candidate[] | CandidatesBySubject,
  stores: readonly TrustStore[],
  context: CheckContext
): Found => {
  const graph = graphAbove(target.certificate, candidates, stores)
  const result = searchIn(graph, target, context)
  const { valid } = result
  if (valid !== undefined && context.options.explain !== 'all')
    return { outcome: 'valid', best: valid, attempts: [valid] }

  // The search may have spent what the whole judgement needs, and an explanation is owed all the same.
  const explaining: CheckContext = { ...context, budget: context.budget.renewed() }
  const given = result.failed.map(({ path }): DeadEnd => ({ path, findings: [] }))
  const failed = [...affordable(given), ...affordable(explore(target, graph, context, result.limit))]
    .map(({ path, findings }) => judge(path, explaining, findings))
    .sort((one, other) => one.distance - other.distance)
  if (valid !== undefined) return { outcome: 'valid', best: valid, attempts: [valid, ...failed] }

  const { limit } = result
  const attempts = limit === undefined ? failed : failed.map((each, at) => (at === 0 ? cutShort(each, limit) : each))
  const [best] = attempts
  if (best === undefined) throw new Error('a search without a valid path has left no candidate to explain')
  const open = limit !== undefined || attempts.some(isOpen)
  return { outcome: open ? 'indeterminate' : 'invalid', best, attempts }
}

/** The search alone, for who asks whether there is a valid path and not why there is none. */
export const searchIn = (graph: NameGraph, target: Candidate, context: CheckContext): SearchResult =>
  search(target, graph, context, anchorsOf(target, graph, context))

/** The first that may be judged, which is one at least. */
const affordable = (ends: readonly DeadEnd[]): readonly DeadEnd[] => {
  let weight = 0
  return ends.filter(({ path }, at) => {
    weight += weightOf(path)
    return at === 0 || weight <= mostExplained
  })
}

/** The trust anchor that the target itself is, once for each store that has it, where the request accepts that. */
const anchorsOf = (target: Candidate, graph: NameGraph, { options }: CheckContext): readonly RankedAnchor[] =>
  options.anchorRules.acceptTarget
    ? graph
        .anchorsNamed(target.certificate.subject.key)
        .filter(({ certificate }) => Buffer.compare(certificate.der, target.certificate.der) === 0)
    : []

/** Says on the best candidate that the search was not finished. */
const cutShort = (judged: JudgedPath, limit: LimitReached): JudgedPath =>
  judged.errors.some((finding) => finding.code === 'limit-reached' && finding.details.limit === limit.limit)
    ? judged
    : { ...judged, errors: [...judged.errors, limitFinding(limit)] }
