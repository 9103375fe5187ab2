import { DerReader, tags } from '../der/der.ts'
import { readOid } from '../der/primitives.ts'
import { sequenceIn } from './extensions.ts'

/** An access method, dotted, and the reader that stands before its accessLocation. */
export interface AccessDescription {
  readonly method: string
  readonly rest: DerReader
}

/** RFC 5280 §4.2.2.1 and §4.2.2.2: what authorityInfoAccess or subjectInfoAccess lists. Throws `Malformed`. */
export function* accessDescriptions(value: Uint8Array): Generator<AccessDescription, undefined> {
  const list = sequenceIn(new DerReader(value, 'information access'), 'list of access descriptions')
  while (!list.done) {
    const rest = list.sequence('AccessDescription')
    yield { method: readOid(rest.expect(tags.oid, 'accessMethod'), 'accessMethod'), rest }
  }
  return undefined
}
