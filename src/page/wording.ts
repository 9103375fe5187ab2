import type { PathEntry } from '../../openapi/types.d.ts'
import { printable } from '../core/model/printable.ts'

/** The common name of a distinguished name (RFC 4514), or all of it where there is none; cut where it is long. */
export const shortName = (subject: string | undefined): string => {
  if (subject === undefined) return 'A certificate that is not named'
  if (subject === '') return 'A certificate without a subject'
  const value = partsOf(subject)
    .find((part) => /^CN=/i.test(part))
    ?.slice(3)
  return printable(value === undefined || value === '' ? subject : unescaped(value))
}

/** A name parted at its commas and plus signs, but for those that stand for themselves. */
const partsOf = (name: string): readonly string[] => {
  const parts: string[] = []
  let begin = 0
  for (let at = 0; at < name.length; at++) {
    if (name[at] === '\\') at++
    else if (name[at] === ',' || name[at] === '+') {
      parts.push(name.slice(begin, at))
      begin = at + 1
    }
  }
  return [...parts, name.slice(begin)]
}

/** Punctuation without the backslash before it; octets and characters that are escaped stay so. */
const unescaped = (value: string): string => value.replaceAll(/\\([ "#+,;<=>\\])/g, '$1')

export const roleName: Readonly<Record<PathEntry['role'], string>> = {
  'end-entity': 'End entity',
  intermediate: 'Intermediate',
  'trust-anchor': 'Trust anchor'
}

/** `2026-11-26T14:02:07Z` as `2026-11-26 14:02:07 UTC`, and midnight as the day alone. */
export const moment = (time: string | null): string => {
  if (time === null) return 'a time that cannot be read'
  const [day = '', clock = ''] = time.replace(/Z$/, '').split('T')
  return clock === '' || clock === '00:00:00' ? day : `${day} ${clock} UTC`
}

export const day = (time: string | null): string => time?.slice(0, 10) ?? '?'

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
