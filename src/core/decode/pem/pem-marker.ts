import { intendedLabel, objectOf } from './pem-label.ts'

/** An encapsulation boundary (RFC 7468 §2), or what was meant to be one. */
export interface Marker {
  readonly kind: 'BEGIN' | 'END'
  readonly label: string
  /** Of its first hyphen. */
  readonly start: number
  /** One beyond its last hyphen. */
  readonly end: number
  /** Why it is no boundary by the letter, or undefined. */
  readonly flaw: string | undefined
}

/** The hyphens and dashes that word processors and web pages put in place of the hyphen-minus. */
const dashes = new Set([0xad, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xfe58, 0xfe63, 0xff0d])
const candidates = /[-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]{2}(?:BEGIN|END) /g
const boundary = '-----'
const maximumLabel = 64

/**
 * The first boundary at or after `from`. Damaged ones with a label that is known count as well (a hyphen lost in copying,
 * dashes for hyphens), because what stands behind them must not be dropped in silence. Linear: no character is looked at
 * more than a few times, as labels do not overlap.
 */
export const nextMarker = (text: string, from: number): Marker | undefined => {
  candidates.lastIndex = from
  while (candidates.test(text)) {
    // Where it ends tells all of it.
    const end = candidates.lastIndex
    const kind = text[end - 2] === 'N' ? 'BEGIN' : 'END'
    const marker = markerAt(text, from, end - kind.length - 2, kind)
    if (marker !== undefined) return marker
  }
  return undefined
}

/** The boundary whose last leading dash stands at `dash`; dashes before `from` belong to the boundary before. */
const markerAt = (text: string, from: number, dash: number, kind: 'BEGIN' | 'END'): Marker | undefined => {
  let start = dash
  while (start > from && dash - start < boundary.length && isDash(text, start - 1)) start -= 1
  const labelStart = dash + kind.length + 2
  const labelEnd = endOfLabel(text, labelStart)
  if (labelEnd === undefined) return undefined
  const label = text.slice(labelStart, labelEnd)
  const opened = text.slice(start, dash + 1) === boundary
  const closed = text.startsWith(boundary, labelEnd)
  if (opened && closed && objectOf(label) !== undefined) return marker(kind, label, start, labelEnd + 5, undefined)
  const intended = label === '' ? label : intendedLabel(label)
  if (objectOf(intended) === undefined) {
    return opened && closed ? marker(kind, label, start, labelEnd + 5, undefined) : undefined
  }
  let end = labelEnd
  while (end - labelEnd < boundary.length && isDash(text, end)) end += 1
  const flaw =
    opened && closed
      ? `its ${kind} line does not have the label in the one way in which it is written (RFC 7468 §3)`
      : `its ${kind} line does not have exactly five hyphens (-) on either side`
  return marker(kind, intended, start, end, flaw)
}

const marker = (
  kind: 'BEGIN' | 'END',
  label: string,
  start: number,
  end: number,
  flaw: string | undefined
): Marker => ({ kind, label, start, end, flaw })

const isDash = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code === 0x2d || (code >= 0xad && dashes.has(code))
}

/** Where a label ends: at two dashes on end, since one may be part of it. Undefined where the line ends before. */
const endOfLabel = (text: string, start: number): number | undefined => {
  for (let at = start; at <= start + maximumLabel && at < text.length; at++) {
    if (isDash(text, at) && isDash(text, at + 1)) return at
    const code = text.charCodeAt(at)
    if (code === 0x0a || code === 0x0d) return undefined
  }
  return undefined
}

/** Whether nothing but space, quotation marks or a byte order mark stands before `at` on its line, which an escape may end. */
export const beginsLine = (text: string, from: number, at: number): boolean => {
  let before = at - 1
  while (before >= from && ' \t\v\f"\'`\ufeff'.includes(text.charAt(before))) before -= 1
  if (before < from) return true
  const character = text.charAt(before)
  if (character === '\n' || character === '\r') return true
  return (character === 'n' || character === 'r') && text[before - 1] === '\\'
}

const likeBody = /[A-Za-z0-9+/]{16}|[A-Za-z-]{1,32}:/y

/** Whether a block's contents follow at `at`, as they do after `cert=-----BEGIN …` and not where prose speaks of such a line. */
export const contentsFollow = (text: string, at: number): boolean => {
  let start = at
  for (;;) {
    if (' \t\v\f\r\n'.includes(text[start] ?? '?')) start += 1
    else if (text[start] === '\\' && 'nr\\'.includes(text[start + 1] ?? '?')) start += text[start + 1] === '\\' ? 1 : 2
    else break
  }
  likeBody.lastIndex = start
  return likeBody.test(text)
}
