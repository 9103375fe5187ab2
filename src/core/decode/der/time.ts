import { type Element, Malformed, tags } from './der.ts'

/** RFC 5280 §4.1.2.5: from here on times are GeneralizedTimes. */
export const firstSecondOf2050 = 2_524_608_000

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
const daysTo = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/**
 * UTCTime `YYMMDDHHMMSSZ` or GeneralizedTime `YYYYMMDDHHMMSSZ` in seconds since 1970-01-01T00:00:00Z.
 *
 * RFC 5280 §4.1.2.5.1 and .2: seconds are there, the zone is Z, no fractions; two-digit years are of 1950 to 2049.
 */
export const readTime = (element: Element, what: string): number => {
  const { bytes, tag, content, end } = element
  if (tag !== tags.utcTime && tag !== tags.generalizedTime)
    throw new Malformed(`${what} is neither UTCTime nor GeneralizedTime`)
  const form =
    tag === tags.utcTime ? 'UTCTime of the form YYMMDDHHMMSSZ' : 'GeneralizedTime of the form YYYYMMDDHHMMSSZ'
  const digits = tag === tags.utcTime ? 12 : 14
  if (end - content !== digits + 1 || bytes[end - 1] !== 0x5a) throw new Malformed(`${what} is not a ${form}`)
  const pair = (at: number): number => {
    const tens = (bytes[content + at] ?? 0) - 0x30
    const units = (bytes[content + at + 1] ?? 0) - 0x30
    if (tens < 0 || tens > 9 || units < 0 || units > 9) throw new Malformed(`${what} is not a ${form}`)
    return tens * 10 + units
  }
  const offset = digits - 10
  const short = pair(offset - 2)
  const year = tag === tags.utcTime ? short + (short < 50 ? 2000 : 1900) : pair(0) * 100 + short
  const month = pair(offset)
  const day = pair(offset + 2)
  const hour = pair(offset + 4)
  const minute = pair(offset + 6)
  const second = pair(offset + 8)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    throw new Malformed(`${what} is no date of the calendar`)
  if (hour > 23 || minute > 59 || second > 59) throw new Malformed(`${what} is no time of day`)
  return daysTo(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
}
