import {
  contentOf,
  context,
  contextConstructed,
  DerReader,
  type Element,
  Malformed,
  single,
  tags,
  within
} from './der.ts'
import { sequenceIn } from './extensions.ts'
import { readGeneralName, readGeneralNames } from './general-name.ts'
import { readNamedBits, readOid } from './primitives.ts'

/** Extensions that path validation does not read: held to their syntax, so that an issuer's mistake is told. Each throws `Malformed`. */

/** RFC 5280 §4.2.2.1 and §4.2.2.2: `SEQUENCE SIZE (1..MAX) OF AccessDescription`. */
export const checkAccessDescriptions = (value: Uint8Array): void => {
  const list = sequenceIn(new DerReader(value, 'information access'), 'list of access descriptions')
  if (list.done) throw new Malformed('the list of access descriptions is empty')
  while (!list.done) {
    const description = list.sequence('AccessDescription')
    readOid(description.expect(tags.oid, 'accessMethod'), 'accessMethod')
    readGeneralName(description.element(), 'accessLocation', 'name')
    description.finish()
  }
}

/** RFC 5280 §4.2.1.13, also for freshestCRL (§4.2.1.15). */
export const checkDistributionPoints = (value: Uint8Array): void => {
  const list = sequenceIn(new DerReader(value, 'distribution points'), 'CRLDistributionPoints')
  if (list.done) throw new Malformed('CRLDistributionPoints is empty')
  while (!list.done) {
    const point = list.sequence('DistributionPoint')
    const name = point.optional(contextConstructed(0))
    const reasons = point.optional(context(1))
    const issuer = point.optional(contextConstructed(2))
    point.finish()
    if (name === undefined && issuer === undefined)
      throw new Malformed('a DistributionPoint has neither a name nor a CRL issuer')
    if (name !== undefined) checkDistributionPointName(name)
    if (reasons !== undefined) readNamedBits(reasons, 'reasons')
    if (issuer !== undefined) readGeneralNames(contentOf(issuer), 'cRLIssuer')
  }
}

const checkDistributionPointName = (wrapper: Element): void => {
  const reader = within(wrapper, 'distributionPoint')
  const choice = reader.element()
  reader.finish()
  if (choice.tag === contextConstructed(0)) {
    readGeneralNames(contentOf(choice), 'fullName')
  } else if (choice.tag !== contextConstructed(1)) {
    throw new Malformed('a distributionPoint is neither a full name nor relative to the CRL issuer')
  }
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
