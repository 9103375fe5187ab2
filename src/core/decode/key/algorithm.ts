import type { AlgorithmIdentifier } from '../../model/certificate.ts'
import { type DerReader, derOf, type Element, Malformed, tagName, tags, within } from '../der/der.ts'
import { readOid } from '../der/primitives.ts'

/**
 * The AlgorithmIdentifier (RFC 5280 §4.1.1.2) that an element holds. What its parameters mean, and whether they may be
 * there, is its algorithm's matter. `what` is how messages call it. Call within `attempt`.
 */
export const readAlgorithmIdentifier = (element: Element, what = 'the AlgorithmIdentifier'): AlgorithmIdentifier => {
  if (element.tag !== tags.sequence) throw new Malformed(`${what} is ${tagName(element.tag)} in place of a sequence`)
  const fields = within(element, what)
  const oid = readOid(fields.expect(tags.oid, 'algorithm'), `the algorithm of ${what}`)
  const parameters = fields.done ? undefined : derOf(fields.element())
  fields.finish()
  return { der: derOf(element), oid, parameters }
}

/** The AlgorithmIdentifier that comes next. */
export const nextAlgorithmIdentifier = (reader: DerReader, what: string): AlgorithmIdentifier =>
  readAlgorithmIdentifier(reader.element(), what)

/** Whether parameters are the NULL of DER. */
export const isNull = (parameters: Uint8Array | undefined): boolean =>
  parameters !== undefined && parameters.length === 2 && parameters[0] === tags.null && parameters[1] === 0
