import type { PathEntry } from '../../../openapi/types.d.ts'
import { type Child, element } from '../dom.ts'
import { moment, roleName, shortName } from '../wording.ts'
import type { GraphNode } from './graph.ts'
import { stateOf, stateText } from './states.ts'

/** A certificate of the graph: who it is of, how it stands, and behind a disclosure what it says. */
export const certificateCard = ({ entry, row, column, findings }: GraphNode, valid: boolean): HTMLElement => {
  const state = stateOf(findings)
  const codes = [...new Set(findings.map(({ code }) => code))]
  const main = column === 0
  return element(
    'li',
    { class: `card ${state}`, id: main ? `certificate-${row}` : undefined, tabindex: main ? '-1' : undefined },
    element('p', { class: 'role' }, roleName[entry.role]),
    element('p', { class: 'name' }, shortName(entry.subject)),
    element(
      'p',
      { class: 'state' },
      element('span', { class: 'chip' }, stateText(state, entry, valid)),
      ...codes.map(chip)
    ),
    element('p', { class: 'until' }, `until ${moment(entry.notAfter)}`),
    details(entry)
  )
}

const chip = (code: string): Child => element('code', { class: 'chip code' }, code)

const details = (entry: PathEntry): HTMLElement =>
  element(
    'details',
    { 'data-fingerprint': entry.fingerprint },
    element('summary', {}, 'Details', element('span', { class: 'quiet' }, ` of ${shortName(entry.subject)}`)),
    element('dl', {}, ...rows(entry))
  )

const rows = (entry: PathEntry): readonly Child[] => {
  const { subject, issuer, serialNumber, fingerprint, source, revocation } = entry
  const told: readonly (readonly [string, string | undefined])[] = [
    ['Subject', subject === '' ? '(empty)' : subject],
    ['Issuer', issuer === '' ? '(empty)' : issuer],
    ['From', moment(entry.notBefore)],
    ['Until', moment(entry.notAfter)],
    ['Serial number', serialNumber],
    ['SHA-256', fingerprint],
    ['Came from', source],
    ['Revocation', revocation === undefined ? undefined : revocationText(revocation)]
  ]
  return told.flatMap(([name, value]) => (value === undefined ? [] : row(name, value)))
}

export const row = (name: string, value: string): readonly Child[] => [
  element('dt', {}, name),
  element('dd', {}, value)
]

const revocationText = ({ status, reason, revokedAt, evidence = [] }: NonNullable<PathEntry['revocation']>): string => {
  const since = revokedAt === undefined ? '' : ` since ${moment(revokedAt)}`
  const why = reason === undefined ? '' : ` (${reason})`
  const by = evidence.length === 0 ? '' : `, by ${evidence.map(({ source }) => source).join(', ')}`
  return `${status}${since}${why}${by}`
}
