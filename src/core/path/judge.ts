import { checks } from '../checks/index.ts'
import { codes } from '../model/codes.ts'
import { error, type Finding } from '../model/finding.ts'
import { LimitReached } from '../model/limits.ts'
import type { CandidatePath, CheckContext } from '../model/path.ts'

/** A candidate path with all that the checks found on it. */
export interface JudgedPath {
  readonly path: CandidatePath
  readonly errors: readonly Finding[]
  readonly warnings: readonly Finding[]
  /** The sum of the errors' distances: how far the path is from being valid. */
  readonly distance: number
}

/**
 * The finding that a limit is; anything else is a bug, and thrown on. A limit that a check reaches is a finding as well, so a path whose
 * check was cut short is never taken for valid.
 */
const limitReached = (thrown: unknown): Finding => {
  if (!(thrown instanceof LimitReached)) throw thrown
  return error('limit-reached', null, { limit: thrown.limit, allowed: thrown.allowed })
}

/** Errors, and warnings, that are kept of one check: more than any real path has, for a certificate may be made to have a million. */
const mostFindings = 256

/** What came of trying a path: the first error and the name of the check that found it, or the path with its warnings. */
export type Trial =
  | { readonly valid: false; readonly check: string; readonly finding: Finding }
  | { readonly valid: true; readonly judged: JudgedPath }

/**
 * Judges a path up to its first error. A valid one is judged whole by that, once: judged again it would spend its budget a
 * second time, and might not come through.
 */
export const tryPath = (path: CandidatePath, context: CheckContext): Trial => {
  const warnings: Finding[] = []
  let mostWarnings = 0
  const report = (finding: Finding): void => {
    if (finding.severity === 'error') throw new FirstError(finding)
    if (warnings.length < mostWarnings) warnings.push(finding)
  }
  for (const check of checks) {
    mostWarnings = warnings.length + mostFindings
    try {
      check.run(path, context, report)
    } catch (thrown) {
      const finding = thrown instanceof FirstError ? thrown.finding : limitReached(thrown)
      return { valid: false, check: check.name, finding }
    }
  }
  return { valid: true, judged: { path, errors: [], warnings, distance: 0 } }
}

/** Ends a check that need not go on. No error of the language: many paths may be tried, and nobody asks where this one came from. */
class FirstError {
  readonly finding: Finding

  constructor(finding: Finding) {
    this.finding = finding
  }
}

/** Every finding on a path, in the order of the checks. `extra` is what the search itself has found. */
export const judge = (path: CandidatePath, context: CheckContext, extra: readonly Finding[] = []): JudgedPath => {
  const errors = extra.filter(({ severity }) => severity === 'error')
  const warnings = extra.filter(({ severity }) => severity === 'warning')
  let mostErrors = 0
  let mostWarnings = 0
  const report = (finding: Finding): void => {
    const isError = finding.severity === 'error'
    const kept = isError ? errors : warnings
    if (kept.length < (isError ? mostErrors : mostWarnings)) kept.push(finding)
  }
  for (const check of checks) {
    mostErrors = errors.length + mostFindings
    mostWarnings = warnings.length + mostFindings
    try {
      check.run(path, context, report)
    } catch (thrown) {
      report(limitReached(thrown))
    }
  }
  return { path, errors, warnings, distance: errors.reduce((sum, { code }) => sum + codes[code].distance, 0) }
}

/** Codes that say that the verdict is open, rather than that the path is bad. */
const openCodes: ReadonlySet<string> = new Set([
  'limit-reached',
  'revocation-unknown',
  'revocation-stale',
  'revocation-unreachable'
])

/** Whether nothing speaks against the path but what could not be found out. */
export const isOpen = ({ errors }: JudgedPath): boolean =>
  errors.length > 0 && errors.every(({ code }) => openCodes.has(code))
