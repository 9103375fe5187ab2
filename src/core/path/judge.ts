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
 * The findings of one check. A limit that it reaches is a finding as well, so a path whose check was cut short is
 * never taken for valid.
 */
function* findingsOf(check: (typeof checks)[number], path: CandidatePath, context: CheckContext): Iterable<Finding> {
  try {
    yield* check.run(path, context)
  } catch (thrown) {
    yield limitReached(thrown)
  }
}

/** The finding that a limit is; anything else is a bug, and thrown on. */
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
  for (const check of checks) {
    const mostWarnings = warnings.length + mostFindings
    try {
      for (const finding of check.run(path, context)) {
        if (finding.severity === 'error') return { valid: false, check: check.name, finding }
        if (warnings.length < mostWarnings) warnings.push(finding)
      }
    } catch (thrown) {
      return { valid: false, check: check.name, finding: limitReached(thrown) }
    }
  }
  return { valid: true, judged: { path, errors: [], warnings, distance: 0 } }
}

/** Every finding on a path, in the order of the checks. `extra` is what the search itself has found. */
export const judge = (path: CandidatePath, context: CheckContext, extra: readonly Finding[] = []): JudgedPath => {
  const errors = extra.filter(({ severity }) => severity === 'error')
  const warnings = extra.filter(({ severity }) => severity === 'warning')
  for (const check of checks) {
    const mostErrors = errors.length + mostFindings
    const mostWarnings = warnings.length + mostFindings
    for (const finding of findingsOf(check, path, context)) {
      const isError = finding.severity === 'error'
      const kept = isError ? errors : warnings
      if (kept.length < (isError ? mostErrors : mostWarnings)) kept.push(finding)
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
