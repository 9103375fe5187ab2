import type { DistributionPoint, DistributionPointName, IssuingDistributionPoint } from '../../model/crl.ts'
import { contentOf, context, contextConstructed, DerReader, type Element, Malformed, within } from '../der/der.ts'
import { readBoolean, readNamedBits } from '../der/primitives.ts'
import { readGeneralNames } from '../name/general-name.ts'
import { sequenceIn } from './extensions.ts'

/** RFC 5280 §4.2.1.13: the value of cRLDistributionPoints, or of freshestCRL. Throws `Malformed`. */
export const readDistributionPoints = (value: Uint8Array): readonly DistributionPoint[] => {
  const list = sequenceIn(new DerReader(value, 'distribution points'), 'CRLDistributionPoints')
  if (list.done) throw new Malformed('CRLDistributionPoints is empty')
  const points: DistributionPoint[] = []
  while (!list.done) {
    const fields = list.sequence('DistributionPoint')
    const name = fields.optional(contextConstructed(0))
    const reasons = fields.optional(context(1))
    const issuer = fields.optional(contextConstructed(2))
    fields.finish()
    if (name === undefined && issuer === undefined)
      throw new Malformed('a DistributionPoint has neither a name nor a CRL issuer')
    points.push({
      name: name && readDistributionPointName(name),
      reasons: reasons && readNamedBits(reasons, 'reasons'),
      crlIssuer: issuer && readGeneralNames(contentOf(issuer), 'cRLIssuer')
    })
  }
  return points
}

/** RFC 5280 §5.2.5: the value of issuingDistributionPoint. Throws `Malformed`. */
export const readIssuingDistributionPoint = (value: Uint8Array): IssuingDistributionPoint => {
  const fields = sequenceIn(new DerReader(value, 'issuingDistributionPoint'), 'IssuingDistributionPoint')
  const flag = (number: number, what: string): boolean => {
    const element = fields.optional(context(number))
    return element !== undefined && readBoolean(element, what)
  }
  const name = fields.optional(contextConstructed(0))
  const onlyContainsUserCerts = flag(1, 'onlyContainsUserCerts')
  const onlyContainsCACerts = flag(2, 'onlyContainsCACerts')
  const reasons = fields.optional(context(3))
  const indirectCRL = flag(4, 'indirectCRL')
  const onlyContainsAttributeCerts = flag(5, 'onlyContainsAttributeCerts')
  fields.finish()
  return {
    name: name && readDistributionPointName(name),
    onlyContainsUserCerts,
    onlyContainsCACerts,
    onlyContainsAttributeCerts,
    indirectCRL,
    onlySomeReasons: reasons && readNamedBits(reasons, 'onlySomeReasons')
  }
}

const readDistributionPointName = (wrapper: Element): DistributionPointName => {
  const fields = within(wrapper, 'distributionPoint')
  const choice = fields.element()
  fields.finish()
  if (choice.tag === contextConstructed(0))
    return { type: 'full', names: readGeneralNames(contentOf(choice), 'fullName') }
  if (choice.tag === contextConstructed(1)) return { type: 'relative', rdn: contentOf(choice) }
  throw new Malformed('a distributionPoint is neither a full name nor relative to the CRL issuer')
}
