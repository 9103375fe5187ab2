import type { Verdict } from '../../../openapi/types.d.ts'
import { drawn, element } from '../dom.ts'
import { counted, moment, shortName } from '../wording.ts'
import { outcomeTitle } from './states.ts'

const marks: Readonly<Record<Verdict['outcome'], string>> = {
  valid: 'M17 33.5l9 9 21-22',
  invalid: 'M21 21l22 22M43 21L21 43',
  indeterminate: 'M24 25c0-11 17-11 17-1 0 7-9 7-9 14M32 45v.5'
}

/** A wax seal: fluted around, with the mark of the verdict in it. */
const seal = (outcome: Verdict['outcome']): SVGSVGElement =>
  drawn(
    'svg',
    { class: 'seal', viewBox: '0 0 64 64', 'aria-hidden': 'true' },
    drawn('path', { class: 'wax', d: sealEdge() }),
    drawn('circle', { class: 'rim', cx: '32', cy: '32', r: '22.5' }),
    drawn('path', { class: 'mark', d: marks[outcome] })
  )

const sealEdge = (): string => {
  const points = Array.from({ length: 72 }, (_, index) => {
    const angle = (index / 72) * 2 * Math.PI
    const radius = 29 + 1.4 * Math.cos(12 * angle)
    return `${(32 + radius * Math.cos(angle)).toFixed(2)} ${(32 + radius * Math.sin(angle)).toFixed(2)}`
  })
  return `M${points.join('L')}Z`
}

/** The verdict in one look. Its title takes the focus. */
export const verdictPart = (verdict: Verdict): HTMLElement =>
  element(
    'div',
    { class: `verdict ${verdict.outcome}` },
    seal(verdict.outcome),
    element(
      'div',
      {},
      element('h2', { id: 'verdict-title', tabindex: '-1' }, outcomeTitle[verdict.outcome]),
      element('p', { class: 'sentence' }, sentenceOf(verdict)),
      element('p', { class: 'asof' }, asOf(verdict))
    )
  )

/** The verdict as a sentence. */
export const sentenceOf = ({ outcome, path, errors, trustAnchor }: Verdict): string => {
  const name = shortName(path[0]?.subject)
  if (outcome === 'valid') return `${name} is vouched for by ${shortName(trustAnchor?.subject)}.`
  const reasons = errors.length === 1 ? 'one reason' : counted(errors.length, 'reason')
  return outcome === 'invalid'
    ? `${name} is not valid, for ${reasons}.`
    : `Whether ${name} is valid is not known, for ${reasons}.`
}

const again: Readonly<Record<NonNullable<Verdict['checkAgainReason']>, string>> = {
  'certificate-expires': 'a certificate expires',
  'evidence-expires': 'its evidence goes out of date',
  'certificate-becomes-valid': 'a certificate becomes valid',
  'hold-may-end': 'a certificate may be held no longer',
  'evidence-becomes-current': 'evidence of a later time counts',
  'evidence-stale': 'newer evidence should be there',
  'evidence-missing': 'evidence is missing',
  'limit-reached': 'a limit was reached'
}

const asOf = ({ checkedAt, checkAgainAt, checkAgainReason, outcome, trust }: Verdict): string => {
  const stores = trust.map(({ name }) => name ?? 'your CA certificates')
  const trusted = stores.length === 0 ? 'nothing' : stores.join(', ')
  const seen = `Seen at ${moment(checkedAt)}; trusted: ${trusted}.`
  if (checkAgainAt === null || checkAgainReason === null) return seen
  const until = outcome === 'valid' ? 'Good until' : 'Ask again from'
  return `${seen} ${until} ${moment(checkAgainAt)}: ${again[checkAgainReason]}.`
}
