import type { PolicyConstraints, PolicyInformation, PolicyMapping } from '../../model/certificate.ts'
import { anyPolicy } from '../../model/oids.ts'
import { context, DerReader, Malformed, single, tags } from '../der/der.ts'
import { readCount, readOid } from '../der/primitives.ts'
import { sequenceIn } from './extensions.ts'

/** Values of the four extensions about certificate policies. Each function takes the OCTET STRING's contents and throws `Malformed`. */

/** RFC 5280 §4.2.1.4: at least one policy, and none of them twice. */
export const readCertificatePolicies = (value: Uint8Array): readonly PolicyInformation[] => {
  const list = sequenceIn(new DerReader(value, 'certificatePolicies'), 'CertificatePolicies')
  if (list.done) throw new Malformed('CertificatePolicies lists no policy')
  const policies: PolicyInformation[] = []
  const seen = new Set<string>()
  while (!list.done) {
    const fields = list.sequence('PolicyInformation')
    const oid = readOid(fields.expect(tags.oid, 'policyIdentifier'), 'policyIdentifier')
    if (seen.has(oid)) throw new Malformed(`CertificatePolicies lists the policy ${oid} twice`)
    seen.add(oid)
    const unknownQualifiers = !fields.done && hasUnknown(fields.sequence('policyQualifiers'))
    fields.finish()
    policies.push({ oid, unknownQualifiers })
  }
  return policies
}

/** id-qt-cps and id-qt-unotice: all the qualifiers that RFC 5280 §4.2.1.4 knows. */
const knownQualifiers: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.2.1', '1.3.6.1.5.5.7.2.2'])

/** `SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo`. What a qualifier says has no part in path validation and is not read. */
const hasUnknown = (qualifiers: DerReader): boolean => {
  if (qualifiers.done) throw new Malformed('policyQualifiers is empty')
  let unknown = false
  while (!qualifiers.done) {
    const fields = qualifiers.sequence('PolicyQualifierInfo')
    const id = readOid(fields.expect(tags.oid, 'policyQualifierId'), 'policyQualifierId')
    unknown ||= !knownQualifiers.has(id)
    fields.element()
    fields.finish()
  }
  return unknown
}

/** RFC 5280 §4.2.1.5 and §6.1.4 (a): at least one mapping, and none from or to anyPolicy. */
export const readPolicyMappings = (value: Uint8Array): readonly PolicyMapping[] => {
  const list = sequenceIn(new DerReader(value, 'policyMappings'), 'PolicyMappings')
  if (list.done) throw new Malformed('PolicyMappings maps no policy')
  const mappings: PolicyMapping[] = []
  while (!list.done) {
    const fields = list.sequence('policy mapping')
    const issuerDomainPolicy = readOid(fields.expect(tags.oid, 'issuerDomainPolicy'), 'issuerDomainPolicy')
    const subjectDomainPolicy = readOid(fields.expect(tags.oid, 'subjectDomainPolicy'), 'subjectDomainPolicy')
    fields.finish()
    if (issuerDomainPolicy === anyPolicy) throw new Malformed('PolicyMappings maps from anyPolicy')
    if (subjectDomainPolicy === anyPolicy) throw new Malformed('PolicyMappings maps to anyPolicy')
    mappings.push({ issuerDomainPolicy, subjectDomainPolicy })
  }
  return mappings
}

/** RFC 5280 §4.2.1.11: at least one of the two fields, each with an implicit tag. */
export const readPolicyConstraints = (value: Uint8Array): PolicyConstraints => {
  const fields = sequenceIn(new DerReader(value, 'policyConstraints'), 'PolicyConstraints')
  if (fields.done) throw new Malformed('PolicyConstraints is empty')
  const explicit = fields.optional(context(0))
  const mapping = fields.optional(context(1))
  fields.finish()
  return {
    requireExplicitPolicy: explicit && readCount(explicit, 'requireExplicitPolicy'),
    inhibitPolicyMapping: mapping && readCount(mapping, 'inhibitPolicyMapping')
  }
}

/** RFC 5280 §4.2.1.14: a number of certificates. */
export const readInhibitAnyPolicy = (value: Uint8Array): number =>
  readCount(single(value, tags.integer, 'InhibitAnyPolicy'), 'InhibitAnyPolicy')
