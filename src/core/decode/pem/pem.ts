import { decodeBase64 } from './base64.ts'
import { LineCounter } from './line-counter.ts'
import { unescaped, withoutHeaders } from './pem-body.ts'
import { objectOf, type PemObject } from './pem-label.ts'
import { beginsLine, contentsFollow, type Marker, nextMarker } from './pem-marker.ts'

interface BlockPlace {
  readonly label: string
  /** Of the BEGIN line, from 1. */
  readonly line: number
}

/** A block of a known label. */
export interface PemContents extends BlockPlace {
  readonly type: 'contents'
  readonly object: PemObject
  /** Whether headers or the label say so. */
  readonly encrypted: boolean
  readonly octets: Uint8Array
}

/** A block of a known label that cannot be read. `reason` quotes nothing of what stands between BEGIN and END. */
export interface PemFault extends BlockPlace {
  readonly type: 'fault'
  readonly object: PemObject
  readonly reason: string
}

/** A block of another label; its contents were not looked at. */
export interface PemOther extends BlockPlace {
  readonly type: 'other'
}

export type PemBlock = PemContents | PemFault | PemOther

/**
 * The PEM blocks of a text, one by one as they are asked for: RFC 7468 in its lax syntax (§3), in one pass.
 *
 * Text between blocks is ignored. Lines may be indented or quoted, have any length, and end with LF, CR or both, or with
 * the escapes `\n` and `\r` that JSON has for them (base64 has no backslash, so nothing is ambiguous); one block may follow
 * another without a line end between. A block that is cut short, or whose BEGIN line is damaged, is a fault in its place,
 * and never left out. Headers (RFC 1421 §4.4), as in encrypted keys of old, must end with an empty line.
 */
export function* pemBlocks(text: string): Generator<PemBlock, undefined> {
  const lines = new LineCounter(text)
  let from = 0
  let marker = nextMarker(text, from)
  while (marker !== undefined) {
    let next: Marker | undefined
    if (!stands(text, from, marker)) {
      from = marker.end
    } else if (marker.kind === 'END') {
      const fault = strayEnd(marker, lines)
      if (fault !== undefined) yield fault
      from = marker.end
    } else {
      const end = nextMarker(text, marker.end)
      yield blockOf(text, marker, end, lines)
      if (end === undefined) return undefined
      from = end.kind === 'END' ? end.end : marker.end
      next = end.kind === 'END' ? undefined : end
    }
    marker = next ?? nextMarker(text, from)
  }
  return undefined
}

/**
 * Whether a boundary outside a block is one. In the midst of a line it is only where contents follow, for explanatory
 * text may speak of such lines; an END line never is there.
 */
const stands = (text: string, from: number, marker: Marker): boolean => {
  if (beginsLine(text, from, marker.start)) return true
  return marker.kind === 'BEGIN' && objectOf(marker.label) !== undefined && contentsFollow(text, marker.end)
}

/** An END line without a BEGIN line is what is left of a block: its BEGIN line was lost or is not to be recognised. */
const strayEnd = ({ label, start }: Marker, lines: LineCounter): PemFault | undefined => {
  const object = objectOf(label)
  if (object === undefined) return undefined
  return {
    type: 'fault',
    object,
    label,
    line: lines.lineAt(start),
    reason: 'it has an END line without a BEGIN line before it'
  }
}

const otherEnd = 'its END line has another label than its BEGIN line'

const blockOf = (text: string, begin: Marker, end: Marker | undefined, lines: LineCounter): PemBlock => {
  const { label } = begin
  const line = lines.lineAt(begin.start)
  const object = objectOf(label)
  if (object !== undefined) return knownBlock(text, begin, end, { label, line, object }, lines)
  // Of a label that is not read, unless the END line tells that it was meant to be one that is.
  const meant = end?.kind === 'END' ? objectOf(end.label) : undefined
  return meant === undefined
    ? { type: 'other', label, line }
    : { type: 'fault', object: meant, label, line, reason: otherEnd }
}

const knownBlock = (
  text: string,
  begin: Marker,
  end: Marker | undefined,
  block: BlockPlace & { readonly object: PemObject },
  lines: LineCounter
): PemContents | PemFault => {
  const { label, line, object } = block
  const fault = (reason: string): PemFault => ({ type: 'fault', label, line, object, reason })
  if (begin.flaw !== undefined) return fault(begin.flaw)
  if (end === undefined) return fault('it has no END line')
  if (end.kind === 'BEGIN')
    return fault(`it has no END line: another BEGIN line stands in line ${lines.lineAt(end.start)}`)
  if (end.label !== label) return fault(otherEnd)
  if (end.flaw !== undefined) return fault(end.flaw)
  const body = withoutHeaders(unescaped(text.slice(begin.end, end.start)))
  if (body === undefined) return fault('it has a colon in its first line, and no empty line that ends its headers')
  const octets = decodeBase64(body.base64)
  if (octets.ok) {
    const encrypted = object === 'encrypted-private-key' || body.encrypted
    return { type: 'contents', label, line, object, encrypted, octets: octets.value }
  }
  const asItCame = body.base64.length === end.start - begin.end
  return fault(octets.reason + (asItCame ? lineOfStrange(text, begin, end, lines) : ''))
}

const strange = /[^A-Za-z0-9+/= \t\r\n\v\f]/g

/** Where between BEGIN and END the first character stands that is not of base64: its line alone, never what is there. */
const lineOfStrange = (text: string, begin: Marker, end: Marker, lines: LineCounter): string => {
  strange.lastIndex = begin.end
  const at = strange.exec(text)?.index ?? end.start
  return at < end.start ? ` (line ${lines.lineAt(at)})` : ''
}
