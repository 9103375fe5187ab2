import type { Attempt, Verdict } from '../../../openapi/types.d.ts'
import { element, section } from '../dom.ts'
import { counted, shortName } from '../wording.ts'
import { otherAttempts } from './graph.ts'
import { findingsAt, stateOf } from './states.ts'

/** Candidates that are listed at most. */
const most = 20

/** The candidates that were tried beside the path that is shown, and why each was given up. */
export const attemptsPart = (verdict: Verdict): HTMLElement | undefined => {
  const others = otherAttempts(verdict)
  if (others.length === 0) return undefined
  const items = others.slice(0, most).map(item)
  const more =
    others.length > most ? [element('li', {}, `And ${counted(others.length - most, 'more candidate')}.`)] : []
  return section('candidates', 'Other candidates', element('ol', { class: 'attempts' }, ...items, ...more))
}

const item = ({ path, errors, outcome }: Attempt): HTMLElement =>
  element(
    'li',
    {},
    element(
      'ol',
      { class: 'hops', 'aria-label': 'A candidate, end entity first' },
      ...path.map(({ subject }, index) =>
        element('li', {}, element('span', { class: stateOf(findingsAt(errors, index)) }, shortName(subject)))
      )
    ),
    outcome === 'valid'
      ? element('p', {}, 'It is valid too.')
      : element(
          'ul',
          { class: 'reasons' },
          ...errors.slice(0, 5).map((error) => reason(error, path)),
          ...(errors.length > 5 ? [element('li', {}, `And ${errors.length - 5} more.`)] : [])
        )
  )

const reason = ({ code, message, certificate }: Attempt['errors'][number], path: Attempt['path']): HTMLElement =>
  element(
    'li',
    {},
    certificate === null ? undefined : `${shortName(path[certificate]?.subject)}: `,
    message,
    ' ',
    element('a', { href: `errors/${encodeURIComponent(code)}` }, element('code', {}, code))
  )
