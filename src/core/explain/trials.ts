import { createVerifier } from '../match/key/signature.ts'
import { statusBook } from '../match/status/status-book.ts'
import { type Budget, LimitReached } from '../model/limits.ts'
import type { ValidationMemory } from '../model/memory.ts'
import type { ValidationOptions } from '../model/options.ts'
import type { Candidate, CandidatePath, CheckContext } from '../model/path.ts'
import type { TrustStore } from '../model/trust-store.ts'
import { searchIn } from '../path/find.ts'
import { NameGraph } from '../path/graph.ts'
import { type JudgedPath, judge } from '../path/judge.ts'
import { evidenceSigners } from '../path/signers.ts'

/** How often one request is validated again for the sake of its explanation. */
const mostTrials = 96

/** What a trial changes of the question. */
export interface Change {
  readonly options?: ValidationOptions
  /** Candidates beside those of the question. */
  readonly candidates?: readonly Candidate[]
  /** In place of those of the question. */
  readonly stores?: readonly TrustStore[]
}

/** What is validated again. */
export interface Subject {
  readonly target: Candidate
  readonly candidates: readonly Candidate[]
  readonly stores: readonly TrustStore[]
  /** Of the validation that is explained. */
  readonly context: CheckContext
}

/**
 * Validates a question again with something changed. All of its trials spend one budget, of the size of that of a validation, so
 * that an explanation costs no more than what it explains.
 */
export class Trials {
  readonly subject: Subject
  readonly #budget: Budget
  readonly #verify: CheckContext['verify']
  readonly #graph: NameGraph
  #left = mostTrials

  constructor(subject: Subject, memory: ValidationMemory | undefined) {
    this.subject = subject
    this.#budget = subject.context.budget.renewed()
    this.#verify = createVerifier(this.#budget, memory)
    this.#graph = new NameGraph(subject.target.certificate, subject.candidates, subject.stores)
  }

  /** The valid path, if there is one with the change. Throws `LimitReached` where no more may be tried. */
  validPath(change: Change): JudgedPath | undefined {
    if (this.#left-- <= 0) throw new LimitReached('candidatePaths', mostTrials)
    this.#budget.spend('candidatePaths')
    const { target } = this.subject
    const { candidates = [], stores } = change
    const graph =
      candidates.length === 0 && stores === undefined
        ? this.#graph
        : new NameGraph(target.certificate, [...this.subject.candidates, ...candidates], stores ?? this.subject.stores)
    const { valid, limit } = searchIn(graph, target, this.#context(change))
    if (valid === undefined && limit !== undefined && limit.limit !== 'pathDepth') throw limit
    return valid
  }

  /** What there is to say of a path with the change. */
  judged(path: CandidatePath, change: Change): JudgedPath {
    this.#budget.spend('candidatePaths')
    return judge(path, this.#context(change))
  }

  /** Status and signers are asked anew, for they depend on the time. */
  #context({ options, candidates = [], stores }: Change): CheckContext {
    const { context } = this.subject
    const certificates = [...context.certificates, ...candidates]
    return {
      ...context,
      options: { ...(options ?? context.options), explain: 'path' },
      budget: this.#budget,
      certificates,
      signers: evidenceSigners(certificates, stores ?? this.subject.stores),
      statuses: statusBook(),
      verify: this.#verify
    }
  }
}
