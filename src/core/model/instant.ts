/** Points in time: seconds since 1970-01-01T00:00:00Z inside, RFC 3339 in UTC outside. */

/** 0000-01-01T00:00:00Z */
export const firstSecond = -62_167_219_200
/** 9999-12-31T23:59:59Z */
export const lastSecond = 253_402_300_799

/** Texts of times that were written lately: those of certificates that come again, and of the second that it is. */
const written = new Map<number, string>()
const mostWritten = 1_024

/** RFC 3339, to the second: `2026-11-23T19:30:00Z`. */
export const formatInstant = (seconds: number): string => {
  const known = written.get(seconds)
  if (known !== undefined) return known
  const text = `${new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length)}Z`
  if (written.size === mostWritten) written.clear()
  written.set(seconds, text)
  return text
}

/**
 * Seconds of an RFC 3339 date-time, a fraction cut off, so that times are compared in whole seconds. Undefined for
 * anything else, as for a date that the calendar does not have.
 */
export const parseInstant = (text: string): number | undefined => {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second, zone] = parts
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const seconds = Date.parse(`${local}Z`) / 1000
  if (!Number.isInteger(seconds) || formatInstant(seconds) !== `${local}Z`) return undefined
  const instant = seconds - offsetOf(zone ?? 'Z')
  return instant >= firstSecond && instant <= lastSecond ? instant : undefined
}

/** Seconds east of UTC; NaN for a zone that no place has, which fails every comparison. */
const offsetOf = (zone: string): number => {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 23 || minutes > 59) return Number.NaN
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3_600 + minutes * 60)
}

const units: readonly (readonly [string, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60]
]

/** How long it is from one RFC 3339 time to a later one, in the largest unit that fits: `22 days`. */
export const spanBetween = (from: string, to: string): string => {
  const seconds = Math.abs((Date.parse(to) - Date.parse(from)) / 1000)
  const [name, length] = units.find(([, length]) => seconds >= length) ?? ['second', 1]
  const count = Math.floor(seconds / length)
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
