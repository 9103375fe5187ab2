/** One textual encoding of RFC 7468, or what was meant as one. */
export type PemBlock = { readonly label: string; readonly line: number } & (
  | { readonly ok: true; readonly octets: Uint8Array; readonly headers: string }
  | { readonly ok: false; readonly reason: string }
)

const begin = '-----BEGIN '
const dashes = '-----'
const longestLabel = 64

export const hasPem = (text: string): boolean => text.includes(begin)

/**
 * Reads the PEM blocks of a text, in one pass: RFC 7468 §2 with the laxness of its §3 that is unambiguous.
 *
 * What stands around the blocks is explanatory text, a byte order mark among it. Lines may be indented, end in any way
 * (also in `\n` spelt out, as where JSON was pasted) and have any length; padding may be missing. A block that is cut
 * short or damaged is given as such, never left out. At most `most` blocks are read.
 */
export function* readPem(text: string, most: number): Iterable<PemBlock> {
  const lines = new LineCounter(text)
  let count = 0
  let at = text.indexOf(begin)
  while (at !== -1 && count < most) {
    const label = labelAt(text, at + begin.length)
    if (label === undefined) {
      at = text.indexOf(begin, at + begin.length)
      continue
    }
    const line = lines.at(at)
    const body = at + begin.length + label.length + dashes.length
    const next = boundaryAfter(text, body)
    const end = `-----END ${label}-----`
    count++
    if (next !== -1 && text.startsWith(end, next)) {
      yield { label, line, ...decodeBody(text.slice(body, next)) }
      at = text.indexOf(begin, next + end.length)
    } else {
      yield { label, line, ok: false, reason: faultAt(text, next, label) }
      at = next === -1 ? -1 : text.indexOf(begin, next)
    }
  }
}

/** The next five dashes: base64 has none, so they end the block. */
const boundaryAfter = (text: string, from: number): number => text.indexOf(dashes, from)

const faultAt = (text: string, next: number, label: string): string => {
  if (next === -1) return `it has no line -----END ${label}-----`
  if (text.startsWith(begin, next)) return `another BEGIN line stands before its line -----END ${label}-----`
  if (text.startsWith('-----END ', next)) return `its END line does not say ${label}, as its BEGIN line does`
  return 'it has dashes within its base64 text'
}

/** RFC 7468 §3: a label, up to the dashes that end its line. */
const labelAt = (text: string, from: number): string | undefined => {
  const end = text.slice(from, from + longestLabel + dashes.length).indexOf(dashes)
  if (end <= 0) return undefined
  const label = text.slice(from, from + end)
  return /^[\x21-\x2c\x2e-\x7e]+(?:[ -][\x21-\x2c\x2e-\x7e]+)*$/.test(label) ? label : undefined
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/

type Body = { readonly ok: true; readonly octets: Uint8Array; readonly headers: string } | { readonly ok: false; readonly reason: string }

const decodeBody = (body: string): Body => {
  const { headers, rest } = withoutHeaders(body)
  const text = rest.replaceAll(/\s+|\\[rn]/g, '')
  if (!base64.test(text)) return { ok: false, reason: 'it holds characters that are not base64' }
  const octets = decodeBase64(text)
  if (octets === undefined) return { ok: false, reason: 'its base64 text is cut short or wrongly padded' }
  if (octets.length === 0) return { ok: false, reason: 'it is empty' }
  return { ok: true, octets, headers }
}

/** RFC 1421 §4.4: header lines up to an empty line, as in encrypted keys of old. */
const withoutHeaders = (body: string): { readonly headers: string; readonly rest: string } => {
  if (!body.includes(':')) return { headers: '', rest: body }
  const unified = body.replaceAll(/\r\n?|\\r\\n|\\n/g, '\n')
  const end = unified.indexOf('\n\n')
  return end === -1 ? { headers: unified, rest: ':' } : { headers: unified.slice(0, end), rest: unified.slice(end) }
}

/**
 * Decodes base64 (RFC 4648 §4) that has no white space. Padding is whole or missing; the bits that it makes unused are zero
 * (§3.5), for otherwise something was cut off.
 */
export const decodeBase64 = (text: string): Uint8Array | undefined => {
  if (!base64.test(text)) return undefined
  const bare = text.replace(/=+$/, '')
  const padding = text.length - bare.length
  if (bare.length % 4 === 1 || (padding > 0 && text.length % 4 !== 0)) return undefined
  const octets = Buffer.from(bare, 'base64')
  const tail = bare.slice(bare.length - (bare.length % 4))
  const again = octets.subarray(octets.length - (octets.length % 3)).toString('base64').replace(/=+$/, '')
  return tail === again ? octets : undefined
}

/** Counts lines on the way, so that all numbers together cost one pass. */
class LineCounter {
  readonly #text: string
  #position = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  /** The 1-based line of a position that is not before the last one asked for. */
  at(position: number): number {
    for (; this.#position < position; this.#position++) {
      const code = this.#text.charCodeAt(this.#position)
      if (code === 10 || (code === 13 && this.#text.charCodeAt(this.#position + 1) !== 10)) this.#line++
    }
    return this.#line
  }
}
