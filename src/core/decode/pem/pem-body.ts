/** What stands between the BEGIN line and the END line of a PEM block. */

const [backslash, slash, colon, lineFeed, carriageReturn] = [0x5c, 0x2f, 0x3a, 0x0a, 0x0d]
/** What may follow a backslash: n, r and t as JSON has them, and the line's own end as shells do. */
const spaceEscapes: ReadonlySet<number> = new Set([0x6e, 0x72, 0x74, 0x0a, 0x0d])

/** Undoes what JSON and shells make of line ends (also escaped twice) and JSON of the slash. */
export const unescaped = (body: string): string => {
  if (!body.includes('\\')) return body
  const plain = Buffer.alloc(body.length)
  let length = 0
  for (let at = 0; at < body.length; at++) {
    let code = body.charCodeAt(at)
    if (code === backslash) {
      if (body.charCodeAt(at + 1) === backslash) at += 1
      const escaped = body.charCodeAt(at + 1)
      if (escaped === slash || spaceEscapes.has(escaped)) {
        code = escaped === slash ? slash : lineFeed
        at += 1
      }
    }
    // What is beyond ASCII is not of base64 either: a backslash stands for it.
    plain[length++] = code < 0x80 ? code : backslash
  }
  const text = plain.toString('latin1', 0, length)
  plain.fill(0)
  return text
}

export interface PemBody {
  readonly base64: string
  readonly encrypted: boolean
}

const encryptionHeader = /^[ \t]*(?:Proc-Type:[ \t]*4[ \t]*,[ \t]*ENCRYPTED|DEK-Info:)/im

/** RFC 1421 §4.4: headers are there where the first line has a colon, and end with an empty line. */
export const withoutHeaders = (body: string): PemBody | undefined => {
  let start = 0
  while (start < body.length && ' \t\v\f\r\n'.includes(body.charAt(start))) start += 1
  if (!hasColon(body, start)) return { base64: body, encrypted: false }
  const end = emptyLine(body, start)
  if (end === undefined) return undefined
  return { base64: body.slice(end), encrypted: encryptionHeader.test(body.slice(start, end)) }
}

/** Whether the line from `start` on has one. */
const hasColon = (body: string, start: number): boolean => {
  for (let at = start; at < body.length; at++) {
    const code = body.charCodeAt(at)
    if (code === colon) return true
    if (code === lineFeed || code === carriageReturn) return false
  }
  return false
}

/** One beyond the first line of nothing but space. */
const emptyLine = (body: string, start: number): number | undefined => {
  let empty = false
  for (let at = start; at < body.length; at++) {
    const character = body[at]
    if (character === '\n' || character === '\r') {
      if (empty) return at + 1
      empty = true
      if (character === '\r' && body[at + 1] === '\n') at += 1
    } else if (character !== ' ' && character !== '\t') {
      empty = false
    }
  }
  return undefined
}
