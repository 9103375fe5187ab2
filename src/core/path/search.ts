import { certificateChecks } from '../checks/index.ts'
import type { Finding } from '../model/finding.ts'
import { LimitReached } from '../model/limits.ts'
import type { Candidate, CandidatePath, CheckContext } from '../model/path.ts'
import type { NameGraph, RankedAnchor } from './graph.ts'
import { type JudgedPath, tryPath } from './judge.ts'
import {
  anchoredPath,
  extend,
  keyHint,
  type Link,
  likeliestFirst,
  signed,
  startAt,
  weightOf,
  wouldLoop
} from './links.ts'
import { Unvisited } from './unvisited.ts'

/** What the search came to. */
export interface SearchResult {
  /** The valid path that is preferred, if there is one. */
  readonly valid: JudgedPath | undefined
  /** Complete paths with sound signatures that were given up, each for the first error on it. */
  readonly failed: readonly FailedPath[]
  /** The limit at which the search ended, if it ended at one. */
  readonly limit: LimitReached | undefined
}

export interface FailedPath {
  readonly path: CandidatePath
  readonly finding: Finding
}

/** Once the target itself is at fault, no path is valid, and so many are enough to show the one with the fewest faults. */
const enoughFailures = 16

/** Partial paths of one length: where there are more, most are the same certificates in another order. */
const crowd = 64

/**
 * Looks for the valid path whose trust anchor stands first, and among these for the shortest.
 *
 * The search goes by length (RFC 4158 §2.4: forward, from the target to the anchors), so that a mesh of
 * cross-certificates costs no more than its shortest way out. A step is taken only where the names meet, the signature
 * verifies and some anchor may still be reached that is better than the best path found. A certificate that has failed
 * by itself, whatever the path, is not tried again.
 *
 * A mesh has as many partial paths as its size to the power of their length. In such a crowd each certificate is visited
 * once, by its shortest way: that finds every anchor that can be reached at all, with a signature or two for each
 * certificate. Only where these paths fail for what they are as a whole are others gone through, as far as the limits allow.
 */
export const search = (
  target: Candidate,
  graph: NameGraph,
  context: CheckContext,
  targetAnchors: readonly RankedAnchor[] = []
): SearchResult => new Search(graph, context).run(target, targetAnchors)

/** The target as its own anchor. */
const alone = (target: Candidate, { source, constraints }: RankedAnchor): CandidatePath => ({
  entries: [target],
  anchored: true,
  anchorSource: source,
  anchorConstraints: constraints
})

const keyOf = (path: CandidatePath, { rank }: RankedAnchor): string =>
  `${rank}:${path.entries.map(({ certificate }) => certificate.fingerprint).join()}`

class Search {
  readonly #graph: NameGraph
  readonly #context: CheckContext
  readonly #failed: FailedPath[] = []
  /** Intermediates and anchors that no path can be valid with. */
  readonly #badIssuers = new Set<Candidate['certificate']>()
  readonly #badAnchors = new Set<Candidate['certificate']>()
  /** Where key identifiers speak against some issuer: these steps are taken when no others are left, for they exclude nobody. */
  readonly #contradicted: Link[] = []
  /** Paths that were judged and failed, by the certificates on them. */
  readonly #tried = new Set<string>()
  /** Whether a path failed for anything that another path of the same certificates need not have. */
  #mayPassElsewhere = false
  #valid: { readonly judged: JudgedPath; readonly rank: number } | undefined
  #limit: LimitReached | undefined
  #targetAtFault = false

  constructor(graph: NameGraph, context: CheckContext) {
    this.#graph = graph
    this.#context = context
  }

