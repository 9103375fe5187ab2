import type { AnchorConstraints } from '../model/anchor-constraints.ts'
import { type ConstraintsReading, everyAnchor } from './document.ts'
import { readEntry } from './entry.ts'
import { ConstraintsFaults } from './faults.ts'

/** Anchors that one document may speak of: as many as a large store has. */
const mostEntries = 10_000

/** Characters of a document as text. */
const mostCharacters = 4 * 2 ** 20

const fingerprint = /^[0-9a-f]{64}$/

/**
 * Reads constraints on the anchors of a store from parsed JSON: see `ConstraintsDocument`. Either all of it is taken, or
 * every fault is told (the first hundred of them), since what is left out of constraints is trusted for more.
 */
export const readConstraints = (document: unknown): ConstraintsReading => {
  const faults = new ConstraintsFaults()
  const constraints = new Map<string, AnchorConstraints>()
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    faults.add([], 'must be an object')
    return { ok: false, faults: faults.list }
  }
  const entries: readonly (readonly [string, unknown])[] = Object.entries(document)
  if (entries.length > mostEntries) {
    faults.add([], `has ${entries.length} entries, more than ${mostEntries}`)
    return { ok: false, faults: faults.list }
  }
  for (const [key, value] of entries) {
    if (key !== everyAnchor && !fingerprint.test(key))
      faults.add([key], 'is neither * nor a fingerprint, which is the SHA-256 of a certificate in lower-case hex')
    const entry = readEntry(value, [key], faults)
    if (entry !== undefined) constraints.set(key, entry)
  }
  return faults.any ? { ok: false, faults: faults.list } : { ok: true, constraints }
}

/** Reads the same from a JSON text, as a file beside a CA file has it. A byte order mark at its start is left out. */
export const parseConstraints = (text: string): ConstraintsReading => {
  if (text.length > mostCharacters) return refused(`has more than ${mostCharacters} characters`)
  const json = text.startsWith('\ufeff') ? text.slice(1) : text
  const document = parse(json)
  if (document === undefined) return refused('is not JSON')
  const twice = repeatedName(json)
  if (twice !== undefined) {
    const faults = new ConstraintsFaults()
    faults.add([twice], 'stands twice in one object')
    return { ok: false, faults: faults.list }
  }
  return readConstraints(document)
}

const refused = (detail: string): ConstraintsReading => ({ ok: false, faults: [{ pointer: '', detail }] })

/** Undefined, which no JSON text stands for, where it is none. */
const parse = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** In JSON text: a string, with the colon that makes a name of it, or what opens or ends an object or an array. */
const token = /"[^"\\]*(?:\\["\\/bfnrtu][^"\\]*)*"(\s*:)?|[{[\]}]/g

/** A name that an object of a well-formed JSON text has twice: RFC 8259 §4 leaves open which of the two would count. */
const repeatedName = (json: string): string | undefined => {
  const open: Set<string>[] = []
  for (const [text, colon] of json.matchAll(token)) {
    if (text === '{' || text === '[') open.push(new Set())
    else if (text === '}' || text === ']') open.pop()
    else if (colon !== undefined) {
      const name = String(JSON.parse(text.slice(0, -colon.length)))
      const names = open.at(-1)
      if (names?.has(name)) return name
      names?.add(name)
    }
  }
  return undefined
}
