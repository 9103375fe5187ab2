import type { Verdict } from '../../../openapi/types.d.ts'

/** A stretch of time, in parts of what is drawn: 0 is its begin and 1 its end. */
export interface Stretch {
  readonly begin: number
  readonly end: number
  /** It goes on beyond what is drawn. */
  readonly before: boolean
  readonly after: boolean
}

export interface TimeScale {
  /** Of what is drawn, in milliseconds since 1970. */
  readonly begin: number
  readonly end: number
  place(time: string): number
  stretch(from: string | null, until: string | null): Stretch
}

/**
 * Draws the time around the end entity and what was asked, not the decades of a root: a certificate of ninety days would be a
 * hair beside it. Undefined where no time can be read.
 */
export const timeScale = ({ path, checkedAt, timeline }: Verdict): TimeScale | undefined => {
  const [leaf] = path
  const times = [leaf?.notBefore, leaf?.notAfter, checkedAt, timeline?.validFrom, timeline?.validUntil]
    .flatMap((time) => (typeof time === 'string' ? [Date.parse(time)] : []))
    .filter((time) => !Number.isNaN(time))
  if (times.length < 2) return undefined
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const margin = Math.max(1_000, (last - first) * 0.08)
  const [begin, end] = [first - margin, last + margin]
  const part = (at: number): number => Math.min(1, Math.max(0, (at - begin) / (end - begin)))
  const stretch = (from: string | null, until: string | null): Stretch => {
    const [left, right] = [
      from === null ? Number.NEGATIVE_INFINITY : Date.parse(from),
      until === null ? Number.POSITIVE_INFINITY : Date.parse(until)
    ]
    return { begin: part(left), end: part(right), before: left < begin, after: right > end }
  }
  return { begin, end, place: (time) => part(Date.parse(time)), stretch }
}
