import { randomUUID } from 'node:crypto'
import type { RepeatableField } from '../../service/lanes/job.ts'
import { type KnownText, repeatable, shortestText } from '../../service/lanes/repeated-texts.ts'
import { type JsonLimits, parseJson } from './json.ts'

/** Of a body, below which a text spares little: where it turns out to be no JSON, the rest is read twice. */
const leastShare = 0.25

const quotationMark = 0x22
const colon = 0x3a

/** Stands for a text while the rest is read. No client knows it, so none can ask for the text in another place. */
const placeholder = randomUUID()

/**
 * Reads JSON as `parseJson` does. Where a large text in it is one that came before, the octets that write it are left out and the text
 * itself is put in: octets are compared many times faster than they are decoded and read (decision 23).
 *
 * What is left out stands between two quotation marks, has none itself, and no escape of it goes beyond it. So it is the whole of a string
 * of the JSON, or the JSON is none with it and without it. What cannot be read so is read whole, and refused in the words for that.
 */
export const parseRequest = (octets: Uint8Array, limits: JsonLimits, knownText: KnownText): unknown => {
  const cuts = octets.length < shortestText ? [] : cutsOf(octets, knownText)
  return (cuts.length === 0 ? undefined : readWithout(cuts, octets, limits)) ?? parseJson(octets, limits)
}

/** Octets from `start` to `end` that write `text`. */
interface Cut {
  readonly field: RepeatableField
  readonly start: number
  readonly end: number
  readonly text: string
}

const cutsOf = (octets: Uint8Array, knownText: KnownText): readonly Cut[] => {
  const body = Buffer.from(octets.buffer, octets.byteOffset, octets.length)
  return repeatable.flatMap((field) => {
    const start = startOf(body, field)
    const end = start === undefined ? -1 : body.indexOf(quotationMark, start)
    if (start === undefined || end < 0) return []
    if (end - start < leastShare * body.length) return []
    const text = knownText(body.subarray(start, end))
    return text === undefined ? [] : { field, start, end, text }
  })
}

/** Where the text of a field begins, if it is one. */
const startOf = (body: Buffer, field: RepeatableField): number | undefined => {
  const name = body.indexOf(`"${field}"`)
  if (name < 0) return undefined
  let at = afterSpace(body, name + field.length + 2)
  if (body[at] !== colon) return undefined
  at = afterSpace(body, at + 1)
  return body[at] === quotationMark ? at + 1 : undefined
}

const afterSpace = (body: Buffer, from: number): number => {
  let at = from
  while (body[at] === 0x20 || body[at] === 0x0a || body[at] === 0x0d || body[at] === 0x09) at += 1
  return at
}

/** Undefined where it is no JSON, or where one of the texts was not what its field is. */
const readWithout = (cuts: readonly Cut[], octets: Uint8Array, limits: JsonLimits): unknown => {
  const pieces: Uint8Array[] = []
  let from = 0
  for (const { start, end } of cuts.toSorted((one, other) => one.start - other.start)) {
    pieces.push(octets.subarray(from, start), Buffer.from(placeholder))
    from = end
  }
  pieces.push(octets.subarray(from))
  const value = parsed(Buffer.concat(pieces), limits)
  if (typeof value !== 'object' || value === null) return undefined
  const fieldsOf = new Map<string, unknown>(Object.entries(value))
  for (const { field, text } of cuts) {
    if (fieldsOf.get(field) !== placeholder) return undefined
    fieldsOf.set(field, text)
  }
  return Object.fromEntries(fieldsOf)
}

const parsed = (octets: Uint8Array, limits: JsonLimits): unknown => {
  try {
    return parseJson(octets, limits)
  } catch {
    return undefined
  }
}
