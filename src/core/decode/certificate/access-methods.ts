import { DerReader, tags } from '../der/der.ts'
import { readOid } from '../der/primitives.ts'
import { sequenceIn } from './extensions.ts'

/** RFC 5280 §4.2.2.1: the access methods of authorityInfoAccess, dotted. Throws `Malformed`. */
export const readAccessMethods = (value: Uint8Array): readonly string[] => {
  const list = sequenceIn(new DerReader(value, 'authorityInfoAccess'), 'list of access descriptions')
  const methods: string[] = []
  while (!list.done)
    methods.push(readOid(list.sequence('AccessDescription').expect(tags.oid, 'accessMethod'), 'accessMethod'))
  return methods
}
