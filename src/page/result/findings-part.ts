import type { Finding, PathEntry, Verdict } from '../../../openapi/types.d.ts'
import type { Client } from '../../client/index.ts'
import { element } from '../dom.ts'
import { counted, roleName, shortName } from '../wording.ts'
import { explanation } from './explanation.ts'

/** Findings that are shown at most: a hostile chain may have thousands. */
const most = 100

/** Every reason why it is not valid: what is wrong, with which certificate, what to do, by which rule. */
export const errorsPart = (verdict: Verdict, client: Client): HTMLElement | undefined => {
  if (verdict.errors.length === 0) return undefined
  return element('ol', { class: 'findings', 'aria-label': 'Reasons' }, ...shown(verdict.errors, verdict.path, client))
}

/** What is worth knowing, and changes no verdict. */
export const warningsPart = (verdict: Verdict, client: Client): HTMLElement | undefined => {
  const { warnings, path } = verdict
  if (warnings.length === 0) return undefined
  return element(
    'details',
    { class: 'part warnings' },
    element('summary', {}, element('h3', {}, counted(warnings.length, 'warning'))),
    element('p', { class: 'hint' }, 'They do not change the verdict.'),
    element('ol', { class: 'findings', 'aria-label': 'Warnings' }, ...shown(warnings, path, client))
  )
}

const shown = (findings: readonly Finding[], path: readonly PathEntry[], client: Client): readonly HTMLElement[] => {
  const items = findings.slice(0, most).map((finding) => item(finding, path, client))
  if (findings.length <= most) return items
  return [...items, element('li', { class: 'finding' }, `And ${findings.length - most} more.`)]
}

const item = (finding: Finding, path: readonly PathEntry[], client: Client): HTMLElement => {
  const { code, message, remedy, reference, certificate } = finding
  const entry = certificate === null ? undefined : path[certificate]
  return element(
    'li',
    { class: 'finding' },
    element('p', { class: 'message' }, message),
    element(
      'dl',
      {},
      element('dt', {}, 'Certificate'),
      element(
        'dd',
        {},
        ...(entry === undefined || certificate === null ? ['The path as a whole'] : where(entry, certificate))
      ),
      element('dt', {}, 'What to do'),
      element('dd', {}, remedy),
      element('dt', {}, 'Rule'),
      element(
        'dd',
        {},
        reference,
        ' · ',
        element('a', { href: `errors/${encodeURIComponent(code)}` }, element('code', {}, code))
      )
    ),
    explanation(code, client)
  )
}

const where = (entry: PathEntry, index: number): readonly (Node | string)[] => [
  element('a', { href: `#certificate-${index}` }, shortName(entry.subject)),
  ` · ${roleName[entry.role].toLowerCase()}`,
  ...(entry.source === undefined ? [] : [' · ', element('code', {}, entry.source)])
]
