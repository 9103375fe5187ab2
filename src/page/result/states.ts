import type { Finding, PathEntry, Verdict } from '../../../openapi/types.d.ts'

/** How a certificate stands in a path. */
export type State = 'sound' | 'fault' | 'open'

/** Errors that newer or more evidence, or a smaller question, may take away: they make a verdict indeterminate. */
const openCodes: ReadonlySet<string> = new Set([
  'limit-reached',
  'revocation-unknown',
  'revocation-unreachable',
  'revocation-stale'
])

export const stateOf = (findings: readonly Finding[]): State => {
  if (findings.length === 0) return 'sound'
  return findings.every(({ code }) => openCodes.has(code)) ? 'open' : 'fault'
}

export const findingsAt = (findings: readonly Finding[], index: number): readonly Finding[] =>
  findings.filter(({ certificate }) => certificate === index)

/** What a certificate's state is called, beside its codes. */
export const stateText = (state: State, entry: PathEntry, valid: boolean): string => {
  if (state === 'fault') return 'At fault'
  if (state === 'open') return 'Not known'
  if (entry.role === 'trust-anchor') return 'Trusted'
  return valid ? 'In order' : 'No fault found'
}

export const outcomeTitle: Readonly<Record<Verdict['outcome'], string>> = {
  valid: 'Valid',
  invalid: 'Not valid',
  indeterminate: 'Cannot be told'
}
