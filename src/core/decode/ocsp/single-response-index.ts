import type { ReadSingleResponse } from '../../model/ocsp.ts'
import { attempt, type Decoded, DerReader, type Element, tags } from '../der/der.ts'
import { DerCursor } from '../der/der-cursor.ts'
import { hex } from '../der/primitives.ts'
import { readSingleResponse } from './single-response.ts'

/** Where the answers of a response lie, by serial number: found in one pass that reads no more of them than that. */
export interface SingleResponseIndex {
  readonly count: number
  /** Why the pass stopped: an answer that cannot be split, or one too many. The rest of a sentence about the response. */
  readonly problem: string | undefined
  find(serialNumber: string): readonly ReadSingleResponse[]
  /** The first `most`, in their order. */
  first(most: number): readonly ReadSingleResponse[]
}

/** Splits every SingleResponse of a response, of which there may be `most`, in time and memory that grow with its octets. */
export const indexSingleResponses = (list: Element, most: number): SingleResponseIndex => {
  const { bytes, content, end } = list
  const starts = new Map<string, number[]>()
  const answer = new DerCursor(bytes)
  const field = new DerCursor(bytes)
  let count = 0
  const read = attempt(() => {
    for (let at = content; at < end; at = answer.end) {
      if (count === most) return false
      answer.expect(at, end, tags.sequence, 'SingleResponse')
      moveToSerialNumber(field, answer)
      const serialNumber = hex(bytes.subarray(field.content, field.end))
      const known = starts.get(serialNumber)
      if (known === undefined) starts.set(serialNumber, [answer.start])
      else known.push(answer.start)
      count++
    }
    return true
  })
  const readAt = (start: number): ReadSingleResponse =>
    attempt(() => readSingleResponse(new DerReader(bytes, 'the SingleResponse', start, end)))
  return {
    count,
    problem: problemOf(read, count),
    find: (serialNumber) => (starts.get(serialNumber) ?? []).map(readAt),
    first: (wanted) =>
      [...starts.values()]
        .flat()
        .sort((one, other) => one - other)
        .slice(0, wanted)
        .map(readAt)
  }
}

const problemOf = (read: Decoded<boolean>, count: number): string | undefined => {
  if (!read.ok) return `is malformed: answer ${count + 1}: ${read.reason}`
  return read.value ? undefined : `answers for more than ${count} certificates, which is the limit`
}

/** RFC 6960 §4.1.1: the last of the four fields of the CertID that comes first in an answer. */
const moveToSerialNumber = (field: DerCursor, answer: DerCursor): void => {
  field.expect(answer.content, answer.end, tags.sequence, 'certID')
  const { end } = field
  field.expect(field.content, end, tags.sequence, 'hashAlgorithm')
  field.expect(field.end, end, tags.octetString, 'issuerNameHash')
  field.expect(field.end, end, tags.octetString, 'issuerKeyHash')
  field.expect(field.end, end, tags.integer, 'serialNumber')
}
