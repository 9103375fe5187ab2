import type { ResponderId } from '../../model/ocsp.ts'
import { contentOf, contextConstructed, type Element, inside, Malformed, tags } from '../der/der.ts'
import { hex } from '../der/primitives.ts'
import { readName } from '../name/name.ts'

/** SHA-1 has 20 octets. */
const keyHashOctets = 20

/** RFC 6960 §4.2.1: ResponderID, `[1]` a name or `[2]` the SHA-1 of a key. Call within `attempt`. */
export const readResponderId = (choice: Element): ResponderId => {
  if (choice.tag === contextConstructed(1)) {
    const name = readName(contentOf(choice))
    if (name.malformed !== undefined) throw new Malformed(`the name of its responder: ${name.malformed}`)
    return { type: 'name', name }
  }
  const octets = contentOf(inside(choice, tags.octetString, 'KeyHash'))
  if (octets.length !== keyHashOctets) throw new Malformed(`the KeyHash of its responder has ${octets.length} octets`)
  return { type: 'key', keyHash: hex(octets) }
}
