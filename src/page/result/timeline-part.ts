import type { PathEntry, Timeline, Verdict } from '../../../openapi/types.d.ts'
import { type Child, element, section } from '../dom.ts'
import { day, moment, shortName } from '../wording.ts'
import { type Stretch, type TimeScale, timeScale } from './time-scale.ts'

/** From when to when the chain is valid, and what ends it, over the periods of its certificates. */
export const timelinePart = (verdict: Verdict): HTMLElement | undefined => {
  const scale = timeScale(verdict)
  if (scale === undefined) return undefined
  return section('timeline', 'Timeline', ...summary(verdict.timeline ?? null), chart(verdict, scale))
}

const summary = (timeline: Timeline | null): readonly Child[] => {
  if (timeline === null) return [element('p', {}, 'No time was found at which this chain is valid for what was asked.')]
  const { validFrom, validUntil, begins, ends } = timeline
  const from = validFrom === null ? 'since ever' : `from ${moment(validFrom)}`
  const until = validUntil === null ? 'without an end' : `until ${moment(validUntil)}`
  return [
    element('p', {}, element('strong', {}, `Valid ${from} ${until}.`)),
    begins === null ? undefined : element('p', {}, 'Before that: ', ...edge(begins)),
    ends === null ? undefined : element('p', {}, 'After that: ', ...edge(ends))
  ]
}

const edge = ({ message, certificate, code }: NonNullable<Timeline['ends']>): readonly Child[] => [
  ...(certificate === null ? [] : [element('strong', {}, shortName(certificate.subject)), ': ']),
  message,
  ' ',
  element('a', { href: `errors/${encodeURIComponent(code)}` }, element('code', {}, code))
]

/** A row for each certificate, each with the time that is asked about and the time in which the chain is valid. */
const chart = (verdict: Verdict, scale: TimeScale): HTMLElement =>
  element(
    'div',
    { class: 'chart' },
    axis(verdict, scale),
    element('ol', { class: 'periods' }, ...verdict.path.map((entry) => period(entry, verdict, scale)))
  )

const axis = ({ checkedAt }: Verdict, scale: TimeScale): HTMLElement => {
  const at = scale.place(checkedAt)
  const label = element('span', { class: at > 0.5 ? 'late' : undefined }, day(checkedAt))
  label.style.insetInlineStart = percent(at)
  return element('div', { class: 'axis', 'aria-hidden': 'true' }, label)
}

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`

const placed = (kind: string, { begin, end }: Stretch): HTMLElement => {
  const made = element('div', { class: kind })
  made.style.insetInlineStart = percent(begin)
  made.style.inlineSize = `max(3px, ${percent(end - begin)})`
  return made
}

const period = (entry: PathEntry, { timeline, checkedAt }: Verdict, scale: TimeScale): HTMLElement => {
  const { subject, notBefore, notAfter, role } = entry
  const stretch = scale.stretch(notBefore, notAfter)
  const ends = `${stretch.before ? ' before' : ''}${stretch.after ? ' after' : ''}`
  const marker = element('div', { class: 'marker' })
  marker.style.insetInlineStart = percent(scale.place(checkedAt))
  return element(
    'li',
    {},
    element(
      'p',
      {},
      element('span', { class: 'whose' }, shortName(subject)),
      ' ',
      element('span', { class: 'dates' }, `${day(notBefore)} – ${day(notAfter)}`)
    ),
    element(
      'div',
      { class: 'track', 'aria-hidden': 'true' },
      timeline === null || timeline === undefined
        ? undefined
        : placed('band', scale.stretch(timeline.validFrom, timeline.validUntil)),
      placed(`bar ${role}${ends}`, stretch),
      marker
    )
  )
}
