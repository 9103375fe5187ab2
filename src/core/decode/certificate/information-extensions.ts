import { contentOf, Malformed, single, tags, within } from '../der/der.ts'
import { readCount } from '../der/primitives.ts'
import { readGeneralName, readGeneralNames } from '../name/general-name.ts'
import { accessDescriptions } from './access-descriptions.ts'

/** Extensions that path validation does not read: held to their syntax, so that an issuer's mistake is told. Each throws `Malformed`. */

/** RFC 5280 §4.2.2.1 and §4.2.2.2: `SEQUENCE SIZE (1..MAX) OF AccessDescription`. */
export const checkAccessDescriptions = (value: Uint8Array): void => {
  let count = 0
  for (const { rest } of accessDescriptions(value)) {
    readGeneralName(rest.element(), 'accessLocation', 'name')
    rest.finish()
    count++
  }
  if (count === 0) throw new Malformed('the list of access descriptions is empty')
}

/** RFC 5280 §4.2.1.7 */
export const checkIssuerAlternativeNames = (value: Uint8Array): void => {
  const names = single(value, tags.sequence, 'IssuerAltName')
  readGeneralNames(contentOf(names), 'IssuerAltName')
}

/** RFC 9608 §2: the value is NULL. */
export const checkNoRevAvail = (value: Uint8Array): void => {
  const element = single(value, tags.null, 'noRevAvail')
  if (element.end !== element.content) throw new Malformed('noRevAvail is a NULL that holds octets')
}

/** RFC 7633 §4.1: the numbers of TLS extensions. */
export const readTlsFeatures = (value: Uint8Array): readonly number[] => {
  const list = within(single(value, tags.sequence, 'Features'), 'Features')
  const features: number[] = []
  while (!list.done) features.push(readCount(list.expect(tags.integer, 'feature'), 'feature'))
  return features
}
