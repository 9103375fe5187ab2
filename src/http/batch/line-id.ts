import { holdsKey } from '../key-material.ts'

export type LineId = string | number | null

export const longestId = 256

/** An id at the very start of a line, of a form that says what it is without being parsed, as most clients write it. */
const idFirst = /^\{ ?"id": ?("[ !#-[\]-~]{0,256}"|-?[1-9]\d{0,14}|0|null), ?/

const longestHead = longestId + 16

/**
 * A line that begins with its id, and all that follows: what its answer depends on. A second id in the rest makes it a line that is
 * refused, whatever the first. Undefined for lines of any other form.
 */
export const splitId = (line: Buffer): { readonly id: LineId; readonly rest: Buffer } | undefined => {
  const head = line.toString('latin1', 0, longestHead)
  const found = idFirst.exec(head)
  if (found === null) return undefined
  const id: LineId = JSON.parse(found[1] ?? 'null')
  // Such a line is refused, and its id never given back.
  return typeof id === 'string' && holdsKey(id) ? undefined : { id, rest: line.subarray(found[0].length) }
}
