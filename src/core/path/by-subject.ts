import type { Candidate } from '../model/path.ts'

/** Candidates by the key of their subject, each certificate once, in the order in which they came. */
export interface CandidatesBySubject {
  get(subject: string): readonly Candidate[] | undefined
}

/** Indexes candidates by subject; the same certificate given twice counts once, where it came first. */
export const bySubject = (candidates: readonly Candidate[]): CandidatesBySubject => {
  const index = new Map<string, Candidate[]>()
  const seen = new Set<string>()
  for (const candidate of candidates) {
    const { fingerprint, subject } = candidate.certificate
    if (seen.has(fingerprint)) continue
    seen.add(fingerprint)
    const named = index.get(subject.key)
    if (named === undefined) index.set(subject.key, [candidate])
    else named.push(candidate)
  }
  return index
}

const indexes = new WeakMap<readonly Candidate[], CandidatesBySubject>()
const indexesThatLast = new WeakSet<CandidatesBySubject>()

const indexOf = (candidates: readonly Candidate[]): CandidatesBySubject => {
  const known = indexes.get(candidates)
  if (known !== undefined) return known
  const made = bySubject(candidates)
  indexes.set(candidates, made)
  indexesThatLast.add(made)
  return made
}

/** Whether the index is of a list that comes again: what is made of it may as well. */
export const lasts = (index: CandidatesBySubject): boolean => indexesThatLast.has(index)

/**
 * The same for one list after the other. The second is indexed once, for the intermediates of one request may be those of the next; and
 * so is the first where it is said to come again.
 */
export const bySubjectOfBoth = (
  first: readonly Candidate[],
  second: readonly Candidate[],
  firstComesAgain = false
): CandidatesBySubject => {
  const one = firstComesAgain ? indexOf(first) : bySubject(first)
  if (second.length === 0) return one
  const other = indexOf(second)
  const joined = new Map<string, readonly Candidate[] | undefined>()
  return {
    get: (subject) => {
      const [before, after] = [one.get(subject), other.get(subject)]
      if (before === undefined || after === undefined) return before ?? after
      const known = joined.get(subject) ?? bySubject([...before, ...after]).get(subject)
      joined.set(subject, known)
      return known
    }
  }
}
