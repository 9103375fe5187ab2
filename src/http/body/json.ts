import { withoutKeys } from '../key-material.ts'
import { Problem } from '../problem.ts'

export interface JsonLimits {
  /** Arrays and objects within each other. */
  readonly maxDepth: number
  /** Values in all: members, elements and the whole. */
  readonly maxValues: number
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The text of octets that must be UTF-8, a byte order mark left out (RFC 8259 §8.1). */
export const textOf = (octets: Uint8Array, what: string): string => {
  try {
    return utf8.decode(octets)
  } catch {
    throw new Problem('body-malformed', `${what} is not UTF-8 text.`)
  }
}

/**
 * Reads JSON strictly: RFC 8259, no name twice in an object (§4 leaves open which of them would count), and no more
 * depth and values than `limits` allows. Throws a problem for all else.
 */
export const parseJson = (octets: Uint8Array, limits: JsonLimits): unknown => {
  const text = textOf(octets, 'The JSON')
  const twice = scan(text, limits)
  const value = parse(text)
  if (twice !== undefined) throw new Problem('body-malformed', `The JSON has the name ${twice} twice in one object.`)
  return value
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem('body-malformed', `The body is not JSON${placeOf(error)}.`)
  }
}

/** Where JSON.parse stopped, without the excerpt of the text that its message may have. */
const placeOf = (error: unknown): string => {
  const at = error instanceof Error ? /line (\d+) column (\d+)/.exec(error.message) : null
  return at === null ? '' : `: the fault is in line ${at[1]}, column ${at[2]}`
}

/** In one object: each that is not known would be told. */
const mostNames = 10_000

/** The characters of JSON that are no value. */
const openBrace = 0x7b
const openBracket = 0x5b
const comma = 0x2c
const backslash = 0x5c
const quotationMark = 0x22

/**
 * Walks over JSON text once, before it is parsed: counts what `limits` bounds, and gives the first name (as written)
 * that an object has twice. Text that is not JSON may pass here; the parser refuses it afterwards.
 */
const scan = (text: string, limits: JsonLimits): string | undefined => {
  const names: (Set<string> | undefined)[] = []
  let values = 1
  let twice: string | undefined
  let expectsName = false
  // An expression finds the next one faster than a walk does, where it need not make a match of it.
  const token = /["{}[\],]/g
  while (token.test(text)) {
    const at = token.lastIndex - 1
    const code = text.charCodeAt(at)
    if (code === quotationMark) {
      const end = endOfString(text, at + 1)
      token.lastIndex = end + 1
      const known = names.at(-1)
      // One name that is there twice is enough; what the text is beside is for the parser to say.
      if (expectsName && known !== undefined && twice === undefined) {
        const written = text.slice(at, end + 1)
        const name = nameOf(written)
        if (known.has(name)) twice = shownName(written)
        known.add(name)
        if (known.size > mostNames) {
          throw new Problem('body-too-large', `An object of the JSON has more than ${mostNames} names.`)
        }
      }
      expectsName = false
    } else if (code === openBrace || code === openBracket) {
      names.push(code === openBrace ? new Set() : undefined)
      if (names.length > limits.maxDepth) {
        throw new Problem('body-malformed', `The JSON is deeper than ${limits.maxDepth} arrays and objects.`)
      }
      values += 1
      expectsName = code === openBrace
    } else if (code === comma) {
      values += 1
      expectsName = names.at(-1) !== undefined
    } else {
      names.pop()
    }
    if (values > limits.maxValues) {
      throw new Problem('body-too-large', `The JSON has more than ${limits.maxValues} values.`)
    }
  }
  return twice
}

/** The index of the quotation mark that ends a string: one search, but where such marks are escaped, which is a walk. */
const endOfString = (text: string, start: number): number => {
  const first = text.indexOf('"', start)
  if (first < 0) return text.length
  if (first === start || text.charCodeAt(first - 1) !== backslash) return first
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quotationMark) return at
    if (code === backslash) at += 1
  }
  return text.length
}

/** As it is written, short, and no private key. */
const shownName = (written: string): string => {
  const shown = withoutKeys(written)
  return shown.length > 66 ? `${shown.slice(0, 64)}…"` : shown
}

const nameOf = (written: string): string => {
  if (!written.includes('\\')) return written
  try {
    return JSON.stringify(JSON.parse(written))
  } catch {
    return written
  }
}
