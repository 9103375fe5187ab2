import { plainJson } from '../../service/plain-json.ts'
import { holdsKey } from '../key-material.ts'

export type LineId = string | number | null

export const longestId = 256

/** An id at the very start of a line, of a form that says what it is without being parsed, as most clients write it. */
const idFirst = /^\{ ?"id": ?("[ !#-[\]-~]{0,256}"|-?[1-9]\d{0,14}|0|null), ?/

const longestHead = longestId + 16
const markup = /[<>&]/

export interface SplitLine {
  /** JSON, as the answer has it: what is given is of one form only, so it need not be written anew. */
  readonly id: string
  /** All that follows: what the answer depends on. */
  readonly rest: Buffer
}

/**
 * A line that begins with its id. A second id in the rest makes it a line that is refused, whatever the first. Undefined for lines of any
 * other form.
 */
export const splitId = (line: Buffer): SplitLine | undefined => {
  const found = idFirst.exec(line.toString('latin1', 0, longestHead))
  if (found === null) return undefined
  const [head, id = 'null'] = found
  // Such a line is refused, and its id never given back.
  if (holdsKey(id)) return undefined
  return { id: markup.test(id) ? plainJson(id) : id, rest: line.subarray(head.length) }
}
