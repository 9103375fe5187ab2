import { certificateLines } from '../decode/pem/pem-label.ts'
import type { IssuersMemory } from '../model/memory.ts'
import type { ReadField } from '../model/read-field.ts'
import type { FieldFault } from './field-fault.ts'

/** Reads a text, or a part of one, as a chain of at most so many objects. */
type Read = (text: string, most: number) => ReadField | FieldFault

/**
 * Reads a chain as `read` does, but for what stands after its first block where that was read before: end entities are new with every
 * request, and those above them are the same again.
 *
 * It is for texts that begin with a block as it is written by the letter. Of such a block nothing is left to what follows, and nothing
 * in how that is read looks back beyond the block's end: the two parts, read one by one, are the whole.
 */
export const readChain = (text: string, most: number, read: Read, issuers: IssuersMemory): ReadField | FieldFault => {
  const end = endOfFirst(text)
  if (end === undefined || text.length - end < beginLine.length) return read(text, most)
  const rest = text.slice(end)
  const known = issuers.get(rest)
  if (known !== undefined && known.length < most) {
    const first = read(text.slice(0, end), most)
    // A block that is labelled as a certificate may hold several, or none.
    if (!('kind' in first) && first.count === 1 && first.certificates.length === 1) {
      return { ...first, certificates: [...first.certificates, ...known], issuers: known, count: 1 + known.length }
    }
  }
  const whole = read(text, most)
  if (known === undefined && !('kind' in whole) && whole.certificates.length === whole.count) {
    const others = whole.certificates.slice(1)
    if (issuers.takes(rest, others) && blocksIn(rest) === others.length) issuers.set(rest, others)
  }
  return whole
}

const [beginLine, endLine] = certificateLines

/** One beyond the block that a text begins with; undefined where it does not begin so, or anything but base64 may stand in it. */
const endOfFirst = (text: string): number | undefined => {
  if (!text.startsWith(beginLine)) return undefined
  const at = text.indexOf('-', beginLine.length)
  return text.startsWith(endLine, at) ? at + endLine.length : undefined
}

const space = ' \\t-\\r'
const nothingButBlocks = new RegExp(`^(?:[${space}]*${beginLine}[${space}A-Za-z0-9+/=]+${endLine})+[${space}]*$`)

/**
 * How many blocks a text has that consists of certificates and ASCII's space between them; undefined where it has anything else.
 *
 * Each of them is read as one object or more, and so is the block before. So where there is one object more than blocks, every one
 * of these is a certificate, and the first stood alone.
 */
const blocksIn = (text: string): number | undefined =>
  nothingButBlocks.test(text) ? text.split(beginLine).length - 1 : undefined