  run(target: Candidate, targetAnchors: readonly RankedAnchor[]): SearchResult {
    try {
      for (const anchor of targetAnchors) if (this.#valid === undefined) this.#consider(alone(target, anchor), anchor)
      const start = startAt(target)
      if (this.#walk([start], crowd) === 'crowded') {
        this.#visitEach(start)
        if (this.#valid === undefined && this.#mayPassElsewhere) this.#walk([start])
        else this.#contradicted.length = 0
      }
      while (this.#valid === undefined && this.#contradicted.length > 0) this.#walk(this.#takeContradictions())
    } catch (thrown) {
      if (!(thrown instanceof LimitReached)) throw thrown
      this.#limit = thrown
    }
    return { valid: this.#valid?.judged, failed: this.#failed, limit: this.#limit }
  }

  /** Level by level; on each, anchors come first, so that no way up is looked at while a way out is open. */
  #walk(start: readonly Link[], most = Number.POSITIVE_INFINITY): 'ended' | 'crowded' {
    let level = start
    while (level.length > 0 && !this.#settled) {
      this.#tryAnchorsOf(level)
      const next: Link[] = []
      for (const link of level) {
        if (!this.#settled && this.#canImprove(link)) for (const issuer of this.#issuersOf(link)) next.push(issuer)
        if (next.length > most) return 'crowded'
      }
      level = next
    }
    return 'ended'
  }

  /** The same over each certificate once; and again as long as some turn out to be at fault that stood in others' way. */
  #visitEach(start: Link): void {
    let known: number
    do {
      known = this.#badIssuers.size
      const unvisited = new Unvisited(this.#graph)
      let level: readonly Link[] = [start]
      while (level.length > 0 && !this.#settled) {
        this.#tryAnchorsOf(level)
        level = level.flatMap((link) => (this.#canImprove(link) ? [...this.#unvisitedAbove(link, unvisited)] : []))
      }
    } while (this.#valid === undefined && !this.#settled && this.#badIssuers.size > known)
  }

  /** A signature verifies under one key: the certificates of that key, whatever identifiers say. */
  *#unvisitedAbove(link: Link, unvisited: Unvisited): Iterable<Link> {
    for (const group of unvisited.issuersOf(link.candidate.certificate)) {
      const usable = group.filter(
        ({ certificate }) =>
          !(this.#badIssuers.has(certificate) || wouldLoop(link, certificate)) &&
          this.#graph.bestRankAbove(certificate.issuer.key) !== undefined
      )
      const [first] = usable
      if (first === undefined) continue
      this.#context.budget.spend('buildingSteps')
      if (!this.#within(link)) return
      if (!signed(link.candidate.certificate, first.certificate, this.#context)) continue
      unvisited.visit(group)
      for (const issuer of usable) yield extend(link, issuer)
      return
    }
  }

  /** The steps that were put off, as far as signatures verify. */
  #takeContradictions(): readonly Link[] {
    const links = this.#contradicted.splice(0)
    return links.flatMap((link) => this.#stepsTo(link, this.#graph.unlikelyIssuers(link.candidate.certificate)))
  }

  get #settled(): boolean {
    return this.#targetAtFault && this.#failed.length >= enoughFailures
  }

  /** Whether names allow a path over this link that would be preferred to what was found. */
  #canImprove(link: Link): boolean {
    const rank = this.#graph.bestRankAbove(link.candidate.certificate.issuer.key)
    return rank !== undefined && (this.#valid === undefined || rank < this.#valid.rank)
  }

  #tryAnchorsOf(level: readonly Link[]): void {
    for (const link of level) {
      if (this.#settled) return
      if (this.#canImprove(link)) this.#tryAnchors(link)
    }
  }

  #tryAnchors(link: Link): void {
    const child = link.candidate.certificate
    for (const anchor of likeliestFirst(child, this.#graph.anchorsNamed(child.issuer.key))) {
      if (this.#valid !== undefined && anchor.rank >= this.#valid.rank) continue
      if (this.#badAnchors.has(anchor.certificate) || this.#disbelieved(link, anchor)) continue
      if (!this.#within(link) || wouldLoop(link, anchor.certificate)) continue
      this.#context.budget.spend('buildingSteps')
      if (signed(child, anchor.certificate, this.#context)) this.#consider(anchoredPath(link, anchor), anchor)
      if (this.#settled) return
    }
  }

  #issuersOf(link: Link): readonly Link[] {
    const child = link.candidate.certificate
    const issuers = this.#graph.likelyIssuers(child)
    if (issuers.length < this.#graph.issuersNamed(child.issuer.key).length) this.#contradicted.push(link)
    return this.#stepsTo(link, issuers)
  }

  #stepsTo(link: Link, issuers: readonly Candidate[]): readonly Link[] {
    const steps: Link[] = []
    for (const issuer of issuers) {
      if (this.#badIssuers.has(issuer.certificate)) continue
      if (this.#graph.bestRankAbove(issuer.certificate.issuer.key) === undefined) continue
      this.#context.budget.spend('buildingSteps')
      if (wouldLoop(link, issuer.certificate) || !this.#within(link)) continue
      if (signed(link.candidate.certificate, issuer.certificate, this.#context)) steps.push(extend(link, issuer))
    }
    return steps
  }

  /** Key identifiers never exclude an anchor, but once a path is valid they are believed: nobody is locked out then. */
  #disbelieved(link: Link, anchor: Candidate): boolean {
    return this.#valid !== undefined && keyHint(link.candidate.certificate, anchor.certificate) === 'mismatch'
  }

  #within(link: Link): boolean {
    const { pathDepth } = this.#context.budget.limits
    if (link.depth < pathDepth) return true
    this.#limit ??= new LimitReached('pathDepth', pathDepth)
    return false
  }

  #consider(path: CandidatePath, anchor: RankedAnchor): void {
    if (this.#tried.size > 0 && this.#tried.has(keyOf(path, anchor))) return
    this.#context.budget.spend('candidatePaths', weightOf(path))
    const trial = tryPath(path, this.#context)
    if (trial.valid) {
      this.#valid = { judged: trial.judged, rank: anchor.rank }
      return
    }
    this.#tried.add(keyOf(path, anchor))
    this.#failed.push({ path, finding: trial.finding })
    const { certificate } = trial.finding
    if (certificate !== null && certificateChecks.has(trial.check)) this.#remember(path, certificate)
    else this.#mayPassElsewhere = true
  }

  /** A fault of one certificate alone holds on every path that it stands on in the same role. */
  #remember(path: CandidatePath, at: number): void {
    const entry = path.entries[at]
    if (at === 0 && path.entries.length > 1) this.#targetAtFault = true
    else if (entry !== undefined && at === path.entries.length - 1) this.#badAnchors.add(entry.certificate)
    else if (entry !== undefined) this.#badIssuers.add(entry.certificate)
  }
}
