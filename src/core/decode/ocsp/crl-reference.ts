import type { CrlReference } from '../../model/ocsp.ts'
import { sequenceIn } from '../certificate/extensions.ts'
import { contentOf, contextConstructed, DerReader, type Element, inside, Malformed, tags } from '../der/der.ts'
import { hex, readInteger } from '../der/primitives.ts'
import { readTime } from '../der/time.ts'

/** RFC 6960 §4.4.2: the value of the extension CRL references. Call within `attempt`. */
export const readCrlReference = (value: Uint8Array): CrlReference => {
  const fields = sequenceIn(new DerReader(value, 'the CRL reference'), 'CrlID')
  const url = fields.optional(contextConstructed(0))
  const number = fields.optional(contextConstructed(1))
  const time = fields.optional(contextConstructed(2))
  fields.finish()
  return {
    url: url && ia5(inside(url, tags.ia5String, 'crlUrl')),
    number: number && hex(readInteger(inside(number, tags.integer, 'crlNum'), 'crlNum')),
    time: time && readTime(inside(time, tags.generalizedTime, 'crlTime'), 'crlTime')
  }
}

const ia5 = (element: Element): string => {
  const octets = contentOf(element)
  if (!octets.every((octet) => octet >= 0x20 && octet < 0x7f)) {
    throw new Malformed('crlUrl has octets that are not printable ASCII')
  }
  return Buffer.from(octets).toString('latin1')
}
